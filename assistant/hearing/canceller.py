"""Takes the coach's own voice out of what the microphone hears.

Theory of operation. What the loudspeaker was given is known exactly, so the way from there to the
microphone can be learned: as an impulse response, in partitions of one hop each, in the frequency
domain. It is learned by a Kalman filter (Enzner and Vary 2006; Kuech, Mabande and Enzner 2014),
which knows for every partition and frequency how uncertain it is. Its step is large while the
echo is not known and little else is heard, and small while somebody speaks at the same time. So
nobody has to decide whether two are talking before it may learn.

What is left over is estimated as well: the filter's own uncertainty, and the reverberation that
outlasts the filter, which dies away as the filter's tail does. It is only told, not turned down: a
recogniser suffers less from a faint rest of the echo than from a word with holes.

When the way has changed (somebody moved the microphone), the error resembles the predicted echo,
which other people's speech never does: then the filter doubts itself and learns afresh.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.sound.clip import Samples

RATE = 16_000
HOP = 160
"""Frames that are taken at a time: 10 ms."""
BINS = HOP + 1
"""Frequencies told apart, 50 Hz each."""
REACH_S = 0.6
"""The longest echo that is taken out; what rings on after it is only estimated."""

_PARTS = round(REACH_S * RATE / HOP)
_PERSISTENCE = 0.9998
"""How much the way stays the same from hop to hop."""
_DOUBT = 0.1
"""Uncertainty to begin with: the loudspeaker is as loud at the microphone as it is digitally."""
_CAUTION = 2.5
"""Other sound counts so many times: what is learned wrongly hurts longer than slowness."""
_SMOOTHING = 0.8
"""Of the power of other sound from hop to hop while it falls; it rises at once."""
_NEIGHBOURS = np.full(5, 0.2)
_LEAST_POWER = 1e-9
_LOOK_EVERY = 50
"""Hops between two looks at how the filter's tail dies away."""
_CHANGED_BELOW = -0.35
"""Part of the predicted echo found in the error, from which on the way is another one."""

Spectrum = NDArray[np.complex64]
Power = NDArray[np.float32]
AnySpectrum = NDArray[np.complexfloating]


@dataclass(frozen=True, slots=True, eq=False)
class Hop:
    """What remains of one hop."""

    samples: Samples
    """The microphone's signal without the echo, shape (HOP,)."""
    power: Power
    """Of this hop and the one before, without the echo, shape (BINS,)."""
    leak: Power
    """What of it is expected to be left of the echo, shape (BINS,)."""


class Canceller:
    """Learns the way from loudspeaker to microphone, and subtracts what came along it."""

    def __init__(self) -> None:
        """Know nothing of the room."""
        fade = np.exp(-np.arange(_PARTS) * (HOP / RATE / 0.11))
        self._first_doubt = (_DOUBT * fade)[:, np.newaxis].astype(np.float32)
        self._played: Samples = np.zeros(2 * HOP, np.float32)
        self._spectra: Spectrum = np.zeros((_PARTS, BINS), np.complex64)
        self._rest: Samples = np.zeros(HOP, np.float32)
        self._window = np.sin(np.pi * (np.arange(2 * HOP) + 0.5) / (2 * HOP)).astype(np.float32)
        self.forget()

    def forget(self) -> None:
        """Begin to learn anew: the signals are aligned differently from now on."""
        self._way: Spectrum = np.zeros((_PARTS, BINS), np.complex64)
        self._doubt: Power = np.repeat(self._first_doubt, BINS, axis=1)
        self._others: Power = np.full(BINS, 1e-4, np.float32)
        self._ringing: Power = np.zeros(BINS, np.float32)
        self._tail: Power = np.zeros(BINS, np.float32)
        self._decay = 0.87
        self._hops = 0
        self._resemblance = 0.0
        self._predicted = 0.0

    def cancel(self, heard: Samples, played: Samples) -> Hop:
        """Take one hop of what was heard, and of what was being played into the room meanwhile."""
        oldest = self._spectra[-1]
        self._ringing = self._decay * (self._ringing + _power(oldest))
        self._played = np.concatenate((self._played[HOP:], played))
        self._spectra[1:] = self._spectra[:-1].copy()
        self._spectra[0] = np.fft.rfft(self._played)
        echo = np.einsum("pf,pf->f", self._way, self._spectra)
        rest = (heard - np.fft.irfft(echo)[HOP:]).astype(np.float32)
        leak = self._learn(rest, echo) + 0.5 * self._tail * self._ringing
        return self._measured(rest, leak)

    def _learn(self, rest: Samples, echo: AnySpectrum) -> Power:
        """Improve the way by what was left over; gives the power that uncertainty leaves."""
        error = np.fft.rfft(np.concatenate((np.zeros(HOP, np.float32), rest)))
        loud = _power(self._spectra)
        uncertain: Power = 0.5 * np.einsum("pf,pf->f", loud, self._doubt)
        power = np.convolve(_power(error), _NEIGHBOURS, mode="same")
        falling = _SMOOTHING * self._others + (1 - _SMOOTHING) * power
        self._others = np.maximum(power, falling).astype(np.float32)
        trust = self._doubt / (uncertain + _CAUTION * self._others + _LEAST_POWER)
        step = np.fft.irfft(trust * np.conj(self._spectra) * error, axis=1)
        step[:, HOP:] = 0
        self._way += np.fft.rfft(step, axis=1).astype(np.complex64)
        self._doubt *= 1 - 0.5 * np.minimum(trust * loud, 1)
        self._doubt *= _PERSISTENCE**2
        self._doubt += np.float32(1 - _PERSISTENCE**2) * _power(self._way)
        self._hops += 1
        if self._hops % _LOOK_EVERY == 0:
            self._look_at_tail()
        self._notice_change(error, echo)
        return uncertain

    def _look_at_tail(self) -> None:
        """See how the way dies away, which tells how the echo rings on after it."""
        power = _power(self._way)
        late = power[_PARTS // 2 :, 5:150].sum(axis=1) + _LEAST_POWER
        slope = np.polyfit(np.arange(len(late)), np.log(late), 1)[0]
        self._decay = float(np.clip(np.exp(slope), 0.6, 0.93))
        tail = power[-8:].mean(axis=0) * self._decay**4
        self._tail = np.convolve(tail, np.full(9, 1 / 9), mode="same").astype(np.float32)

    def _notice_change(self, error: AnySpectrum, echo: AnySpectrum) -> None:
        """Doubt everything when the error is mostly the echo that was wrongly subtracted."""
        fresh = 0.97
        common = float(np.sum((error * np.conj(echo)).real))
        self._resemblance = fresh * self._resemblance + (1 - fresh) * common
        self._predicted = fresh * self._predicted + (1 - fresh) * float(np.sum(_power(echo)))
        # An error of the latter half of a frame shares half its power with the whole frame.
        if 2 * self._resemblance < _CHANGED_BELOW * self._predicted - 1e-2:
            self._doubt = np.maximum(self._doubt, self._first_doubt * 0.3)
            self._resemblance = 0.0

    def _measured(self, rest: Samples, leak: Power) -> Hop:
        frame = np.fft.rfft(np.concatenate((self._rest, rest)) * self._window)
        self._rest = rest
        return Hop(rest, _power(frame), leak.astype(np.float32))


def _power(spectrum: NDArray[np.complexfloating]) -> Power:
    """Squared magnitude, without the root that ``abs`` would take."""
    power: Power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32, copy=False)
    return power
