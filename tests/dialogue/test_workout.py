import pytest

from assistant.content.loader import load_content
from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue.cadence import Click, Phase
from assistant.dialogue.effects import Advise, Cut, Hush, Say, StartCadence
from assistant.dialogue.events import CueSounded, FaultRaised, Heard, NotUnderstood
from assistant.dialogue.session import Checking, Idle, Lifting, Paused, Resting, Verbosity
from tests.dialogue.stage import Stage, reps_counted

CONTENT = load_content()
STANDARD = Tempo(3, 1, 2, 1)


@pytest.fixture
def stage() -> Stage:
    return Stage(CONTENT)


def lifting(stage: Stage) -> Lifting:
    assert isinstance(stage.session.mode, Lifting)
    return stage.session.mode


def last_cadence(stage: Stage) -> StartCadence:
    return stage.of(StartCadence)[-1]


# Ordering a set


def test_a_set_is_announced_with_the_main_rule_before_the_count_in(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    kinds = [type(effect) for effect in stage.effects]
    assert kinds == [Say, Say, StartCadence]
    assert stage.said() == ["workout.begin", "workout.rule"]
    assert lifting(stage).plan.reps == 12


def test_a_set_counts_every_rep_and_is_written_down(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs(2 + 28)  # two prompts, then count-in, three reps and the words after them
    assert reps_counted(stage.effects) == [1, 2, 3]
    (log,) = stage.sets_logged()
    assert dict(log.detail) == {
        "reps": 3,
        "reps_planned": 3,
        "tempo": "3-1-2-1",
        "pace_percent": 100,
        "kind": "work",
        "reason": "finished",
    }
    assert isinstance(stage.session.mode, Resting)


def test_without_a_number_it_is_a_set_of_twelve_at_standard_tempo(stage: Stage) -> None:
    stage.hears("StartSet")
    assert lifting(stage).plan.reps == 12
    assert lifting(stage).plan.tempo == STANDARD


@pytest.mark.parametrize(
    ("slots", "tempo"),
    [
        ({"eccentric": 3, "hold": 1, "concentric": 2, "brace": 0}, "3-1-2-0"),
        ({"preset": "brisk"}, "2-1-2-1"),
        ({"preset": "learn"}, "4-1-2-1"),
    ],
)
def test_the_tempo_can_be_said_in_digits_or_by_name(
    stage: Stage, slots: dict[str, int | str], tempo: str
) -> None:
    stage.hears("StartSet", reps=5, **slots)
    assert str(lifting(stage).plan.tempo) == tempo


def test_a_tempo_that_was_set_holds_for_the_next_sets(stage: Stage) -> None:
    stage.hears("SetTempo", preset="brisk")
    stage.hears("StartSet", reps=5)
    assert stage.said()[0] == "workout.tempo"
    assert str(lifting(stage).plan.tempo) == "2-1-2-1"


@pytest.mark.parametrize(
    ("digits", "prompt"),
    [((0, 0, 0, 0), "workout.tempo_empty"), ((4, 3, 2, 2), "workout.tempo_too_slow")],
)
def test_a_tempo_that_cannot_be_counted_is_refused_with_the_reason(
    stage: Stage, digits: tuple[int, ...], prompt: str
) -> None:
    phases = dict(zip(("eccentric", "hold", "concentric", "brace"), digits, strict=True))
    stage.hears("StartSet", reps=5, **phases)
    assert stage.said() == [prompt]
    assert isinstance(stage.session.mode, Idle)
    stage.hears("SetTempo", **phases)
    assert stage.said() == [prompt]
    assert stage.session.habits.tempo is None


def test_a_slow_tempo_is_counted_with_a_word_of_advice(stage: Stage) -> None:
    stage.hears("StartSet", reps=5, eccentric=4, hold=2, concentric=2, brace=1)
    assert stage.said() == ["workout.tempo_slow", "workout.begin", "workout.rule"]


@pytest.mark.parametrize(
    ("intent", "prompt"),
    [
        ("ExplosiveTempo", "workout.tempo_explosive"),
        ("AssistedTempo", "workout.tempo_assisted"),
    ],
)
def test_explosive_and_assisted_are_refused_with_the_reason(
    stage: Stage, intent: str, prompt: str
) -> None:
    stage.hears(intent)
    assert stage.said() == [prompt]
    assert isinstance(stage.session.mode, Idle)


@pytest.mark.parametrize(
    ("slots", "prompt"),
    [
        ({"reps": 50}, "workout.odd_reps"),
        ({"reps": 0}, "workout.odd_reps"),
        ({"sets": 20, "reps": 5}, "workout.odd_sets"),
    ],
)
def test_an_odd_number_is_asked_about_and_never_guessed(
    stage: Stage, slots: dict[str, int], prompt: str
) -> None:
    stage.hears("StartSet", **slots)
    assert stage.said() == [prompt]
    assert isinstance(stage.session.mode, Idle)


# What keeps a set from starting


def test_reported_pain_blocks_every_way_to_a_set(stage: Stage) -> None:
    stage.session = stage.session.__class__(CONTENT, blocked=Level.DOCTOR)
    for intent in ("StartSet", "NextSet"):
        stage.hears(intent)
        assert stage.said() == ["triage.blocked"]
        assert isinstance(stage.session.mode, Idle)


def test_an_open_point_of_the_checklist_blocks_a_set_until_it_is_overridden(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.hears("No")
    stage.said()
    stage.hears("StartSet")
    assert stage.said() == ["setup.blocked"]
    stage.hears("Override")
    stage.hears("StartSet")
    assert lifting(stage)


def test_in_the_middle_of_the_checklist_its_question_comes_first(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.runs(5)
    stage.said()
    stage.hears("StartSet")
    assert stage.said() == ["workout.checklist_first"]
    assert isinstance(stage.session.mode, Checking)
    stage.runs(60)
    assert "setup.again" in stage.said()  # it still waits for the answer


# Pausing and going on


def test_pause_is_silent_at_once_and_nothing_resumes_by_itself(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(6)
    stage.effects.clear()
    stage.hears("Pause")
    assert isinstance(stage.effects[0], Hush | Cut)
    assert Cut() in stage.effects
    assert stage.session.mode == Paused(stage.session.mode.plan, done=6)
    stage.runs(3600)
    assert isinstance(stage.session.mode, Paused)
    assert stage.of(StartCadence) == []


def test_resume_counts_in_and_goes_on_in_the_same_rep(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(6)
    stage.runs(3)  # in the middle of the seventh
    stage.hears("Pause")
    stage.effects.clear()
    stage.hears("Resume")
    first, *_ = last_cadence(stage).cadence.cues
    assert first.phase is Phase.COUNT_IN
    stage.runs(2 + 6 * 7 + 10)
    assert reps_counted(stage.effects) == [7, 8, 9, 10, 11, 12]
    assert stage.sets_logged()[0].detail["reps"] == 12


def test_a_second_pause_and_a_resume_of_nothing_have_short_answers(stage: Stage) -> None:
    stage.hears("Resume")
    assert stage.said() == ["workout.nothing_to_resume"]
    stage.hears("Pause")
    assert stage.said() == ["workout.no_set"]
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(2)
    stage.hears("Resume")
    assert stage.said()[-1] == "workout.already_counting"
    stage.hears("Pause")
    stage.hears("Pause")
    assert stage.said() == ["workout.paused", "workout.already_paused"]


def test_pause_in_the_count_in_loses_nothing(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs(3)
    stage.hears("Pause")
    stage.hears("Resume")
    assert last_cadence(stage).cadence.cues[0].phase is Phase.COUNT_IN
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3, 4, 5]


def test_pause_after_the_last_number_ends_the_set(stage: Stage) -> None:
    stage.hears("StartSet", reps=2)
    stage.runs_to_rep(2)
    stage.hears("Pause")
    assert stage.sets_logged()[0].detail["reason"] == "finished"
    assert not stage.is_counting


def test_start_means_resume_while_paused_and_a_new_set_when_it_names_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(4)
    stage.hears("Pause")
    stage.hears("StartSet")
    assert lifting(stage).done == 4
    stage.hears("Pause")
    stage.effects.clear()
    stage.hears("StartSet", reps=8)
    assert lifting(stage).done == 0
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (4, "replaced")


def test_start_while_counting_does_not_disturb_the_count(stage: Stage) -> None:
    stage.hears("StartSet", reps=4)
    stage.runs_to_rep(1)
    stage.hears("StartSet", reps=12)
    assert stage.said()[-1] == "workout.already_counting"
    stage.runs_to_rep(4)
    assert lifting(stage).plan.reps == 4


# Stopping


def test_stop_silences_and_writes_down_the_reps_that_sounded(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.runs(4)
    stage.hears("Stop")
    assert not stage.is_counting
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (5, "stopped")
    assert isinstance(stage.session.mode, Idle)


def test_stop_while_paused_ends_the_set_too(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.hears("Pause")
    stage.hears("Stop")
    assert stage.sets_logged()[0].detail["reps"] == 5
    stage.hears("Resume")
    assert stage.said()[-1] == "workout.nothing_to_resume"


def test_a_set_that_was_stopped_before_its_first_number_is_not_written_down(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs(4)
    stage.hears("Stop")
    assert stage.sets_logged() == []


@pytest.mark.parametrize("part", ["microphone", "recogniser"])
def test_a_set_in_which_stop_could_not_be_heard_is_ended(stage: Stage, part: str) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(3)
    stage.meets(FaultRaised(part))
    assert not stage.is_counting
    assert stage.sets_logged()[0].detail["reason"] == f"{part} lost"
    assert stage.said()[-1] == "workout.unheard"


def test_a_set_nobody_can_hear_is_ended(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(3)
    stage.meets(FaultRaised("speaker"))
    assert stage.sets_logged()[0].detail["reps"] == 3


def test_a_back_that_lifted_ends_the_set_and_is_no_clean_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(7)
    stage.hears("BackLifted")
    assert not stage.is_counting
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["clean"]) == (7, 0)
    assert stage.said()[-1] == "workout.back_lifted"


def test_pain_ends_the_set_and_the_reps_are_not_lost(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(7)
    stage.hears("MyBackHurts")
    assert not stage.is_counting
    assert stage.sets_logged()[0].detail["reps"] == 7
    assert stage.of(Advise) == []  # questions first


# Steering


def test_slower_lets_the_rep_end_as_it_began_and_stretches_the_rest(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.runs(3)  # in the middle of the third
    stage.effects.clear()
    stage.hears("Slower")
    assert stage.said() == ["workout.slower"]
    third_ends_at = stage.now + 4
    stage.runs(60)
    assert stage.of(Cut) == []
    assert reps_counted(stage.effects) == [3, 4, 5, 6]
    ends_at = [at for at, cue in stage.sounded if cue.phase is Phase.DONE]
    assert ends_at[2:] == pytest.approx([third_ends_at + rep * 7 * 1.1 for rep in range(4)])
    fourth = [(at - third_ends_at, cue.clip) for at, cue in stage.sounded if cue.rep == 4]
    assert fourth[:2] == [(pytest.approx(0), "click:low"), (pytest.approx(1.1), "click:high")]


def test_a_pace_asked_for_in_the_count_in_begins_with_the_first_rep(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs(3.5)
    stage.hears("Faster")
    stage.runs(60)
    begins_at = {cue.rep: at for at, cue in reversed(stage.sounded)}
    assert begins_at[1] - begins_at[0] == pytest.approx(3)
    assert begins_at[2] - begins_at[1] == pytest.approx(7 * 0.9)


def test_two_changes_in_one_rep_both_hold(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs_to_rep(1)
    stage.hears("Slower")
    stage.hears("ClicksOnly")
    stage.runs(60)
    third = [(at, cue) for at, cue in stage.sounded if cue.rep == 3]
    assert third[1][0] - third[0][0] == pytest.approx(1.1)
    assert all(cue.clip.startswith("click:") for _, cue in third)


def test_faster_and_slower_have_limits_and_say_so(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(1)
    stage.said()
    for _ in range(3):
        stage.hears("Faster")
    assert stage.said() == ["workout.faster", "workout.faster", "workout.fastest"]
    for _ in range(6):
        stage.hears("Slower")
    assert stage.said() == ["workout.slower"] * 5 + ["workout.slowest"]
    assert lifting(stage).plan.pace_percent == 130


def test_no_pace_stretches_a_rep_beyond_ten_seconds(stage: Stage) -> None:
    stage.hears("StartSet", reps=12, eccentric=4, hold=2, concentric=2, brace=1)
    stage.runs_to_rep(1)
    stage.said()
    stage.hears("Slower")
    stage.hears("Slower")
    assert stage.said() == ["workout.slower", "workout.slowest"]


def test_in_the_last_rep_there_is_nothing_left_to_change(stage: Stage) -> None:
    stage.hears("StartSet", reps=2)
    stage.runs_to_rep(1)
    stage.runs(2)
    stage.said()
    stage.hears("Slower")
    assert stage.said() == ["workout.last_rep"]
    stage.runs(30)
    assert stage.sets_logged()[0].detail["pace_percent"] == 100


def test_a_pace_changed_while_paused_holds_on_resume(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.hears("Pause")
    stage.hears("Faster")
    stage.hears("Resume")
    assert last_cadence(stage).cadence.cues[2].at_s == 0.9


def test_restart_begins_again_and_keeps_the_reps_done_so_far(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs_to_rep(3)
    stage.hears("Restart")
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (3, "restarted")
    stage.effects.clear()
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3, 4, 5]


def test_skip_ends_the_set_and_lets_the_rest_begin(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(8)
    stage.hears("Skip")
    assert stage.sets_logged()[0].detail["reason"] == "skipped"
    assert isinstance(stage.session.mode, Resting)


def test_a_set_skipped_before_its_first_rep_needs_no_rest(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.hears("Skip")
    assert stage.said()[-1] == "workout.skipped"
    assert isinstance(stage.session.mode, Idle)


def test_how_many_are_left_is_answered_while_the_count_goes_on(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.effects.clear()
    stage.hears("HowMany")
    (said,) = stage.of(Say)
    assert said.text == "5 done, 7 left."
    assert stage.is_counting


@pytest.mark.parametrize(
    ("intent", "verbosity"),
    [
        ("QuietMode", Verbosity.SHORT),
        ("ClicksOnly", Verbosity.CLICKS),
        ("FullWords", Verbosity.FULL),
    ],
)
def test_the_amount_of_words_can_be_changed_before_and_during_a_set(
    stage: Stage, intent: str, verbosity: Verbosity
) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.hears(intent)
    assert stage.said()[-1] == f"workout.verbosity_{verbosity}"
    stage.runs(60)
    assert reps_counted(stage.effects) == [3, 4, 5, 6]
    assert stage.session.manner.verbosity is verbosity


def test_clicks_only_counts_by_click(stage: Stage) -> None:
    stage.hears("ClicksOnly")
    stage.hears("StartSet", reps=3)
    assert all(isinstance(cue.sound, Click) for cue in last_cadence(stage).cadence.cues)
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3]


def test_talk_me_through_gives_the_words_of_every_rep_from_the_next_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(3)
    stage.runs(1)
    stage.hears("TalkThrough")
    stage.runs_to_rep(4)
    stage.runs(1)
    clips = [cue.clip for cue in last_cadence(stage).cadence.cues]
    assert clips.count("word:lower") == 2  # reps five and six


@pytest.mark.parametrize("intent", ["Faster", "Slower", "Restart", "HowMany", "TalkThrough"])
def test_what_concerns_a_set_is_answered_without_one(stage: Stage, intent: str) -> None:
    stage.hears(intent)
    assert stage.said() == ["workout.no_set"]


def test_chatter_and_counting_aloud_do_not_disturb_a_set(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs_to_rep(1)
    before = stage.session
    stage.effects.clear()
    stage.meets(NotUnderstood("two"))
    assert stage.effects == []
    assert stage.session.mode == before.mode


def test_what_an_earlier_cadence_reports_late_is_passed_over(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(2)
    stale = lifting(stage).ticket
    cue = next(it for it in last_cadence(stage).cadence.cues if it.phase is Phase.DONE)
    stage.hears("Pause")
    stage.hears("Resume")
    stage.meets(CueSounded(stale, cue, 0))
    assert lifting(stage).done == 2


# Series and warm-ups


def test_three_sets_are_announced_and_each_begins_only_when_told(stage: Stage) -> None:
    stage.hears("StartSet", sets=3, reps=2)
    assert stage.said()[0] == "workout.begin_of_series"
    for number in (1, 2):
        stage.runs_until(lambda session: isinstance(session.mode, Resting))
        stage.said()
        stage.runs(120)
        assert stage.of(Say)[-1].text == (
            f"Set {number + 1} of 3, 2 reps. Say start when you are ready."
        )
        stage.runs(600)
        assert isinstance(stage.session.mode, Idle)
        stage.hears("Ready")
        assert lifting(stage).plan.number == number + 1
    stage.runs(60)
    assert stage.said()[-1] == "workout.series_done"
    assert isinstance(stage.session.mode, Idle)
    assert stage.session.up_next is None


def test_a_set_stopped_before_its_first_rep_is_still_the_next_one(stage: Stage) -> None:
    stage.hears("StartSet", sets=3, reps=8)
    stage.hears("Stop")
    stage.hears("NextSet")
    assert lifting(stage).plan.number == 1


def test_a_warm_up_set_is_marked_and_has_a_rest_of_its_own(stage: Stage) -> None:
    stage.hears("StartSet", reps=2, kind="warm_up")
    assert stage.said()[0] == "workout.begin_warm_up"
    stage.runs_until(lambda session: isinstance(session.mode, Resting))
    assert stage.sets_logged()[0].detail["kind"] == "warm_up"
    assert stage.session.mode.length_s == 60
    assert stage.session.up_next is None


def test_ready_means_the_next_set_only_when_there_is_one(stage: Stage) -> None:
    stage.meets(Heard("Ready"))
    assert isinstance(stage.session.mode, Idle)
    assert stage.of(StartCadence) == []
