"""What the loudspeaker was given, lined up with what the microphone hears.

Theory of operation. The thread that plays appends blocks to a queue and does nothing else; the
thread that listens takes them out, brings them to the microphone's rate and keeps the last seconds
in a ring, so there is no lock. The two devices share no clock, but each delivers without gaps, so
they are lined up by counting frames: from the first block that is read, both advance together.
``delay`` tells how far that is off, which ``shift`` corrects, and how much faster one clock runs
than the other, which ``pace`` corrects: then the ring is read between its frames.
"""

from collections import deque

import numpy as np
import soxr

from assistant.sound.clip import Samples

RATE = 16_000
KEPT_S = 4.0
"""Sound kept: the longest delay there can be, and what one reader falls behind."""
_MOST_BLOCKS = 1000
"""Blocks that wait to be taken out; while nobody listens older ones are of no use."""
_LOST_AFTER_S = 0.5
"""Without sound for so long, the loudspeaker has been away and the frames count no more."""
_HEADROOM = 320
"""Frames by which the reference moves back when it was read before it was written."""
_TAPS = 16
_PHASES = 256


class Reference:
    """A ring of what was played. ``write`` belongs to one thread, everything else to another."""

    def __init__(self, rate_hz: int) -> None:
        """Keep silence; blocks will be written at ``rate_hz``."""
        self.pace = 1.0
        """Frames played while the microphone counts one; apart from 1 by the clocks' difference."""
        self.restarts = 0
        """How often the two were lined up anew since a stream broke off."""
        self._blocks: deque[Samples] = deque(maxlen=_MOST_BLOCKS)
        self._to_rate = (
            soxr.ResampleStream(rate_hz, RATE, 1, dtype="float32") if rate_hz != RATE else None
        )
        self._ring: Samples = np.zeros(round(KEPT_S * RATE), np.float32)
        self._written = 0
        self._position: float | None = None
        self._missing = 0
        self._sinc = _sinc_table()

    def write(self, block: Samples) -> None:
        """Take a block that is about to be played; any thread, at once and without a lock."""
        self._blocks.append(block)

    def read(self, frames: int) -> Samples:
        """What was played while the microphone heard its next ``frames`` frames at 16 kHz.

        Frames that have not been written yet are silence.
        """
        self._drain()
        if self._position is None:
            self._position = float(self._written - frames)
        start = self._position
        self._position = start + frames * self.pace
        self._mind_gaps(frames)
        if self.pace == 1.0 and start.is_integer():
            return self._frames(int(start), frames)
        return self._between(start, frames)

    def shift(self, frames: float) -> None:
        """Line up with what was played so much later, or with a negative number earlier."""
        if self._position is not None:
            self._position += frames

    def _drain(self) -> None:
        while self._blocks:
            block = self._blocks.popleft()
            if self._to_rate is not None:
                block = self._to_rate.resample_chunk(np.ascontiguousarray(block, np.float32))
            self._keep(block)

    def _keep(self, block: Samples) -> None:
        block = block[-len(self._ring) :]
        places = np.arange(self._written, self._written + len(block)) % len(self._ring)
        self._ring[places] = block
        self._written += len(block)

    def _mind_gaps(self, frames: int) -> None:
        """Line up anew when one of the two has been away, or hopelessly behind."""
        position = self._position or 0.0
        self._missing = self._missing + frames if position > self._written + _TAPS else 0
        behind = self._written - position
        if 0 > behind > -frames:  # the microphone is read before the loudspeaker has asked
            self._position = position - _HEADROOM
            self.restarts += 1
        if self._missing > _LOST_AFTER_S * RATE or behind > (KEPT_S - 1) * RATE:
            self._position = float(self._written)
            self._missing = 0
            self.restarts += 1

    def _frames(self, start: int, frames: int) -> Samples:
        wanted = np.arange(start, start + frames)
        known = (wanted >= max(0, self._written - len(self._ring))) & (wanted < self._written)
        sound: Samples = np.where(known, self._ring[wanted % len(self._ring)], np.float32(0))
        return sound

    def _between(self, start: float, frames: int) -> Samples:
        """Frames at places that are no whole numbers, by a windowed sinc."""
        places = start + np.arange(frames) * self.pace
        whole = np.floor(places).astype(np.int64)
        first = int(whole[0]) - _TAPS // 2 + 1
        sound = self._frames(first, int(whole[-1]) - first + _TAPS // 2 + 1)
        taps = (whole - first - _TAPS // 2 + 1)[:, np.newaxis] + np.arange(_TAPS)
        phase = np.round((places - whole) * _PHASES).astype(np.int64)
        between: Samples = np.einsum("ij,ij->i", sound[taps], self._sinc[phase])
        return between


def _sinc_table() -> Samples:
    """Weights of the neighbours for every phase, shape (phases + 1, taps)."""
    phase = np.arange(_PHASES + 1)[:, np.newaxis] / _PHASES
    distance = np.arange(_TAPS) - (_TAPS // 2 - 1) - phase
    table = np.sinc(distance) * np.cos(np.pi * distance / (_TAPS + 2)) ** 2
    table /= table.sum(axis=1, keepdims=True)
    weights: Samples = table.astype(np.float32)
    return weights
