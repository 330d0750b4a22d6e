"""What the coach knows of the past, and the weight it suggests."""

import pytest

from assistant.dialogue.session import Resting
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


def test_last_time_is_told_with_its_best_set(gym: Gym) -> None:
    train(gym, reps=12, kilos=95)
    train(gym, reps=15, kilos=100)
    gym.wait(days=3)
    assert gym.hear("what did i do last time") == (
        "Last time, 3 days ago: 2 sets. Best: 15 reps at 100 kilos."
    )


def test_a_session_is_last_time_only_when_it_is_over(gym: Gym) -> None:
    train(gym)
    assert gym.hear("what did i do last time") == "I know of no session before this one."
    assert gym.hear("what did i do today") == "Today: one set. 15 reps at 100 kilos."


def test_the_sessions_of_seven_days_are_counted(gym: Gym) -> None:
    for _ in range(4):
        train(gym)
        gym.wait(days=2)
    assert gym.hear("how many this week") == "3 sessions in the last seven days."
    train(gym)
    assert gym.hear("how many times did i train this week") == (
        "4 sessions in the last seven days, with this one."
    )


# The next weight


def test_fifteen_clean_reps_earn_the_smallest_step_and_why_says_so(gym: Gym) -> None:
    train(gym)
    gym.wait(days=3)
    assert gym.hear("what weight next") == "I suggest 105 kilos next. Shall I note it?"
    why = gym.hear("why")
    assert why.startswith("You did 15 clean reps at 100 kilos, and no pain is noted.")
    assert gym.hear("yes") == "Noted. 105 kilos next time."
    assert gym.session.history.agreed == Weight(105)
    assert gym.hear("what weight today") == "We agreed on 105 kilos."


def test_nothing_is_noted_without_a_yes(gym: Gym) -> None:
    train(gym)
    gym.hear("what weight next")
    gym.hear("no")
    assert gym.session.history.agreed is None
    gym.hear("what weight next")
    gym.be_silent()
    assert gym.session.history.agreed is None


def test_whether_the_reps_were_clean_is_asked_for(gym: Gym) -> None:
    train(gym, clean=None)
    assert gym.hear("can i add weight") == "Were all 15 reps clean?"
    assert gym.hear("yes") == "I suggest 105 kilos next. Shall I note it?"
    assert gym.last.clean is True


def test_a_no_to_that_keeps_the_weight(gym: Gym) -> None:
    train(gym, clean=None)
    gym.hear("what weight next")
    assert gym.hear("they were not clean") == "Stay at 100 kilos."
    assert gym.hear("why") == "The reps at 100 kilos were not all clean. Form comes first."


def test_fourteen_reps_are_too_few(gym: Gym) -> None:
    train(gym, reps=14)
    assert gym.hear("what weight next") == "Stay at 100 kilos."
    assert gym.hear("why") == "You did 14 at 100 kilos. Weight is added after 15 clean reps."


def test_after_pain_the_weight_goes_down(gym: Gym) -> None:
    train(gym)
    gym.wait(hours=1)
    gym.write("pain", private=True, level="self_care")
    assert gym.hear("what weight next") == "I suggest no weight yet."
    gym.wait(days=3)
    assert gym.hear("what weight next") == "I suggest 90 kilos, which is lighter."
    assert gym.hear("why").startswith("You told me about pain since your last session")


def test_after_two_weeks_off_the_weight_goes_down(gym: Gym) -> None:
    train(gym)
    gym.wait(days=14)
    assert gym.hear("what weight today") == "I suggest 90 kilos, which is lighter."
    assert gym.hear("why") == "Your last session was 14 days ago, so begin lighter than 100 kilos."


def test_a_new_person_gets_the_rule_of_the_article(gym: Gym) -> None:
    assert gym.hear("what weight today").startswith("Start at least ten percent lighter")
    assert "Only after fifteen clean reps" in gym.hear("can i add weight")
    assert gym.hear("what weight next").startswith("I know no weight of yours yet.")


def test_the_rest_timer_leaves_the_offer_open(gym: Gym) -> None:
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


def test_why_asks_for_nothing_when_nothing_was_suggested(gym: Gym) -> None:
    train(gym)
    gym.hear("what weight next")
    gym.hear("no")
    assert gym.hear("why") != ""
    assert "clean reps at 100" not in gym.reply
