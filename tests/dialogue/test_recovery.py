"""Rest days: whether it is too soon for another session."""

import pytest

from assistant.dialogue.effects import Log
from assistant.dialogue.session import Idle, Lifting
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def train(gym: Gym, reps: int = 15, kilos: float = 100, clean: int | None = 1) -> None:
    """A session of one set."""
    gym.write(reps=reps, weight=kilos, unit="kg", counted=0)
    if clean is not None:
        gym.write("amend", row=gym.last.row, clean=clean)


def test_too_soon_a_session_waits_for_the_lifters_decision(gym: Gym) -> None:
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


def test_training_too_soon_is_written_down(gym: Gym) -> None:
    train(gym)
    gym.wait(hours=20)
    gym.hear("start set of twelve")
    gym.effects.clear()
    gym.hear("start anyway")
    override = next(it for it in gym.of(Log) if it.kind == "override")
    assert override.detail == {"what": "recovery", "hours_left": 28.0}


def test_the_decision_holds_for_the_whole_session(gym: Gym) -> None:
    train(gym)
    gym.wait(hours=20)
    gym.hear("start set of twelve")
    gym.hear("start anyway")
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    assert "Set of 12." in gym.hear("start set of twelve")


def test_after_two_days_a_set_starts_at_once(gym: Gym) -> None:
    train(gym)
    gym.wait(hours=48)
    assert "Set of 12." in gym.hear("start set of twelve")


def test_the_fourth_session_in_a_week_is_spoken_about(gym: Gym) -> None:
    for _ in range(3):
        train(gym)
        gym.wait(hours=49)
    reply = gym.hear("start set of twelve")
    assert reply.startswith("This is session number 4 in seven days.")
    assert isinstance(gym.session.mode, Lifting)


def test_whether_to_train_today_is_answered_for_this_person_and_by_the_rule(gym: Gym) -> None:
    train(gym)
    gym.wait(hours=20)
    reply = gym.hear("can i train today")
    assert reply.startswith("Your last session was 20 hours ago. Better rest 28 hours more.")
    assert reply.endswith("forty eight hours between sessions.")


def test_with_a_clock_that_is_not_set_nothing_is_counted_from_it(gym: Gym) -> None:
    gym.write(reps=12, weight=100, unit="kg")
    gym.journal.write("set", {"reps": 9}, now=gym.wall.replace(year=2031))
    gym.recall()
    gym.wait(hours=4)
    gym.recall()
    assert gym.hear("how many this week").startswith("My clock is not set")
    assert "Set of 12." in gym.hear("start set of twelve")
