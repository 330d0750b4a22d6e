"""A microphone of little use is spoken about once, when it is sure and nobody is interrupted."""

import pytest

from assistant.app.doubts import AFTER_SOUND_S, LASTS_S, Doubts
from assistant.dialogue.events import Event, MicrophoneDoubted
from assistant.hearing.gauge import Condition

STEP_S = 0.5


class Coach:
    """One that sounds, or is silent, with a microphone of some condition."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.now = 100.0
        self._doubts = Doubts(self.events.append)

    def lives(
        self,
        seconds: float,
        condition: Condition,
        *,
        is_sounding: bool = False,
        may_tell: bool = True,
    ) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.now += STEP_S
            self._doubts.look(condition, self.now, is_sounding=is_sounding, may_tell=may_tell)


@pytest.fixture
def coach() -> Coach:
    coach = Coach()
    coach.lives(3, Condition.FINE, is_sounding=True)
    return coach


@pytest.mark.parametrize("condition", [Condition.QUIET, Condition.CLIPPED])
def test_it_is_told_once(coach: Coach, condition: Condition) -> None:
    for _ in range(3):
        coach.lives(LASTS_S + 2, condition)
        coach.lives(30, Condition.FINE, is_sounding=True)
    assert coach.events == [MicrophoneDoubted(condition)]


def test_a_clank_is_not_worth_a_word(coach: Coach) -> None:
    coach.lives(LASTS_S - 1, Condition.CLIPPED)
    coach.lives(5, Condition.FINE)
    assert coach.events == []


def test_a_set_is_not_interrupted(coach: Coach) -> None:
    coach.lives(60, Condition.CLIPPED, is_sounding=True, may_tell=False)
    assert coach.events == []
    coach.lives(1, Condition.CLIPPED)
    assert coach.events == [MicrophoneDoubted("clipped")]


def test_an_empty_room_at_night_may_be_quiet(coach: Coach) -> None:
    coach.lives(AFTER_SOUND_S, Condition.FINE)
    coach.lives(3600, Condition.QUIET)
    assert coach.events == []


def test_what_is_told_elsewhere_is_not_told_here(coach: Coach) -> None:
    coach.lives(60, Condition.MUTED, is_sounding=True)
    assert coach.events == []
