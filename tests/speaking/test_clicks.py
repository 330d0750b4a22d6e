"""The clicks of a set: on their frame, told apart without thinking, and heard through music."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.dialogue.cadence import Click
from assistant.sound.clip import Samples
from assistant.speaking.clicks import click

RATE = 48_000
RATES = (16_000, 22_050, 44_100, 48_000)


def spectrum(samples: Samples) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Frequencies, and the power at each."""
    return np.fft.rfftfreq(RATE, 1 / RATE), np.abs(np.fft.rfft(samples, RATE)) ** 2


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("kind", Click)
def test_a_click_begins_with_its_first_sample_and_never_clips(kind: Click, rate: int) -> None:
    samples = click(kind, rate).samples
    assert samples[0] != 0
    assert np.abs(samples).max() < 0.6


@pytest.mark.parametrize("kind", Click)
def test_a_click_lies_where_the_ear_is_most_sensitive(kind: Click) -> None:
    hz, power = spectrum(click(kind, RATE).samples)
    assert power[(hz > 800) & (hz < 3200)].sum() / power.sum() > 0.9


@pytest.mark.parametrize(("one", "other"), [*combinations(Click, 2)])
def test_no_click_sounds_like_another(one: Click, other: Click) -> None:
    first, second = (click(kind, RATE).samples for kind in (one, other))
    size = len(first) + len(second)
    product = np.fft.rfft(first, size) * np.conj(np.fft.rfft(second, size))
    likeness = np.abs(np.fft.irfft(product, size)).max()
    assert likeness / np.sqrt(np.sum(first**2) * np.sum(second**2)) < 0.75


@pytest.mark.parametrize("kind", [it for it in Click if it is not Click.SOFT])
def test_a_click_stands_out_from_music_that_is_as_loud_as_the_voice(kind: Click) -> None:
    hz = np.fft.rfftfreq(RATE, 1 / RATE)
    random = np.random.default_rng(0)
    shape = np.where(hz > 40, np.maximum(hz, 40) ** -0.5, 0)  # pink, as music is
    music = np.fft.irfft(shape * random.normal(size=len(hz)), RATE)
    music *= 0.1 / np.sqrt(np.mean(music**2))
    frames = round(0.02 * RATE)
    samples = click(kind, RATE).samples
    strongest = int(hz[np.argmax(spectrum(samples)[1])]) * frames // RATE

    def power(sound: NDArray[np.floating]) -> NDArray[np.floating]:
        """Around the strongest tone of the click, for each 20 ms of a sound."""
        pieces = sound[: len(sound) // frames * frames].reshape(-1, frames)
        around = np.abs(np.fft.rfft(pieces))[:, strongest - 1 : strongest + 2]
        powers: NDArray[np.floating] = (around**2).sum(axis=1)
        return powers

    padded = np.pad(samples, (0, frames))
    assert 10 * np.log10(power(padded).max() / power(music).mean()) > 10
