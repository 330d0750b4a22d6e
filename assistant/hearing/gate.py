"""What the recogniser gets to hear while the coach makes a sound: other people, or nothing.

Fed with the rests of a prompt, an utterance would fill with words that nobody said, and what a
person says next would be lost in it. So while the coach sounds and nobody else does, the
recogniser gets nothing. As soon as somebody speaks it gets the moment before as well, or the first
syllable would be missing, and when they fall silent it gets the room's silence at once, instead of
the coach's rests: it judges each moment by what follows, and need not wait for that.
"""

from collections import deque

import numpy as np

from assistant.sound.clip import Samples

PRE_ROLL_S = 0.35
"""Sound from before somebody was noticed."""
SILENCE_S = 0.66
"""Given at once when somebody has fallen silent: what a recogniser looks ahead, and then takes
for the end of a sentence."""
SILENT_FOR_S = 1.6
"""Silence goes on for so long, until every utterance has ended."""
_LEAST_NOISE = 6.0
"""Standard deviation of a quiet room's samples; zeros are a sound no model has been taught."""
_ROOM_BLOCKS = 200
_SPECTRUM = 64
_BYTES_A_SECOND = 32_000


class Gate:
    """Passes, withholds or replaces blocks of 16-bit samples at 16 kHz."""

    def __init__(self) -> None:
        """Be open."""
        self._is_open = True
        self._withheld: deque[bytes] = deque()
        self._withheld_bytes = 0
        self._silence_left = 0
        self._room = _RoomNoise()

    def pass_on(self, block: bytes, *, is_own_sound: bool, is_near: bool) -> bytes:
        """What the recogniser gets in place of this block; it may be longer, or empty.

        Args:
            block: the microphone's, without the echo.
            is_own_sound: whether the coach makes the room sound.
            is_near: whether somebody else speaks.
        """
        self._room.add(block)
        if is_near or not is_own_sound:
            before = b"".join(self._withheld) if is_near else b""
            self._forget()
            self._is_open = True
            return before + block
        was_open, self._is_open = self._is_open, False
        self._withhold(block)
        if was_open:
            self._silence_left = round(SILENT_FOR_S * _BYTES_A_SECOND)
            return self._silence(round(SILENCE_S * _BYTES_A_SECOND))
        return self._silence(min(len(block), self._silence_left))

    def _withhold(self, block: bytes) -> None:
        self._withheld.append(block)
        self._withheld_bytes += len(block)
        while self._withheld_bytes - len(self._withheld[0]) >= PRE_ROLL_S * _BYTES_A_SECOND:
            self._withheld_bytes -= len(self._withheld.popleft())

    def _forget(self) -> None:
        self._withheld.clear()
        self._withheld_bytes = 0
        self._silence_left = 0

    def _silence(self, length: int) -> bytes:
        self._silence_left -= length
        return self._room.noise(length // 2) if length > 0 else b""


class _RoomNoise:
    """Makes noise as loud as the room's quiet moments of late, and of the same colour."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)
        self._powers: deque[Samples] = deque(maxlen=_ROOM_BLOCKS)

    def add(self, block: bytes) -> None:
        """Take a block as it was heard."""
        samples = np.frombuffer(block, "<i2").astype(np.float32)
        if samples.size >= _SPECTRUM:
            rows = samples[: samples.size // _SPECTRUM * _SPECTRUM].reshape(-1, _SPECTRUM)
            spectra = np.fft.rfft(rows * np.hanning(_SPECTRUM).astype(np.float32), axis=1)
            power = (spectra.real**2 + spectra.imag**2).mean(axis=0)
            self._powers.append(power * (8 / 3 / _SPECTRUM))

    def noise(self, frames: int) -> bytes:
        """So many frames, never the same twice."""
        white = np.fft.rfft(self._random.normal(0.0, 1.0, frames))
        quiet = sorted(self._powers, key=lambda power: float(power.sum()))
        quiet = quiet[: max(1, len(quiet) // 4)]
        # The mean of many moments: the spectrum of a single one, prolonged, would be a hum.
        power = np.mean(quiet, axis=0) if quiet else np.zeros(_SPECTRUM // 2 + 1)
        size = np.sqrt(np.maximum(power, _LEAST_NOISE**2))
        places = np.linspace(0, _SPECTRUM // 2, len(white))
        colour = np.interp(places, np.arange(len(size)), size)
        return np.rint(np.fft.irfft(white * colour, frames)).astype("<i2").tobytes()
