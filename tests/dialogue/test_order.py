"""Ordering a set: what is counted, and what is refused with the reason."""

import pytest

from assistant.content.loader import load_content
from assistant.content.training import Tempo
from assistant.dialogue.effects import Say, StartCadence
from assistant.dialogue.session import Idle, Lifting, Resting
from tests.dialogue.stage import Stage, reps_counted

CONTENT = load_content()

STANDARD = Tempo(3, 1, 2, 1)


@pytest.fixture
def stage() -> Stage:
    return Stage(CONTENT)


def lifting(stage: Stage) -> Lifting:
    assert isinstance(stage.session.mode, Lifting)
    return stage.session.mode


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
