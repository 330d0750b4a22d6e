"""The same words out of another throat, at another pace, in other company.

Unlike what ``augmentation`` does to a sound, this is done to its cepstra and anew at every pass:
people are few, and what nobody hears twice alike nobody learns by heart. A longer vocal tract moves
all resonances (after Jaitly and Hinton, "Vocal tract length perturbation", 2013), a microphone
colours them, and a band without any sound teaches not to rely on one (after Park et al.,
"SpecAugment", 2019). All three are linear in the logarithms of the bands' energies, so in the
cepstra too. Company is not: energies of two sounds add up, so it is added in the bands.
"""

import random
from collections.abc import Sequence
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
_FASTEST: Final = 1.2
_LOUDEST_FRAMES: Final = 13
"""Levels are those of the loudest 128 ms, as everywhere here."""
_AHEAD_DB: Final = (3.0, 22.0)
"""How much louder than each of the others the one is who is to be understood."""
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
    moves: Features = (_TO_CEPSTRA @ change @ _TO_BANDS).T.astype(np.float32)
    changed: Features = cepstra @ moves + (_TO_CEPSTRA @ colour).astype(np.float32)
    return _with_a_hole(changed, chance) if chance.random() < _SELDOM else changed


def at_another_pace(cepstra: Features, chance: random.Random) -> Features:
    """The same, said faster or slower without another pitch, with as many frames as that takes."""
    if chance.random() >= _OFTEN:
        return cepstra
    pace = _FASTEST ** chance.uniform(-1, 1)
    places = np.arange(0, len(cepstra) - 1, pace)
    before = places.astype(int)
    share = np.asarray(places - before, np.float32)[:, None]
    paced: Features = cepstra[before] * (1 - share) + cepstra[before + 1] * share
    return paced


def in_company(cepstra: Features, others: Sequence[Features], chance: random.Random) -> Features:
    """What a microphone hears when others speak at the same time, none of them as loud.

    Args:
        cepstra: of what is to be understood, before any mean is taken off.
        others: cepstra of what each of the others says; it is repeated for as long as it takes.
        chance: decides how loud they are.

    """
    together = _energies(cepstra)
    level = _loudness(together)
    for other in others:
        ahead = 10 ** (chance.uniform(*_AHEAD_DB) / 10)
        begin = chance.randrange(len(other))
        sound = _energies(np.resize(np.roll(other, -begin, axis=0), cepstra.shape))
        together = together + sound * np.float32(level / (ahead * _loudness(sound)))
    back: Features = np.log(together) @ _TO_CEPSTRA.T.astype(np.float32)
    return back


def _energies(cepstra: Features) -> Features:
    """Energy of each band in each frame."""
    energies: Features = np.exp(cepstra @ _TO_BANDS.T.astype(np.float32))
    return energies


def _loudness(energies: Features) -> float:
    """Energy of the loudest frames."""
    whole = energies.sum(axis=1)
    frames = min(_LOUDEST_FRAMES, len(whole))
    return float(np.convolve(whole, np.ones(frames) / frames, "valid").max())


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
