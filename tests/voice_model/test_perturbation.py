"""Cepstra of other people: resonances moved, bands coloured, and all that was said still there."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("kaldi_native_fbank", reason="needed for training only")

from scripts.voice_model import perturbation
from scripts.voice_model.corpus import Samples
from scripts.voice_model.features import DIM, Features, cepstra
from scripts.voice_model.perturbation import at_another_pace, in_company, perturbed, warp

RATE = 16_000


def chance(seed: int) -> random.Random:
    """What decides."""
    return random.Random(seed)  # noqa: S311  (no secret)


def tone(frequency: float) -> Samples:
    """A tone in a little noise."""
    at = np.arange(RATE // 2) / RATE
    hiss = np.random.default_rng(1).normal(0, 3, len(at))
    return (5_000 * np.sin(2 * np.pi * frequency * at) + hiss).astype(np.float32)


def bands(rows: Features) -> NDArray[np.floating]:
    """Mean energy of each band."""
    energies: NDArray[np.floating] = rows.mean(axis=0) @ perturbation._TO_BANDS.T
    return energies


def test_bands_are_those_the_cepstra_were_made_of() -> None:
    energies = bands(cepstra(tone(1_000)))
    centre = 1127 * np.log1p(1_000 / 700)
    low, high = (1127 * np.log1p(edge / 700) for edge in (20, 7_600))
    assert np.argmax(energies) == round((centre - low) / (high - low) * (DIM + 1)) - 1


@pytest.mark.parametrize("factor", [0.88, 0.95, 1.05, 1.12])
def test_a_warp_moves_resonances(factor: float) -> None:
    moved = warp(factor) @ bands(cepstra(tone(1_500 * factor)))
    assert abs(np.argmax(moved) - np.argmax(bands(cepstra(tone(1_500))))) <= 1


def test_no_warp_changes_nothing() -> None:
    assert np.allclose(warp(1.0), np.eye(DIM))


def test_what_was_said_is_still_there() -> None:
    """A sound that changes in time changes then as well, whatever is done to it."""
    sound = np.concatenate([tone(frequency) for frequency in (400, 2_500, 900)])
    rows = cepstra(sound)
    for seed in range(30):
        changed = perturbed(rows, chance(seed))
        assert changed.shape == rows.shape
        assert changed.dtype == np.float32
        steps, were = (np.linalg.norm(np.diff(one, axis=0), axis=1) for one in (changed, rows))
        assert np.corrcoef(steps, were)[0, 1] > 0.8


def test_no_two_passes_are_alike() -> None:
    rows = cepstra(tone(700))
    one = chance(1)
    assert not np.allclose(perturbed(rows, one), perturbed(rows, one), atol=0.1)


def test_a_hole_leaves_a_band_without_change() -> None:
    rows = np.random.default_rng(2).normal(0, 5, (50, DIM)).astype(np.float32)
    spread = (perturbation._with_a_hole(rows, chance(3)) @ perturbation._TO_BANDS.T).std(0)
    still = np.flatnonzero(spread < 1e-4)
    assert 1 <= len(still) <= 6
    assert (np.diff(still) == 1).all()


def test_another_pace_is_up_to_a_fifth_faster_or_slower() -> None:
    rows = np.arange(300, dtype=np.float32)[:, None].repeat(DIM, axis=1)
    lengths = []
    for seed in range(60):
        paced = at_another_pace(rows, chance(seed))
        steps = np.diff(paced[:, 0])
        assert np.allclose(steps, steps[0], atol=1e-4)  # evenly, from beginning to end
        assert paced[0, 0] == 0
        assert paced[-1, 0] >= 299 - steps[0] - 1e-4
        lengths.append(len(paced))
    assert min(lengths) < 260
    assert max(lengths) > 340
    assert set(lengths) >= {300}  # some keep theirs
    assert all(300 / 1.2 - 1 <= length <= 300 * 1.2 for length in lengths)


def test_company_is_what_a_microphone_would_pick_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against the sum of two sounds, one 6 dB below the other."""
    monkeypatch.setattr(perturbation, "_AHEAD_DB", (6.0, 6.0))
    monkeypatch.setattr(random.Random, "randrange", lambda *_: 0)
    loud, faint = tone(600), tone(3_000)
    together = in_company(cepstra(loud), [cepstra(faint)], chance(1))
    ratio = np.exp(bands(cepstra(loud))).sum() / np.exp(bands(cepstra(faint))).sum()
    real = cepstra(loud + faint * np.float32(np.sqrt(ratio / 10**0.6)))
    assert np.abs(bands(together) - bands(real)).mean() < 0.25


def test_company_comes_below_what_is_said_however_loud_it_was() -> None:
    said, other = cepstra(tone(600)), cepstra(50 * tone(3_000))
    for seed in range(20):
        together = in_company(said, [other], chance(seed))
        assert together.shape == said.shape
        assert together.dtype == np.float32
        assert np.argmax(bands(together)) == np.argmax(bands(said))
        assert np.all(bands(together) >= bands(said) - 1e-2)


def test_company_that_says_little_says_it_again() -> None:
    said, other = cepstra(tone(600)), cepstra(tone(3_000))[:5]
    assert np.all(np.ptp(in_company(said, [other], chance(1)), axis=0)[:1] < 5)


def test_nobody_else_changes_nothing() -> None:
    said = cepstra(tone(600))
    assert np.allclose(in_company(said, [], chance(1)), said, atol=0.02)
