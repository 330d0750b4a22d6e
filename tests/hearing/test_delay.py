"""How late the microphone is, told from sound alone."""

import numpy as np
import pytest

from assistant.hearing.delay import Correction, LagTracker, echo_lag
from tests.hearing.rooms import RATE, echoed, hiss, talk

BLOCK = 480


def corrections(played: np.ndarray, heard: np.ndarray) -> list[Correction]:
    tracker = LagTracker()
    found = (
        tracker.add(played[at : at + BLOCK], heard[at : at + BLOCK])
        for at in range(0, len(heard) // BLOCK * BLOCK, BLOCK)
    )
    return [correction for correction in found if correction is not None]


@pytest.mark.parametrize("delay_s", [0.0, 0.03, 0.2, 0.8])
def test_the_lag_is_told_to_the_frame(delay_s: float) -> None:
    played = talk(2)
    lag = echo_lag(played, echoed(played, delay_s=delay_s) + hiss(len(played)), RATE)
    assert lag.frames == pytest.approx(delay_s * RATE, abs=1)
    assert lag.sharpness > 7


def test_two_sounds_that_have_nothing_to_do_with_each_other_have_no_lag() -> None:
    assert echo_lag(talk(2), hiss(2 * RATE, level=0.1), RATE).sharpness < 7


def test_a_short_lag_is_left_to_the_filter() -> None:
    played = talk(4)
    assert corrections(played, echoed(played, delay_s=0.03)) == []


def test_one_sound_that_resembles_what_was_played_moves_nothing() -> None:
    """The person's word, the clank of a weight behind a click: two windows hold it, once."""
    played = np.zeros(6 * RATE, np.float32)
    played[2 * RATE : 3 * RATE] = talk(1)
    heard = hiss(len(played), level=1e-4)
    heard[round(2.7 * RATE) : round(3.2 * RATE)] += played[2 * RATE : round(2.5 * RATE)]
    assert corrections(played, heard) == []


def test_a_long_lag_is_corrected_once_it_was_seen_in_two_sounds() -> None:
    played = talk(5)
    found = corrections(played, echoed(played, delay_s=0.25))
    assert found[0].shift == pytest.approx(-(0.25 - 0.008) * RATE, abs=2)


def test_silence_tells_nothing() -> None:
    assert corrections(np.zeros(4 * RATE, np.float32), hiss(4 * RATE)) == []


@pytest.mark.parametrize("ppm", [-100, 30, 100])
def test_clocks_that_differ_are_measured(ppm: float) -> None:
    played = talk(12)
    echo = echoed(played, delay_s=0.03)
    places = np.arange(len(echo)) * (1 + ppm * 1e-6)
    heard = np.interp(places, np.arange(len(echo)), echo).astype(np.float32)
    found = corrections(played, heard)
    assert found
    assert (found[0].pace - 1) * 1e6 == pytest.approx(ppm, abs=6)
