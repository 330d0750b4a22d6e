"""Reminders: made, spoken at a good moment, forgotten."""

from dataclasses import replace

import pytest

from assistant.dialogue.effects import CancelReminder, Remind, RemindWeekly
from assistant.dialogue.events import ReminderDue
from assistant.dialogue.history import Planned
from assistant.dialogue.session import Lifting
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def train(gym: Gym, reps: int = 15, kilos: float = 100, clean: int | None = 1) -> None:
    """A session of one set."""
    gym.write(reps=reps, weight=kilos, unit="kg", counted=0)
    if clean is not None:
        gym.write("amend", row=gym.last.row, clean=clean)


def test_the_next_session_is_announced_after_the_last_set(gym: Gym) -> None:
    gym.effects.clear()
    gym.write(reps=12)
    assert gym.of(Remind) == [Remind("next_session", 72 * 3600)]


def test_a_reminder_is_spoken_at_once_when_nobody_is_busy(gym: Gym) -> None:
    gym.effects.clear()
    gym.meets(ReminderDue("training"))
    assert gym.reply == "It is time to train."


def test_a_reminder_waits_until_the_set_is_over_and_is_spoken_once(gym: Gym) -> None:
    gym.hear("start set of twelve")
    gym.runs_to_rep(2)
    gym.effects.clear()
    gym.meets(ReminderDue("next_session"))
    gym.meets(ReminderDue("next_session"))
    assert gym.reply == ""
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    gym.runs(20)
    assert gym.reply.count("It is time for your next session.") == 1


def test_training_times_are_told_by_voice(gym: Gym) -> None:
    reply = gym.hear("remind me to train on monday and thursday at six thirty in the evening")
    assert reply == "I remind you to train on Monday and Thursday at 6 30 in the evening."
    gym.effects.clear()
    gym.hears("RemindToTrain", day=7, hour=12, day_half="morning")
    assert gym.of(RemindWeekly) == [RemindWeekly("training", tuple(range(7)), 0, 0)]
    assert gym.reply == "I remind you to train every day at 12 o'clock in the morning."


def test_reminders_are_listed_and_forgotten(gym: Gym) -> None:
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
