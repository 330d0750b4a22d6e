"""When words that are being spoken stand firm enough to act upon."""

from pathlib import Path

import pytest

from assistant.hearing.echo import Moment, Sounding
from assistant.hearing.grammar import UNKNOWN
from assistant.hearing.recogniser import Final, Partial
from assistant.hearing.utterance import Utterance
from tests.hearing.scene import COUNTING, QUIET, SPEAKING, STOP, Scene, written


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(written(tmp_path))


def utterance(text: str) -> Utterance:
    """One that has just begun."""
    return Utterance(Moment(QUIET, 9.0), 0.0, Partial(text, 1))


@pytest.mark.parametrize("sounding", [SPEAKING, COUNTING])
def test_two_equal_results_stand_while_something_sounds(sounding: Sounding) -> None:
    assert utterance("stop").stands(Partial("stop", 2), sounding)


def test_in_silence_it_takes_four() -> None:
    said = utterance("stop")
    assert [said.stands(Partial("stop", advance), QUIET) for advance in (2, 3, 4, 5)] == [
        False,
        False,
        True,
        True,
    ]


def test_other_words_begin_afresh() -> None:
    said = utterance("stop")
    said.stands(Partial("stop", 2), QUIET)
    said.stands(Partial("stop", 3), QUIET)
    assert not said.stands(Partial("stop it", 4), QUIET)
    assert not said.stands(Partial("stop it", 5), QUIET)


def test_somebody_who_talks_on_in_silence_stops_nothing(scene: Scene) -> None:
    scene.decode(Partial("stop", 1), Partial("stop", 2), Partial(f"stop {UNKNOWN}", 3))
    scene.decode(Final(UNKNOWN))
    assert "cut" not in scene.happened


def test_a_stop_in_silence_counts_as_soon_as_it_is_over(scene: Scene) -> None:
    scene.decode(Partial("stop", 1), Partial("stop", 2), Final("stop"))
    assert scene.happened == ["cut", STOP]


def test_a_stop_that_no_silence_follows_counts_all_the_same(scene: Scene) -> None:
    scene.decode(*(Partial("stop", advance) for advance in range(1, 5)))
    assert scene.happened == ["cut", STOP]
