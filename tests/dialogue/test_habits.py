"""What a person has once asked for holds, also after a power cut, and for that person alone."""

import pytest

from assistant.content.training import Tempo
from assistant.dialogue.effects import SetPace
from assistant.dialogue.session import Habits, Paused, Verbosity
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def test_tempo_rest_and_words_are_as_they_were_when_the_program_starts_again(gym: Gym) -> None:
    for wish in ("brisk tempo", "set rest to ninety seconds", "no rest timer", "clicks only"):
        gym.hear(wish)
    gym.restart()
    assert gym.session.habits == Habits(Tempo(2, 1, 2, 1), rest_s=90, times_rest=False)
    assert gym.session.manner.verbosity is Verbosity.CLICKS


def test_the_last_wish_holds(gym: Gym) -> None:
    gym.hear("clicks only")
    gym.hear("full words")
    gym.hear("no rest timer")
    gym.hear("rest timer on")
    gym.restart()
    assert gym.session.habits == Habits()
    assert gym.session.manner.verbosity is Verbosity.FULL


def test_the_voice_is_as_fast_as_before_when_the_program_starts_again(gym: Gym) -> None:
    gym.hear("speak faster")
    gym.restart()
    assert gym.session.manner.words_per_minute == 185
    assert gym.of(SetPace) == [SetPace(185)]


def test_another_person_is_spoken_to_as_the_owner_has_set_and_the_first_as_before(gym: Gym) -> None:
    gym.write("person", name="anna")
    gym.hear("numbers only")
    gym.hear("brisk tempo")
    gym.hear("switch to guest")
    assert (gym.session.manner.verbosity, gym.session.habits) == (Verbosity.FULL, Habits())
    gym.write("person", name="anna")
    assert gym.session.manner.verbosity is Verbosity.SHORT
    assert gym.session.habits == Habits(Tempo(2, 1, 2, 1))


def test_a_power_cut_in_the_second_set_of_three_costs_neither_it_nor_the_third(gym: Gym) -> None:
    gym.hear("three sets of six")
    gym.runs_to_rep(6)
    gym.runs(300)
    gym.hear("start")
    gym.runs_to_rep(4)
    gym.restart()
    gym.runs(30)
    assert isinstance(gym.session.mode, Paused)
    assert gym.hear("resume") == "From rep 5."
    gym.runs_to_rep(6)
    gym.runs(300)
    assert gym.hear("start").startswith("Set 3 of 3, 6 reps.")
