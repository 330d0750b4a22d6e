"""From a synthesised utterance to a clip: trimmed, levelled, resampled, without clicks at its ends.

The anchor of a clip is the onset of its first stressed vowel, which is close to the moment at
which a word is heard to happen. espeak-ng can tell it. Where it does not, it is estimated from the
sound: the amplitude between 600 and 3000 Hz, where consonants voiced with a closed mouth are weak,
rises towards the first peak that reaches 40 % of the loudest one (an unstressed first syllable does
not). After a consonant that has no voice the rise is steep and the vowel begins at its foot; after
a glide it is slow and the vowel begins high on it. Against espeak-ng's own times the estimate of a
number word is off by some 27 ms (root mean square) and 50 ms at most;
``scripts/bench_cadence.py`` measures it.
"""

import numpy as np
import soxr
from numpy.typing import NDArray

from assistant.sound.clip import Clip, Samples

LOUDNESS = 0.1
"""Root mean square of the voiced parts, -20 dB: all prompts are equally loud."""
PEAK = 0.7
"""No clip is higher than this, so that a click still fits on top."""

_SILENCE = 0.01
"""Below this part of the peak it is the synthesiser's pause, not a sound."""
_MARGIN_S = 0.005
_FADE_IN_S, _FADE_OUT_S = 0.002, 0.008

_BAND_HZ = (600, 3000)
_WINDOW_S = 0.02
_STRESSED = 0.4
_CLIMB_S = 0.12
"""The peak follows within this time."""
_FOOT, _SHOULDER = 0.1, 0.6
_STEEP_S, _SLOW_S = 0.010, 0.050
_BIAS_S = 0.007


def shape(samples: Samples, from_rate: int, to_rate: int, vowel_s: float | None = None) -> Clip:
    """The clip of an utterance; empty when nothing sounds in it.

    Args:
        samples: mono, as synthesised.
        from_rate: its frames per second.
        to_rate: frames per second of the clip.
        vowel_s: seconds from the first sample to the first stressed vowel, if it is known.
    """
    first, last = _sounding(samples, from_rate)
    trimmed = samples[first:last]
    if not len(trimmed):
        return Clip(np.zeros(0, np.float32))
    if vowel_s is None:
        anchor_s = vowel_onset_s(trimmed, from_rate)
    else:
        anchor_s = max(vowel_s - first / from_rate, 0)
    resampled = soxr.resample(trimmed, from_rate, to_rate) if from_rate != to_rate else trimmed
    levelled = _level(_fade(resampled.astype(np.float32), to_rate))
    return Clip(levelled, min(round(anchor_s * to_rate), len(levelled) - 1))


def vowel_onset_s(samples: Samples, rate: int) -> float:
    """Seconds from the first sample to the estimated onset of the first stressed vowel."""
    envelope = _envelope(samples, rate)
    near_peak = int(np.argmax(envelope >= _STRESSED * envelope.max()))
    climb = envelope[near_peak : near_peak + round(_CLIMB_S * rate)]
    peak = near_peak + int(np.argmax(climb))
    rise = envelope[: peak + 1] / max(float(envelope[peak]), np.finfo(np.float64).tiny)
    foot, shoulder = (_last_below(rise, part) / rate for part in (_FOOT, _SHOULDER))
    slowness = np.clip((shoulder - foot - _STEEP_S) / (_SLOW_S - _STEEP_S), 0, 1)
    return float(foot + slowness * (shoulder - foot) + _BIAS_S)


def _last_below(rise: NDArray[np.float64], part: float) -> int:
    """The frame after the last one that is lower than ``part``."""
    below = np.flatnonzero(rise < part)
    return int(below[-1]) + 1 if len(below) else 0


def _envelope(samples: Samples, rate: int) -> NDArray[np.float64]:
    """Amplitude in the band of the vowels, smoothed over 20 ms."""
    size = 2 * len(samples)
    spectrum = np.fft.rfft(samples, size)
    hz = np.fft.rfftfreq(size, 1 / rate)
    spectrum[(hz < _BAND_HZ[0]) | (hz > _BAND_HZ[1])] = 0
    power = np.fft.irfft(spectrum, size)[: len(samples)] ** 2
    window = np.hanning(round(_WINDOW_S * rate) | 1)
    smoothed: NDArray[np.float64] = np.convolve(power, window / window.sum(), "full")
    first = len(window) // 2
    return np.sqrt(np.maximum(smoothed[first : first + len(samples)], 0))


def _sounding(samples: Samples, rate: int) -> tuple[int, int]:
    """The first frame of what is not silence before and after, and the frame after the last."""
    size = np.abs(samples)
    if not size.size or size.max() == 0:
        return 0, 0
    sounding = np.flatnonzero(size >= _SILENCE * size.max())
    margin = round(_MARGIN_S * rate)
    return max(int(sounding[0]) - margin, 0), int(sounding[-1]) + 1 + margin


def _fade(samples: Samples, rate: int) -> Samples:
    """The samples, with silent ends."""
    faded = samples.copy()
    for part, length_s in ((faded, _FADE_IN_S), (faded[::-1], _FADE_OUT_S)):
        frames = min(round(length_s * rate), len(part))
        part[:frames] *= np.linspace(0, 1, frames, endpoint=False, dtype=np.float32)
    return faded


def _level(samples: Samples) -> Samples:
    """The samples at the common loudness, or as near to it as their peak allows."""
    size = np.abs(samples)
    peak = float(size.max())
    if peak == 0:
        return samples
    voiced = samples[size > 0.03 * peak]
    loudness = float(np.sqrt(np.mean(voiced**2)))
    return samples * np.float32(min(LOUDNESS / loudness, PEAK / peak))
