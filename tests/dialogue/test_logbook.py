"""What the coach knows of the past, and what it makes of it."""

from dataclasses import replace

import pytest

from assistant.content.triage import Level
from assistant.dialogue.effects import CancelReminder, Log, Remind, RemindWeekly
from assistant.dialogue.events import FaultCleared, FaultRaised, HistoryRecalled, ReminderDue
from assistant.dialogue.history import Condition, Planned
from assistant.dialogue.session import Idle, Lifting, Paused, Resting
from assistant.progress import Weight
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def train(gym: Gym, reps: int = 15, kilos: float = 100, clean: int | None = 1) -> None:
    """A session of one set."""
    gym.write(reps=reps, weight=kilos, unit="kg", counted=0)
    if clean is not None:
        gym.write("amend", row=gym.last.row, clean=clean)


# Looking back


def test_last_time_is_told_with_its_best_set(gym):
    train(gym, reps=12, kilos=95)
    train(gym, reps=15, kilos=100)
    gym.wait(days=3)
    assert gym.hear("what did i do last time") == (
        "Last time, 3 days ago: 2 sets. Best: 15 reps at 100 kilos."
    )


def test_a_session_is_last_time_only_when_it_is_over(gym):
    train(gym)
    assert gym.hear("what did i do last time") == "I know of no session before this one."
    assert gym.hear("what did i do today") == "Today: one set. 15 reps at 100 kilos."


def test_the_sessions_of_seven_days_are_counted(gym):
    for _ in range(4):
        train(gym)
        gym.wait(days=2)
    assert gym.hear("how many this week") == "3 sessions in the last seven days."
    train(gym)
    assert gym.hear("how many times did i train this week") == (
        "4 sessions in the last seven days, with this one."
    )


# The next weight


def test_fifteen_clean_reps_earn_the_smallest_step_and_why_says_so(gym):
    train(gym)
    gym.wait(days=3)
    assert gym.hear("what weight next") == "I suggest 105 kilos next. Shall I note it?"
    why = gym.hear("why")
    assert why.startswith("You did 15 clean reps at 100 kilos, and no pain is noted.")
    assert gym.hear("yes") == "Noted. 105 kilos next time."
    assert gym.session.history.agreed == Weight(105)
    assert gym.hear("what weight today") == "We agreed on 105 kilos."


def test_nothing_is_noted_without_a_yes(gym):
    train(gym)
    gym.hear("what weight next")
    gym.hear("no")
    assert gym.session.history.agreed is None
    gym.hear("what weight next")
    gym.be_silent()
    assert gym.session.history.agreed is None


def test_whether_the_reps_were_clean_is_asked_for(gym):
    train(gym, clean=None)
    assert gym.hear("can i add weight") == "Were all 15 reps clean?"
    assert gym.hear("yes") == "I suggest 105 kilos next. Shall I note it?"
    assert gym.last.clean is True


def test_a_no_to_that_keeps_the_weight(gym):
    train(gym, clean=None)
    gym.hear("what weight next")
    assert gym.hear("they were not clean") == "Stay at 100 kilos."
    assert gym.hear("why") == "The reps at 100 kilos were not all clean. Form comes first."


def test_fourteen_reps_are_too_few(gym):
    train(gym, reps=14)
    assert gym.hear("what weight next") == "Stay at 100 kilos."
    assert gym.hear("why") == "You did 14 at 100 kilos. Weight is added after 15 clean reps."


def test_after_pain_the_weight_goes_down(gym):
    train(gym)
    gym.wait(hours=1)
    gym.write("pain", private=True, level="self_care")
    assert gym.hear("what weight next") == "I suggest no weight yet."
    gym.wait(days=3)
    assert gym.hear("what weight next") == "I suggest 90 kilos, which is lighter."
    assert gym.hear("why").startswith("You told me about pain since your last session")


def test_after_two_weeks_off_the_weight_goes_down(gym):
    train(gym)
    gym.wait(days=14)
    assert gym.hear("what weight today") == "I suggest 90 kilos, which is lighter."
    assert gym.hear("why") == "Your last session was 14 days ago, so begin lighter than 100 kilos."


def test_a_new_person_gets_the_rule_of_the_article(gym):
    assert gym.hear("what weight today").startswith("Start at least ten percent lighter")
    assert "Only after fifteen clean reps" in gym.hear("can i add weight")
    assert gym.hear("what weight next").startswith("I know no weight of yours yet.")


def test_the_rest_timer_leaves_the_offer_open(gym):
    gym.hear("start set of fifteen")
    gym.runs_until(lambda session: isinstance(session.mode, Resting))
    gym.runs(50)
    gym.hear("ninety two kilos")
    gym.hear("they were clean")
    assert gym.hear("what weight next") == "I suggest 97 kilos next. Shall I note it?"
    gym.effects.clear()
    gym.runs_until(lambda session: "rest_half" not in session.deadlines)
    assert "Half time" in gym.reply
    assert gym.hear("yes") == "Noted. 97 kilos next time."


def test_why_asks_for_nothing_when_nothing_was_suggested(gym):
    train(gym)
    gym.hear("what weight next")
    gym.hear("no")
    assert gym.hear("why") != ""
    assert "clean reps at 100" not in gym.reply


# Rest days


def test_too_soon_a_session_waits_for_the_lifters_decision(gym):
    train(gym)
    gym.wait(hours=20)
    assert gym.hear("start set of twelve") == (
        "Your last session was 20 hours ago. Better rest 28 hours more, or say start anyway."
    )
    assert isinstance(gym.session.mode, Idle)
    gym.effects.clear()
    reply = gym.hear("start anyway")
    assert reply.startswith("That is your decision, and I write it down.")
    assert isinstance(gym.session.mode, Lifting)


def test_training_too_soon_is_written_down(gym):
    train(gym)
    gym.wait(hours=20)
    gym.hear("start set of twelve")
    gym.effects.clear()
    gym.hear("start anyway")
    override = next(it for it in gym.of(Log) if it.kind == "override")
    assert override.detail == {"what": "recovery", "hours_left": 28.0}


def test_the_decision_holds_for_the_whole_session(gym):
    train(gym)
    gym.wait(hours=20)
    gym.hear("start set of twelve")
    gym.hear("start anyway")
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    assert gym.hear("start set of twelve").startswith("Set of 12.")


def test_after_two_days_a_set_starts_at_once(gym):
    train(gym)
    gym.wait(hours=48)
    assert gym.hear("start set of twelve").startswith("Set of 12.")


def test_the_fourth_session_in_a_week_is_spoken_about(gym):
    for _ in range(3):
        train(gym)
        gym.wait(hours=49)
    reply = gym.hear("start set of twelve")
    assert reply.startswith("This is session number 4 in seven days.")
    assert isinstance(gym.session.mode, Lifting)


def test_whether_to_train_today_is_answered_for_this_person_and_by_the_rule(gym):
    train(gym)
    gym.wait(hours=20)
    reply = gym.hear("can i train today")
    assert reply.startswith("Your last session was 20 hours ago. Better rest 28 hours more.")
    assert reply.endswith("forty eight hours between sessions.")


def test_with_a_clock_that_is_not_set_nothing_is_counted_from_it(gym):
    gym.write(reps=12, weight=100, unit="kg")
    gym.journal.write("set", {"reps": 9}, now=gym.wall.replace(year=2031))
    gym.recall()
    gym.wait(hours=4)
    gym.recall()
    assert gym.hear("how many this week").startswith("My clock is not set")
    assert gym.hear("start set of twelve").startswith("Set of 12.")


# People


def test_everybody_has_a_log_of_their_own(gym):
    train(gym)
    gym.journal.write("register", {"name": "anna"}, now=gym.wall)
    gym.hears("SwitchPerson", person="anna")
    assert gym.reply == "This is the log of anna now."
    assert gym.today == ()
    gym.runs(10)
    assert gym.hear("who am i") == "This is the log of anna."
    assert gym.hear("switch to guest") == "This is the log of guest now."
    assert len(gym.today) == 1


def test_a_warning_sign_keeps_its_person_from_training_and_nobody_else(gym):
    gym.write("pain", private=True, level="emergency")
    gym.restart()
    assert gym.session.blocked is Level.EMERGENCY
    gym.hears("SwitchPerson", person="anna")
    assert gym.session.blocked is None
    gym.runs(10)
    gym.hear("switch to guest")
    assert gym.session.blocked is Level.EMERGENCY


def test_my_data_is_deleted_only_on_the_very_words(gym):
    train(gym)
    gym.hear("delete my data")
    assert gym.hear("yes") == "Nothing is deleted."
    gym.hear("delete my data")
    assert gym.be_silent() == "Nothing is deleted."
    assert gym.hear("delete everything") == "Say delete my data first."
    assert len(gym.today) == 1
    gym.hear("delete my data")
    assert gym.hear("delete everything") == "Everything about guest is deleted."
    assert gym.today == ()


def test_deleting_the_data_is_no_way_round_a_warning_sign(gym):
    gym.journal.write("person", {"name": "anna"}, now=gym.wall)
    gym.write("pain", private=True, level="emergency")
    gym.restart()
    gym.runs(10)
    gym.hear("delete my data")
    gym.hear("delete everything")
    assert gym.session.history.person == "guest"
    assert gym.session.blocked is Level.EMERGENCY


# After a power cut


def interrupted(gym: Gym, reps: int = 7) -> None:
    detail = {"reps": reps, "reps_planned": 12, "tempo": "3-1-2-1", "kind": "work"}
    gym.journal.write("progress", detail, now=gym.wall)
    gym.effects.clear()


def test_an_interrupted_set_can_be_gone_on_with(gym):
    interrupted(gym)
    gym.restart()
    assert gym.reply == (
        "Your last set was interrupted after 7 of 12."
        " Say resume to go on, finish to log it, or discard."
    )
    gym.runs(10)
    assert gym.hear("resume").startswith("From rep 8.")
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    assert [done.reps for done in gym.today] == [12]


@pytest.mark.parametrize("minutes", [1, 60])
def test_an_interrupted_set_can_be_logged_or_dropped(gym, minutes):
    interrupted(gym)
    gym.wait(minutes=minutes)
    gym.restart()
    gym.runs(10)
    logged = {1: "Set 1: 7 reps. No weight noted.", 60: "Logged with 7 reps."}
    assert gym.hear("finish") == logged[minutes]
    assert gym.session.history.unfinished is None
    interrupted(gym)
    gym.wait(minutes=minutes)
    gym.restart()
    gym.runs(10)
    assert gym.hear("discard") == "Discarded."
    assert gym.session.history.unfinished is None
    assert [done.reps for done in gym.today] == [7]


def test_an_hour_later_nobody_goes_on_with_a_set(gym):
    interrupted(gym)
    gym.wait(hours=1)
    gym.restart()
    assert "resume" not in gym.reply
    assert isinstance(gym.session.mode, Idle)


def test_a_paused_set_can_be_finished_by_its_name(gym):
    gym.hear("start set of twelve")
    gym.runs_to_rep(4)
    gym.hear("pause")
    assert isinstance(gym.session.mode, Paused)
    assert gym.hear("log it") == "Set 1: 4 reps. No weight noted."
    assert [done.reps for done in gym.today] == [4]


def test_there_is_nothing_to_finish_without_a_set(gym):
    assert gym.hear("finish") == "No set is waiting for that."
    assert gym.hear("discard") == "No set is waiting for that."


# Reminders


def test_the_next_session_is_announced_after_the_last_set(gym):
    gym.effects.clear()
    gym.write(reps=12)
    assert gym.of(Remind) == [Remind("next_session", 72 * 3600)]


def test_a_reminder_is_spoken_at_once_when_nobody_is_busy(gym):
    gym.effects.clear()
    gym.meets(ReminderDue("training"))
    assert gym.reply == "It is time to train."


def test_a_reminder_waits_until_the_set_is_over_and_is_spoken_once(gym):
    gym.hear("start set of twelve")
    gym.runs_to_rep(2)
    gym.effects.clear()
    gym.meets(ReminderDue("next_session"))
    gym.meets(ReminderDue("next_session"))
    assert gym.reply == ""
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    gym.runs(20)
    assert gym.reply.count("It is time for your next session.") == 1


def test_training_times_are_told_by_voice(gym):
    reply = gym.hear("remind me to train on monday and thursday at six thirty in the evening")
    assert reply == "I remind you to train on Monday and Thursday at 6 30 in the evening."
    gym.effects.clear()
    gym.hears("RemindToTrain", day=7, hour=12, day_half="morning")
    assert gym.of(RemindWeekly) == [RemindWeekly("training", tuple(range(7)), 0, 0)]
    assert gym.reply == "I remind you to train every day at 12 o'clock in the morning."


def test_reminders_are_listed_and_forgotten(gym):
    assert gym.hear("what reminders are set") == "No reminders are set."
    later = (Planned("ice_off", 900.0), Planned("next_session", 259200.0))
    gym.session = replace(gym.session, history=replace(gym.session.history, reminders=later))
    assert gym.hear("list my reminders") == (
        "You have the ice in 15 minutes and your next session in 3 days."
    )
    gym.effects.clear()
    gym.hears("ForgetReminders", reminder="ice_off")
    assert gym.of(CancelReminder) == [CancelReminder("ice_off")]
    gym.runs(5)
    assert gym.hear("forget the doctor reminder") == "There is no such reminder."


# The state of the journal


def test_a_journal_that_cannot_be_written_is_told_in_its_own_words_and_once(gym):
    bad = replace(gym.session.history, condition=Condition.FULL)
    gym.effects.clear()
    gym.meets(HistoryRecalled(bad))
    gym.meets(FaultRaised("journal"))
    gym.meets(HistoryRecalled(bad))
    assert gym.reply == "The disk is full. I remember this session until there is room."
    gym.runs(5)
    gym.effects.clear()
    gym.meets(HistoryRecalled(replace(bad, condition=Condition.SOUND)))
    gym.meets(FaultCleared("journal"))
    assert gym.reply == "I can write your training log again."


def test_a_bad_journal_is_not_told_in_the_middle_of_a_set(gym):
    gym.hear("start set of twelve")
    gym.runs_to_rep(2)
    gym.effects.clear()
    gym.journal._use(replace(gym.journal.book.files, condition=Condition.SET_ASIDE))
    gym.recall()
    assert gym.reply == ""
    gym.hear("stop")
    gym.runs(5)
    assert "I have put the old file aside" in gym.reply
