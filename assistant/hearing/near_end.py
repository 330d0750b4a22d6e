"""Whether somebody else speaks while the coach does.

What is left after cancelling is compared, band by band, with what is expected to be left of the
echo and with the noise of the room. Both are followed all the time: how much more than expected
leaks (a small loudspeaker distorts, clocks drift), as the level that three of four hops stay
below, which a person who speaks now and then does not raise; and the noise, as the least of the
last seconds.
"""

import numpy as np
from numpy.typing import NDArray

from assistant.hearing.canceller import BINS, HOP, RATE, Hop

_EDGES_HZ = (150, 300, 450, 600, 800, 1000, 1300, 1700, 2200, 2800, 3500, 4500, 6000)
_ABOVE_DB = 5.0
_BANDS_NEEDED = 3
_HOPS_SEEN = 8
_HOPS_NEEDED = 5
_HANGOVER_HOPS = 18
"""Longer than any silence within a word: a silence put there would tear it in two."""
_UP_DB, _DOWN_DB = 0.015, 0.005
_LEAST_BIAS_DB, _MOST_BIAS_DB = -3.0, 15.0
_NOISE_PIECE_HOPS = 50
_NOISE_PIECES = 6
_NOISE_BIAS = 2.0
_LEAST_POWER = 1e-7

Levels = NDArray[np.float32]


class NearEnd:
    """Judges hop by hop."""

    def __init__(self) -> None:
        """Know neither noise nor leak."""
        self.speech_s = 0.0
        """Seconds of other people's speech in the burst that lasts, or lasted last."""
        self.is_present = False
        """Whether somebody speaks, or has only just ended."""
        edges = np.round(np.array(_EDGES_HZ) * BINS * 2 / RATE).astype(int)
        self._edges = edges[:-1]
        self._last = int(edges[-1])
        bands = len(self._edges)
        self._bias_db: Levels = np.full(bands, 3.0, np.float32)
        self._pieces: Levels = np.full((_NOISE_PIECES, bands), np.inf, np.float32)
        self._smooth: Levels = np.zeros(bands, np.float32)
        self._hops = 0
        self._seen = 0
        self._hangover = 0

    def add(self, hop: Hop) -> bool:
        """Judge the next hop; True while somebody else speaks."""
        power, leak = self._bands(hop.power), self._bands(hop.leak)
        noise = self._follow_noise(power)
        expected = leak * 10 ** (self._bias_db / 10)
        self._follow_leak(power, leak, noise)
        above_db = 10 * np.log10(power / (expected + noise))
        is_speech = int(np.count_nonzero(above_db > _ABOVE_DB)) >= _BANDS_NEEDED
        self._seen = (self._seen << 1 | is_speech) & (1 << _HOPS_SEEN) - 1
        self._decide(is_speech=is_speech)
        return self.is_present

    def _decide(self, *, is_speech: bool) -> None:
        if self._seen.bit_count() >= _HOPS_NEEDED:
            if not self.is_present:
                self.speech_s = self._seen.bit_count() * HOP / RATE
            self.is_present = True
            self._hangover = _HANGOVER_HOPS
        elif self.is_present:
            self._hangover -= 1
            self.is_present = self._hangover > 0
        if self.is_present and is_speech:
            self.speech_s += HOP / RATE

    def _bands(self, power: Levels) -> Levels:
        sums: Levels = np.add.reduceat(power[: self._last], self._edges)
        return sums + np.float32(_LEAST_POWER)

    def _follow_noise(self, power: Levels) -> Levels:
        self._smooth = 0.8 * self._smooth + 0.2 * power if self._hops else power
        if self._hops % _NOISE_PIECE_HOPS == 0:
            self._pieces = np.roll(self._pieces, 1, axis=0)
            self._pieces[0] = np.inf
        self._hops += 1
        self._pieces[0] = np.minimum(self._pieces[0], self._smooth)
        floor: Levels = self._pieces.min(axis=0) * np.float32(_NOISE_BIAS)
        return floor

    def _follow_leak(self, power: Levels, leak: Levels, noise: Levels) -> None:
        heard = leak * 10 ** (self._bias_db / 10) > noise
        more = power > leak * 10 ** (self._bias_db / 10) + noise
        step = np.where(more, _UP_DB, -_DOWN_DB) * heard
        self._bias_db = np.clip(self._bias_db + step, _LEAST_BIAS_DB, _MOST_BIAS_DB).astype(
            np.float32
        )
