"""A test tone, and whether it is heard."""

import math

import numpy as np

from assistant.sound.clip import Samples

FREQUENCY_HZ = 880.0
AMPLITUDE = 0.2
FADE_S = 0.02
SILENCE_DB = -120.0


class Tone:
    """A short tone that fades in and out, then silence; ``render`` continues where it ended."""

    def __init__(self, rate_hz: int, seconds: float) -> None:
        frames = round(rate_hz * seconds)
        fade = np.minimum(1.0, np.arange(frames) / (FADE_S * rate_hz))
        wave = np.sin(2 * np.pi * FREQUENCY_HZ / rate_hz * np.arange(frames))
        self._left: Samples = (AMPLITUDE * wave * fade * fade[::-1]).astype(np.float32)

    def render(self, frames: int) -> Samples:
        """The next frames, between -1 and 1."""
        block = np.zeros(frames, np.float32)
        now, self._left = self._left[:frames], self._left[frames:]
        block[: len(now)] = now
        return block


def tone_db(pcm: bytes, rate_hz: int) -> float:
    """How loud the test tone is in mono 16-bit samples, in decibels below full scale."""
    samples = np.frombuffer(pcm, "<i2") / 32_768
    if not samples.size:
        return SILENCE_DB
    turn = np.exp(-2j * np.pi * FREQUENCY_HZ / rate_hz * np.arange(samples.size))
    amplitude = 2 * abs(float(abs(np.mean(samples * turn))))
    return max(SILENCE_DB, 20 * math.log10(amplitude)) if amplitude else SILENCE_DB
