"""How late the microphone hears what was played, and how that drifts.

The lag is where the generalised cross-correlation of both signals, whitened so that only their
timing counts (Knapp and Carter 1976), has its peak. Two streams on two devices have two clocks;
the lag then grows by some parts in a million, and a line through it tells by how many. A filter
that has to follow even thirty of them cancels next to nothing.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from assistant.sound.clip import Samples

RATE = 16_000
WINDOW_S = 2.0
"""Sound that is compared at a time."""
LOOK_EVERY_S = 1.0
LONGEST_S = 1.0
"""The longest delay of all buffers between here and the microphone."""
LEAST_LAG_S, MOST_LAG_S = 0.001, 0.06
"""Within these the lag is left to the filter."""
WANTED_LAG_S = 0.008
_AUDIBLE = 1e-3
"""Effective amplitude below which there is nothing to compare."""
_BAND_HZ = (300.0, 4000.0)
_LEAST_SHARPNESS = 7.0
"""Peak above the mean of the correlation's magnitude; noise and foreign speech stay below 6."""
_SAME_FRAMES = 8
_DRIFT_OVER_S = 30.0
_DRIFT_FROM_S = 5.0
_LEAST_LOOKS = 5
_LEAST_DRIFT = 2e-6
"""Less is not worth reading between the frames."""
_MOST_DRIFT = 3e-4
_SETTLED_FRAMES = 0.6
"""How far looks may lie off the line through them."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far one signal lies behind the other."""

    frames: float
    """At 16 kHz, between frames."""
    sharpness: float
    """How far the peak stands out; below 7 it means nothing."""


@dataclass(frozen=True, slots=True)
class Correction:
    """How the reference is to be lined up from now on."""

    shift: int = 0
    """Frames; negative is earlier. The way has to be learned anew when it is not 0."""
    pace: float = 1.0
    """Factor on the reference's pace."""


def echo_lag(played: Samples, heard: Samples, longest: int) -> Lag:
    """How many frames ``heard`` lies behind ``played``, from ``-longest / 10`` to ``longest``."""
    size = 1 << (2 * len(played) - 1).bit_length()
    cross = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    hertz = np.arange(len(cross)) * (RATE / size)
    inside = (hertz > _BAND_HZ[0]) & (hertz < _BAND_HZ[1])
    white = np.where(inside, cross / (np.abs(cross) + 1e-9), 0)
    correlation = np.fft.irfft(white, size)
    earliest = longest // 10
    near = np.concatenate((correlation[-earliest:], correlation[: longest + 1]))
    top = int(np.argmax(near[1:-1])) + 1
    before, peak, after = near[top - 1 : top + 2]
    bend = before - 2 * peak + after
    between = 0.5 * (before - after) / bend if bend < 0 else 0.0
    return Lag(top - earliest + float(between), float(peak / (np.mean(np.abs(near)) + 1e-12)))


class LagTracker:
    """Compares what was played with what was heard, once a second while something plays."""

    def __init__(self) -> None:
        """Know nothing yet."""
        frames = round(WINDOW_S * RATE)
        self._played: Samples = np.zeros(frames, np.float32)
        self._heard: Samples = np.zeros(frames, np.float32)
        self._since_look = 0
        self._frames = 0
        self._last: Lag | None = None
        self._seen_since = 0
        self._looks: deque[tuple[int, float]] = deque()

    def restart(self) -> None:
        """Forget the lag: a stream was opened anew. How the clocks differ is not measured yet."""
        self._played[:] = 0
        self._last = None
        self._looks.clear()

    def add(self, played: Samples, heard: Samples) -> Correction | None:
        """Take the same frames of both; gives how to line them up better, where that is needed."""
        frames = len(heard)
        self._played = np.concatenate((self._played[frames:], played))
        self._heard = np.concatenate((self._heard[frames:], heard))
        self._frames += frames
        self._since_look += frames
        if self._since_look < LOOK_EVERY_S * RATE:
            return None
        self._since_look = 0
        if float(np.sqrt(np.mean(self._played**2))) < _AUDIBLE:
            return None
        lag = echo_lag(self._played, self._heard, round(LONGEST_S * RATE))
        return self._judge(lag) if lag.sharpness >= _LEAST_SHARPNESS else None

    def _judge(self, lag: Lag) -> Correction | None:
        """Believe a lag that is seen in two windows without a sound in common.

        What a person says may well resemble what was played a moment ago, but hardly twice.
        """
        last, self._last = self._last, lag
        if last is None or abs(lag.frames - last.frames) > _SAME_FRAMES:
            self._seen_since = self._frames
            self._looks.clear()
            return None
        if self._frames - self._seen_since < WINDOW_S * RATE:
            return None
        if not LEAST_LAG_S * RATE <= lag.frames <= MOST_LAG_S * RATE:
            self.restart()
            return Correction(shift=-round(lag.frames - WANTED_LAG_S * RATE))
        self._looks.append((self._frames, lag.frames))
        while self._frames - self._looks[0][0] > _DRIFT_OVER_S * RATE:
            self._looks.popleft()
        return self._drift()

    def _drift(self) -> Correction | None:
        span = self._looks[-1][0] - self._looks[0][0]
        if len(self._looks) < _LEAST_LOOKS or span < _DRIFT_FROM_S * RATE:
            return None
        times = np.array([at for at, _ in self._looks], np.float64)
        lags = np.array([frames for _, frames in self._looks])
        slope, start = np.polyfit(times - times[0], lags, 1)
        off = float(np.std(lags - start - slope * (times - times[0])))
        # Twice the slope's own uncertainty: less is as likely nothing.
        least = max(_LEAST_DRIFT, 2 * off / (float(np.std(times)) * len(times) ** 0.5))
        if off > _SETTLED_FRAMES or not least < abs(slope) < _MOST_DRIFT:
            return None
        self._looks.clear()
        return Correction(pace=1 - float(slope))
