"""When an utterance begins and ends, by who speaks and by what the words amount to so far.

A sentence that nothing can follow has ended when its last sound has; one that may go on gets the
time of a breath; a fragment gets the time to think. The decoder sleeps in between: it is woken with
the moment before the voice, or the first consonant would be missing.
"""

import math
from collections import deque
from dataclasses import dataclass

from assistant.hearing.voice_activity import VoiceActivity
from assistant.language.walk import Standing

BYTES_A_SECOND = 32_000
"""Of 16-bit samples at 16 kHz."""
_PRE_ROLL_S = 0.4


@dataclass(frozen=True, slots=True)
class Endpointing:
    """When an utterance has ended, in seconds of silence."""

    after_pause_s: float
    """When the decoder is told that there is a pause, so that it judges the last word."""
    after_closed_s: float
    """Behind a sentence that nothing can follow, such as "start set of twelve reps"."""
    after_word_s: float
    """Behind a single word that is an answer, though more might follow: "yes" before "it is"."""
    after_sentence_s: float
    """Behind a longer sentence that may go on: "start set" before "of twelve"."""
    after_fragment_s: float
    """Behind words that await more, such as "start set of"."""
    advance_s: float = 0.12
    """How often the acoustic model moves on, and results with it: sooner costs more."""

    def limit_s(self, standing: Standing, words: int) -> float:
        """Return the silence that ends an utterance of so many words."""
        if standing is Standing.CLOSED:
            return self.after_closed_s
        if standing is Standing.FRAGMENT:
            return self.after_fragment_s
        return self.after_word_s if words == 1 else self.after_sentence_s


LIVE = Endpointing(
    after_pause_s=0.12,
    after_closed_s=0.12,
    after_word_s=0.25,
    after_sentence_s=0.4,
    after_fragment_s=1.0,
)
"""For a conversation: short answers are final at once, a pause within an order does not cut it."""
WHOLE = Endpointing(math.inf, math.inf, math.inf, math.inf, math.inf)
"""For a recording that is one utterance, pauses included."""


class VoiceGate:
    """Lets through what somebody says, with the moment before it, and the pauses within.

    Attributes:
        speech_s: seconds of speech in the utterance so far.

    """

    def __init__(self) -> None:
        self._voice = VoiceActivity()
        self._before: deque[bytes] = deque()
        self._before_bytes = 0
        self._is_open = False
        self.speech_s = 0.0

    @property
    def silence_s(self) -> float:
        """Seconds since somebody last spoke."""
        return self._voice.silence_s

    def pass_on(self, pcm: bytes) -> bytes:
        """Return what the decoder shall hear now; nothing while nobody speaks."""
        self._voice.add(pcm)
        if self._voice.is_speech:
            self.speech_s += len(pcm) / BYTES_A_SECOND
        if self._is_open:
            return pcm
        self._before.append(pcm)
        self._before_bytes += len(pcm)
        if self._voice.is_speech:
            self._is_open = True
            return self._take_before()
        while self._before_bytes - len(self._before[0]) >= _PRE_ROLL_S * BYTES_A_SECOND:
            self._before_bytes -= len(self._before.popleft())
        return b""

    def shut(self) -> None:
        """The utterance is over; what comes next is let through when somebody speaks again."""
        self._is_open = False
        self.speech_s = 0.0

    def reset(self) -> None:
        """Forget all that was heard."""
        self._voice.reset()
        self._take_before()
        self.shut()

    def _take_before(self) -> bytes:
        before = b"".join(self._before)
        self._before.clear()
        self._before_bytes = 0
        return before
