"""The coach's own voice, known exactly, and what a microphone hears without it."""

from dataclasses import dataclass

import numpy as np

from assistant.hearing.canceller import HOP, RATE, Canceller
from assistant.hearing.delay import Correction, LagTracker
from assistant.hearing.gate import Gate
from assistant.hearing.near_end import NearEnd
from assistant.hearing.reference import Reference
from assistant.sound.clip import Samples

RINGS_ON_S = 0.8
"""How long a room may carry a sound after it was played."""
_AUDIBLE = 1e-4
_FULL_SCALE = 32_767


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a block of the microphone's."""

    pcm: bytes
    """For the recogniser: mono 16-bit samples at 16 kHz; more than was heard, less, or nothing."""
    is_own_sound: bool
    """Whether the coach makes the room sound."""
    is_near: bool
    """Whether somebody else speaks."""
    speech_s: float
    """Seconds of other people's speech in the burst that lasts, or lasted last."""


class OwnVoice:
    """Takes what the loudspeaker plays out of what the microphone hears.

    It knows the room better the longer it lives, so there is one for as long as the devices are
    open, however often a recogniser is replaced. It belongs to the thread that listens; only its
    ``reference`` is written by another.
    """

    def __init__(self, reference: Reference) -> None:
        """Know nothing of the room yet."""
        self.reference = reference
        self._canceller = Canceller()
        self._near_end = NearEnd()
        self._lag = LagTracker()
        self._gate = Gate()
        self._heard: Samples = np.zeros(0, np.float32)
        self._played: Samples = np.zeros(0, np.float32)
        self._silent_s = RINGS_ON_S
        self._restarts = 0

    def remove(self, block: bytes) -> Cleaned:
        """Clean a block of mono 16-bit samples at 16 kHz, of any length."""
        heard = np.frombuffer(block, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)
        played = self.reference.read(len(heard))
        self._line_up(self._lag.add(played, heard))
        self._heard = np.concatenate((self._heard, heard))
        self._played = np.concatenate((self._played, played))
        left: list[Samples] = []
        is_near = self._near_end.is_present
        for start in range(0, len(self._heard) - HOP + 1, HOP):
            place = slice(start, start + HOP)
            hop = self._canceller.cancel(self._heard[place], self._played[place])
            is_near = self._near_end.add(hop)
            left.append(hop.samples)
        done = len(left) * HOP
        self._heard, self._played = self._heard[done:], self._played[done:]
        is_own_sound = self._is_ringing(played)
        pcm = self._gate.pass_on(_pcm(left), is_own_sound=is_own_sound, is_near=is_near)
        return Cleaned(pcm, is_own_sound, is_near, self._near_end.speech_s)

    def _line_up(self, correction: Correction | None) -> None:
        if self.reference.restarts != self._restarts:
            self._restarts = self.reference.restarts
            self._lag.restart()
            self._canceller.forget()
        elif correction is not None:
            self.reference.pace *= correction.pace
            if correction.shift:
                self.reference.shift(correction.shift)
                self._canceller.forget()

    def _is_ringing(self, played: Samples) -> bool:
        if played.size and float(np.max(np.abs(played))) > _AUDIBLE:
            self._silent_s = 0.0
        else:
            self._silent_s += len(played) / RATE
        return self._silent_s < RINGS_ON_S


def _pcm(parts: list[Samples]) -> bytes:
    if not parts:
        return b""
    return (np.clip(np.concatenate(parts), -1, 1) * _FULL_SCALE).astype("<i2").tobytes()
