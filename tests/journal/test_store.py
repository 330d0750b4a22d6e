from assistant.dialogue.history import Change, Condition
from assistant.progress import Unit, Weight
from tests.journal.conftest import Diary


def test_a_new_journal_knows_only_the_guest(diary: Diary) -> None:
    history = diary.history()
    assert history.person == "guest"
    assert history.people == ("guest",)
    assert history.is_new
    assert history.condition is Condition.SOUND


def test_a_counted_set_is_there_after_reopening(diary: Diary) -> None:
    diary.count_set(reps=11, reason="stopped")
    diary.reopen()
    (done,) = diary.history().today
    assert (done.number, done.reps, done.weight, done.counted) == (1, 11, None, True)


def test_the_unit_is_kept_as_it_was_entered(diary: Diary) -> None:
    diary.tell_set(10, 182.5, "lb")
    assert diary.history().today[0].weight == Weight(182.5, Unit.LB)


def test_a_weight_told_beforehand_belongs_to_the_counted_sets_of_that_session(diary: Diary) -> None:
    diary.write("load", weight=80, unit="kg")
    diary.count_set()
    assert diary.history().today[0].weight == Weight(80)
    diary.wait(days=3)
    diary.count_set()
    assert diary.history().today[0].weight is None


def test_a_set_without_repetitions_is_not_logged(diary: Diary) -> None:
    diary.write("set", reps=0, reps_planned=12, tempo="3-1-2-1")
    assert diary.history().today == ()


def test_a_pause_of_hours_begins_a_new_session(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.wait(hours=3.1)
    diary.tell_set(12, 85)
    history = diary.history()
    assert history.last is not None
    assert [done.weight for done in history.today] == [Weight(85)]
    assert [done.weight for done in history.last.sets] == [Weight(80)]
    assert history.session_ages_h == (3.1,)


def test_undo_takes_back_the_latest_change_first(diary: Diary) -> None:
    diary.tell_set(12, 80)
    row = diary.history().today[0].row
    diary.write("amend", row=row, reps=9)
    diary.write("amend", row=row, clean=1)
    diary.write("delete", row=row)
    assert diary.history().today == ()
    assert diary.history().change == Change("deleted", 1)
    diary.write("undo")
    assert (diary.history().today[0].reps, diary.history().today[0].clean) == (9, True)
    diary.write("undo")
    assert diary.history().today[0].clean is None
    diary.write("undo")
    assert diary.history().today[0].reps == 12
    assert diary.history().change == Change("added", 1)
    diary.write("undo")
    assert diary.history().today == ()
    assert diary.history().change is None
    diary.write("undo")


def test_deleting_a_set_renumbers_those_after_it(diary: Diary) -> None:
    for reps in (10, 11, 12):
        diary.tell_set(reps, 80)
    diary.write("delete", row=diary.history().today[1].row)
    assert [(done.number, done.reps) for done in diary.history().today] == [(1, 10), (2, 12)]


def test_an_interrupted_set_is_found_at_the_next_start(diary: Diary) -> None:
    diary.journal.progress(1, 12, tempo="3-1-2-1", now=diary.now)
    diary.journal.progress(2, 12, tempo="3-1-2-1", now=diary.now)
    diary.wait(minutes=5)
    diary.reopen()
    unfinished = diary.history().unfinished
    assert unfinished is not None
    assert (unfinished.reps, unfinished.reps_planned, unfinished.age_s) == (2, 12, 300.0)


def test_an_interrupted_set_that_is_gone_on_with_is_logged_once(diary: Diary) -> None:
    diary.journal.progress(5, 12, tempo="3-1-2-1", now=diary.now)
    diary.reopen()
    diary.journal.progress(6, 12, tempo="3-1-2-1", now=diary.now)
    diary.write("set", reps=6, reps_planned=12, tempo="3-1-2-1")
    assert [done.reps for done in diary.history().today] == [6]
    assert diary.history().unfinished is None


def test_an_interrupted_set_that_nobody_decided_on_is_logged_when_the_next_begins(
    diary: Diary,
) -> None:
    diary.journal.progress(5, 12, tempo="3-1-2-1", now=diary.now)
    diary.reopen()
    diary.count_set(reps=3)
    assert [done.reps for done in diary.history().today] == [5, 3]


def test_an_interrupted_set_can_be_dropped(diary: Diary) -> None:
    diary.journal.progress(5, 12, tempo="3-1-2-1", now=diary.now)
    diary.write("discarded")
    assert diary.history().unfinished is None
    assert diary.history().today == ()


def test_everybody_has_a_log_of_their_own(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.write("person", name="anna")
    assert diary.history().today == ()
    assert diary.history().people == ("guest", "anna")
    diary.tell_set(10, 40)
    diary.reopen()
    assert diary.history().person == "anna"
    assert [done.reps for done in diary.history().today] == [10]
    diary.write("person", name="guest")
    assert [done.reps for done in diary.history().today] == [12]


def test_names_are_the_same_in_capitals(diary: Diary) -> None:
    diary.write("register", name="Anna")
    diary.write("person", name="anna")
    assert len(diary.journal.people()) == 2


def test_a_warning_sign_belongs_to_one_person_and_lasts_until_it_is_checked(diary: Diary) -> None:
    diary.write("pain", private=True, level="emergency")
    assert diary.history().warning == "emergency"
    diary.write("person", name="anna")
    assert diary.history().warning is None
    diary.write("person", name="guest")
    diary.wait(days=3)
    diary.reopen()
    assert diary.history().warning == "emergency"
    assert diary.history().evidence.days_since_pain == 3.0
    diary.write("checked", private=True, allowed="yes")
    assert diary.history().warning is None


def test_pain_without_a_warning_sign_keeps_from_training_for_two_days(diary: Diary) -> None:
    diary.write("pain", private=True, level="self_care")
    diary.wait(hours=47)
    assert diary.history().warning == "self_care"
    diary.wait(hours=1)
    assert diary.history().warning is None
    assert diary.history().evidence.days_since_pain == 2.0


def test_a_lesser_report_does_not_cover_a_warning_sign(diary: Diary) -> None:
    diary.write("pain", private=True, level="emergency")
    diary.write("pain", private=True, level="self_care")
    diary.write("checked", private=True, allowed="no")
    assert diary.history().warning == "emergency"


def test_forgetting_deletes_one_person_and_nobody_else(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.write("person", name="anna")
    diary.tell_set(10, 40)
    diary.write("pain", private=True, level="doctor")
    diary.write("forget")
    assert diary.journal.people() == ("guest",)
    assert [done.reps for done in diary.history().today] == [12]
    assert not any(b"anna" in path.read_bytes() for path in diary.folder.iterdir())


def test_the_evidence_is_the_best_work_set_of_the_latest_session(diary: Diary) -> None:
    diary.tell_set(15, 60)
    diary.tell_set(12, 80)
    diary.tell_set(15, 80)
    diary.tell_set(14, 80)
    diary.write("set", reps=20, weight=100, unit="kg", counted=0, kind="warm_up")
    diary.write("amend", row=diary.history().today[2].row, clean=1)
    diary.wait(days=2)
    evidence = diary.history().evidence
    assert (evidence.weight, evidence.reps, evidence.clean) == (Weight(80), 15, True)
    assert (evidence.clean_sessions, evidence.days_off) == (1, 2.0)


def test_a_clock_that_is_behind_the_log_is_noticed(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.wait(days=-300)
    assert diary.history().is_clock_doubtful
    assert diary.history().session_ages_h == ()


def test_an_interrupted_set_is_logged_at_the_time_it_was_done(diary: Diary) -> None:
    diary.journal.progress(5, 12, tempo="3-1-2-1", now=diary.now)
    diary.wait(days=1)
    diary.write("interrupted")
    history = diary.history()
    assert history.unfinished is None
    assert history.last is not None
    assert (history.last.ended_h, history.last.sets[0].reps) == (24.0, 5)
    diary.write("interrupted")
