"""The canceller, in simulated rooms whose echo is known."""

import numpy as np
import pytest

from assistant.hearing.canceller import BINS, HOP, RATE, Canceller, Hop
from assistant.sound.clip import Samples
from tests.hearing.rooms import echoed, hiss, suppression_db, talk
from tests.hearing.voices import spoken


def run(heard: Samples, played: Samples, canceller: Canceller | None = None) -> list[Hop]:
    canceller = canceller or Canceller()
    whole = len(heard) // HOP * HOP
    return [
        canceller.cancel(heard[at : at + HOP], played[at : at + HOP]) for at in range(0, whole, HOP)
    ]


def sound(hops: list[Hop]) -> Samples:
    return np.concatenate([hop.samples for hop in hops])


@pytest.mark.parametrize(("rt60_s", "least_db"), [(0.3, 18), (0.8, 17), (1.5, 14)])
def test_a_known_echo_is_taken_out_within_seconds(rt60_s: float, least_db: float) -> None:
    played = talk(8)
    echo = echoed(played, rt60_s=rt60_s)
    rest = sound(run(echo + hiss(len(echo)), played))
    last = slice(5 * RATE, 8 * RATE)
    assert suppression_db(echo[last], rest[last]) > least_db


def test_what_another_person_says_meanwhile_is_left_as_it_is() -> None:
    played = talk(8)
    echo = echoed(played)
    person = np.zeros_like(echo)
    words = spoken("my back hurts", "en-gb")
    person[6 * RATE : 6 * RATE + len(words)] = 0.3 * words
    rest = sound(run(echo + person + hiss(len(echo)), played))
    said = slice(6 * RATE, 6 * RATE + len(words))
    assert suppression_db(echo[said], rest[said] - person[said]) > 14


def test_nothing_is_changed_while_nothing_is_played() -> None:
    heard = hiss(RATE, level=0.1)
    assert np.allclose(sound(run(heard, np.zeros_like(heard))), heard, atol=1e-6)


def test_the_leak_it_expects_is_about_the_leak_there_is() -> None:
    played = talk(8)
    hops = run(echoed(played) + hiss(len(played)), played)[500:]
    expected = sum(float(hop.leak.sum()) for hop in hops)
    left = sum(float(hop.power.sum()) for hop in hops)
    assert 0.2 < expected / left < 5
    assert hops[0].leak.shape == hops[0].power.shape == (BINS,)


def test_when_the_microphone_was_moved_the_way_is_learned_again() -> None:
    played = talk(16)
    moved = 8 * RATE
    echo = np.concatenate((echoed(played, seed=1)[:moved], echoed(played, seed=9)[moved:]))
    rest = sound(run(echo + hiss(len(echo)), played))
    at_once, soon = slice(moved, moved + RATE // 2), slice(moved + 5 * RATE, moved + 8 * RATE)
    assert suppression_db(echo[at_once], rest[at_once]) < 8
    assert suppression_db(echo[soon], rest[soon]) > 14


def test_what_was_learned_can_be_forgotten() -> None:
    played = talk(3)
    echo = echoed(played)
    canceller = Canceller()
    run(echo, played, canceller)
    canceller.forget()
    first = run(echo[RATE : RATE + HOP], played[RATE : RATE + HOP], canceller)
    assert np.array_equal(first[0].samples, echo[RATE : RATE + HOP])
