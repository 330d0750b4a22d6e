"""Cepstra of other people: resonances moved, bands coloured, and all that was said still there."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("kaldi_native_fbank", reason="needed for training only")

from scripts.voice_model import perturbation
from scripts.voice_model.corpus import Samples
from scripts.voice_model.features import DIM, Features, cepstra
from scripts.voice_model.perturbation import perturbed, warp

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
