"""What is told once for each machine: kilos or pounds, and the movement it begins with."""

import pytest

from assistant.dialogue.cadence import Phase
from assistant.dialogue.history import Machine
from assistant.progress import Unit, Weight
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def test_the_unit_is_told_when_asked(gym: Gym) -> None:
    assert gym.hear("units") == "This machine is in kilos."
    assert gym.hear("kilos or pounds") == "This machine is in kilos."


@pytest.mark.parametrize("words", ["switch to pounds", "use pounds", "set the unit to pounds"])
def test_a_weight_without_a_unit_is_taken_in_the_one_that_was_told(gym: Gym, words: str) -> None:
    assert gym.hear(words) == (
        "This machine is in pounds from now on. Sets on the log stay as they were told."
    )
    gym.hear("log twelve reps at two hundred")
    assert gym.last.weight == Weight(200, Unit.LB)


def test_what_is_on_the_log_keeps_its_unit(gym: Gym) -> None:
    gym.hear("log twelve reps at one hundred")
    gym.hear("switch to pounds")
    assert gym.last.weight == Weight(100, Unit.KG)
    assert gym.hear("what did i do today") == "Today: one set. 12 reps at 100 kilos."


def test_a_unit_that_is_said_goes_before_the_one_of_the_machine(gym: Gym) -> None:
    gym.hear("switch to pounds")
    gym.hear("log twelve reps at ninety one kilos")
    assert gym.last.weight == Weight(91, Unit.KG)


def test_the_unit_in_use_is_not_set_again(gym: Gym) -> None:
    assert gym.hear("use kilos") == "This machine is in kilos."


def test_a_unit_that_was_told_holds_when_the_program_starts_again(gym: Gym) -> None:
    gym.hear("switch to pounds")
    gym.restart()
    assert gym.session.history.machine == Machine(unit=Unit.LB, step=10)


def test_the_next_weight_is_on_a_step_of_the_unit_that_was_told(gym: Gym) -> None:
    gym.hear("switch to pounds")
    gym.write(reps=15, weight=200.0, unit="lb", counted=0, clean=1)
    gym.wait(days=3)
    assert gym.hear("what weight next") == "I suggest 210 pounds next. Shall I note it?"


@pytest.mark.parametrize("words", ["press first", "this machine starts at the bottom"])
def test_a_seated_push_machine_is_counted_from_the_press_once_that_is_told(
    gym: Gym, words: str
) -> None:
    assert gym.hear(words) == "On this machine you press first."
    gym.restart()
    gym.hear("start set of two")
    gym.runs_to_rep(2)
    phases = [cue.phase for _, cue in gym.sounded if cue.rep == 2 and cue.clip.startswith("click")]
    assert phases[0] is Phase.CONCENTRIC


def test_a_sled_is_counted_from_the_top_again(gym: Gym) -> None:
    gym.hear("i press first")
    assert gym.hear("i lower first") == "On this machine you lower first."
    assert gym.session.history.machine == Machine()
