"""Noise and rooms made of numbers: where no recording is at hand, and for variety."""

from typing import Final

import numpy as np

from .corpus import RATE, Samples

_SCALE: Final = np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16])


def coloured(count: int, chance: np.random.Generator) -> Samples:
    """Noise whose spectrum falls by 0 to 9 dB an octave, like air, fans and engines."""
    spectrum = np.fft.rfft(chance.standard_normal(count))
    fall = chance.uniform(0.0, 1.5)
    spectrum[1:] /= np.arange(1, len(spectrum)) ** fall
    return _levelled(np.fft.irfft(spectrum, count))


def music(count: int, chance: np.random.Generator) -> Samples:
    """Chords, a bass line and a drum at 90 to 150 beats a minute."""
    beat = int(RATE * 60 / chance.uniform(90, 150))
    total = np.zeros(count + 2 * beat, np.float64)
    key = chance.uniform(90, 180)
    richness = int(chance.integers(3, 12))
    drums = chance.uniform(0.2, 1.5)
    for start in range(0, count, beat):
        span = np.arange(2 * beat) / RATE
        fade = np.exp(-span * chance.uniform(1, 5))
        for step in chance.choice(_SCALE, 3):
            total[start : start + 2 * beat] += fade * _tone(key * 2 ** (step / 12), span, richness)
        bass = _tone(key / 2 * 2 ** (chance.choice(_SCALE[:5]) / 12), span, 3)
        total[start : start + 2 * beat] += 1.5 * bass * fade
        hit = chance.standard_normal(2 * beat) * np.exp(-span * chance.uniform(15, 80))
        total[start : start + 2 * beat] += drums * hit
    return _levelled(total[:count])


def clanks(count: int, chance: np.random.Generator) -> Samples:
    """Iron on iron: short strokes of inharmonic partials that ring on."""
    total = 0.02 * chance.standard_normal(count + RATE)
    for start in chance.integers(
        0, max(1, count), max(1, int(count / RATE * chance.uniform(1, 4)))
    ):
        span = np.arange(RATE) / RATE
        stroke = 0.5 * chance.standard_normal(RATE) * np.exp(-span * 150)
        for _ in range(8):
            ring = np.exp(-span * chance.uniform(4, 40))
            stroke += ring * np.sin(2 * np.pi * chance.uniform(250, 7000) * span)
        total[start : start + RATE] += chance.uniform(0.2, 1.0) * stroke
    return _levelled(total[:count])


def echoes(chance: np.random.Generator) -> Samples:
    """The response of a room that dies away by 60 dB within 0.1 to 0.9 s."""
    span = np.arange(RATE) / RATE
    tail = chance.standard_normal(RATE) * np.exp(-6.9 * span / chance.uniform(0.1, 0.9))
    tail[: int(chance.uniform(0.001, 0.01) * RATE)] = 0.0
    response = tail * chance.uniform(0.02, 0.2)
    response[0] = 1.0
    return response.astype(np.float32)


def _tone(hertz: float, span: np.ndarray, richness: int) -> np.ndarray:
    partials = np.arange(1, richness + 1)
    partials = partials[partials * hertz < RATE / 2]
    waves = np.sin(2 * np.pi * hertz * np.outer(partials, span))
    total: np.ndarray = (waves / partials[:, None]).sum(axis=0)
    return total


def _levelled(samples: np.ndarray) -> Samples:
    return (samples / max(float(np.max(np.abs(samples), initial=0.0)), 1e-9)).astype(np.float32)
