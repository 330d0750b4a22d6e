"""How loud it is: whether somebody speaks, and whether the microphone is any good."""

import math
from collections import deque
from enum import StrEnum

import numpy as np

FULL_SCALE = 32_768
SILENCE_DBFS = -120.0
CLIPPED_FROM = 32_700
"""A sample this large has hit the end of the scale."""
CLIPPED_SHARE = 0.001
"""More clipped samples than this are heard as distortion."""
QUIET_PEAK_DBFS = -65.0
"""Not even a knock comes above this: the gain is far too low, or it is the wrong input."""
SPEECH_ABOVE_FLOOR_DB = 10.0
SOFTEST_SPEECH_DBFS = -50.0
FLOOR_RISE_DB_PER_S = 2.0
"""How fast the noise floor may follow a room that becomes louder; it falls at once."""


class Condition(StrEnum):
    """What is wrong with a microphone that delivers."""

    FINE = "fine"
    MUTED = "muted"
    """Nothing but exact zeros: switched off, or dead."""
    CLIPPED = "clipped"
    """Overdriven."""
    QUIET = "quiet"
    """Far too soft to hear anybody."""
    MONITOR = "monitor"
    """No microphone, but a copy of what this machine plays."""


class Gauge:
    """Measures blocks as they pass. Time is the duration of the sound itself."""

    def __init__(self, rate_hz: int, window_s: float = 20.0) -> None:
        """Judge the microphone by the last ``window_s`` seconds."""
        self.speech_s = 0.0
        """Seconds of sound well above the noise floor, since somebody last set it to 0."""
        self._rate_hz = rate_hz
        self._window_s = window_s
        self._blocks: deque[tuple[int, int, int]] = deque()
        self._frames = 0
        self._floor_dbfs = 0.0

    def add(self, block: bytes) -> None:
        """Take the next mono 16-bit block."""
        samples = np.abs(np.frombuffer(block, "<i2").astype(np.int32))
        if not samples.size:
            return
        clipped = int(np.count_nonzero(samples >= CLIPPED_FROM))
        self._blocks.append((samples.size, int(samples.max()), clipped))
        self._frames += samples.size
        while self._frames - self._blocks[0][0] >= self._window_s * self._rate_hz:
            self._frames -= self._blocks.popleft()[0]
        self._follow_floor(_dbfs(math.sqrt(float(np.mean(samples**2)))), samples.size)

    @property
    def peak_dbfs(self) -> float:
        """The loudest sample of the window, in decibels below full scale."""
        return _dbfs(max((peak for _, peak, _ in self._blocks), default=0))

    @property
    def is_full(self) -> bool:
        """Whether a whole window has been heard, without which nothing can be judged."""
        return self._frames >= self._window_s * self._rate_hz * 0.99

    @property
    def condition(self) -> Condition:
        """What the window tells about the microphone; ``FINE`` while it is too short to tell."""
        clipped = sum(count for _, _, count in self._blocks)
        if self._frames and clipped / self._frames > CLIPPED_SHARE:
            return Condition.CLIPPED
        if not self.is_full:
            return Condition.FINE
        if self.peak_dbfs == SILENCE_DBFS:
            return Condition.MUTED
        return Condition.QUIET if self.peak_dbfs < QUIET_PEAK_DBFS else Condition.FINE

    def _follow_floor(self, level_dbfs: float, frames: int) -> None:
        seconds = frames / self._rate_hz
        risen = self._floor_dbfs + FLOOR_RISE_DB_PER_S * seconds
        self._floor_dbfs = min(level_dbfs, risen)
        threshold = max(self._floor_dbfs + SPEECH_ABOVE_FLOOR_DB, SOFTEST_SPEECH_DBFS)
        if level_dbfs > threshold:
            self.speech_s += seconds


def _dbfs(amplitude: float) -> float:
    return 20 * math.log10(amplitude / FULL_SCALE) if amplitude > 0 else SILENCE_DBFS
