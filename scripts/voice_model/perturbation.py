"""The same words out of another throat, through another microphone.

Unlike what ``augmentation`` does to a sound, this is done to its cepstra and anew at every pass:
people are few, and what nobody hears twice alike nobody learns by heart. A longer vocal tract moves
all resonances (after Jaitly and Hinton, "Vocal tract length perturbation", 2013), a microphone
colours them, and a band without any sound teaches not to rely on one (after Park et al.,
"SpecAugment", 2019). All three are linear in the energies of the bands, so in the cepstra too.
"""

import random
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.fft import dct

from .features import DIM, OPTIONS, Features

_Bands = npt.NDArray[np.floating]

_LIFTER: Final = 22.0
"""Kaldi's weights of cepstra, at its default."""
_MOST_WARPED: Final = 0.12
_STRONGEST_COLOUR: Final = 0.7
"""Deviation of a band, as a natural logarithm of its energy: 3 dB."""
_WIDEST_HOLE: Final = 6
_OFTEN: Final = 0.6
_SELDOM: Final = 0.3

_WEIGHTS: Final = 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(DIM) / _LIFTER)
_TO_CEPSTRA: Final[_Bands] = _WEIGHTS[:, None] * dct(np.eye(DIM), axis=0, norm="ortho")
_TO_BANDS: Final[_Bands] = np.linalg.inv(_TO_CEPSTRA)


def perturbed(cepstra: Features, chance: random.Random) -> Features:
    """Cepstra of one utterance, before any mean is taken off, as somebody else may have said it."""
    change: _Bands = np.eye(DIM)
    if chance.random() < _OFTEN:
        change = warp(1 + chance.uniform(-_MOST_WARPED, _MOST_WARPED))
    colour: _Bands = np.zeros(DIM)
    if chance.random() < _OFTEN:
        colour = _colour(chance)
    moved = cepstra @ (_TO_CEPSTRA @ change @ _TO_BANDS).T + _TO_CEPSTRA @ colour
    changed = np.asarray(moved, np.float32)
    return _with_a_hole(changed, chance) if chance.random() < _SELDOM else changed


def warp(factor: float) -> _Bands:
    """A matrix that takes for the energy at each frequency the one at ``factor`` times it."""
    low, high = (_mel(float(OPTIONS[edge])) for edge in ("low-freq", "high-freq"))
    width = (high - low) / (DIM + 1)
    centres = 700 * np.expm1((low + width * np.arange(1, DIM + 1)) / 1127)
    places = np.clip((_mel(factor * centres) - low) / width - 1, 0, DIM - 1)
    below = np.minimum(places.astype(int), DIM - 2)
    matrix = np.zeros((DIM, DIM))
    rows = np.arange(DIM)
    matrix[rows, below] = 1 - (places - below)
    matrix[rows, below + 1] = places - below
    return matrix


def _mel(frequency: npt.ArrayLike) -> _Bands:
    return np.asarray(1127 * np.log1p(np.asarray(frequency) / 700))


def _colour(chance: random.Random) -> _Bands:
    """A smooth curve over the bands."""
    strength = chance.uniform(0, _STRONGEST_COLOUR)
    waves = [chance.gauss(0, strength) for _ in range(4)]
    place = np.linspace(0, np.pi, DIM)
    rows = [wave * np.cos(n * place) for n, wave in enumerate(waves, 1)]
    return np.asarray(np.sum(rows, axis=0))


def _with_a_hole(cepstra: Features, chance: random.Random) -> Features:
    """A band of its mean energy from beginning to end."""
    mean = cepstra.mean(axis=0)
    width = chance.randint(1, _WIDEST_HOLE)
    at = chance.randrange(DIM - width)
    hole = slice(at, at + width)
    sound = (cepstra - mean) @ _TO_BANDS[hole].T
    return np.asarray(cepstra - sound @ _TO_CEPSTRA[:, hole].T, np.float32)
