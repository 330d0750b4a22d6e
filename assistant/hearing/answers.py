"""A second look at what was taken for talk while a question was open.

The recogniser of all sentences weighs a short word against thousands of others. Whoever has just
been asked something most likely answers it, so the sound is heard once more with the answers alone,
at prices at which a doubtful word is rather one of them than talk. That takes some computing after
the utterance is over, and only where the coach would have to ask again otherwise.
"""

from collections import deque
from collections.abc import Callable
from typing import Final as Constant
from typing import Protocol

from assistant.hearing.endpoint import BYTES_A_SECOND
from assistant.hearing.grammar import Costs
from assistant.hearing.recogniser import Final
from assistant.language.matcher import Match, Matcher

DOUBTFUL: Constant = Costs(unknown=1.0, decoy=7.0)
"""Other words compete less than they do when nothing has been asked."""
LONGEST_S: Constant = 2.0
"""Whoever talks longer is not answering."""
_BEFORE_S: Constant = 0.8
"""So long after its first sound, at most, an utterance is known of."""


class Decoder(Protocol):
    """Turns a whole sound into words."""

    def feed(self, pcm: bytes) -> object:
        """Hear mono 16-bit samples at 16 kHz."""

    def finish(self) -> Final:
        """What was said, and forget it."""


class Answers:
    """Keeps the last seconds of sound, and looks for an answer in them."""

    def __init__(
        self, decoder: Decoder, matcher: Matcher, expected: Callable[[], frozenset[str]]
    ) -> None:
        """Begin with no sound.

        Args:
            decoder: the recogniser of the answers.
            matcher: knows their sentences.
            expected: intents that answer the question that is open now; none when none is.
        """
        self._decoder = decoder
        self._matcher = matcher
        self._expected = expected
        self._kept: deque[bytes] = deque()
        self._bytes = 0

    def keep(self, pcm: bytes) -> None:
        """Remember a block of mono 16-bit samples at 16 kHz for a while."""
        self._kept.append(pcm)
        self._bytes += len(pcm)
        while self._bytes - len(self._kept[0]) >= _bytes_of(LONGEST_S + _BEFORE_S):
            self._bytes -= len(self._kept.popleft())

    def look(self, seconds: float) -> Match | None:
        """The answer that is expected now and may have been given in the last seconds.

        Args:
            seconds: since the first words of the utterance were known.
        """
        wanted = self._expected()
        if not wanted or seconds > LONGEST_S:
            return None
        sound = b"".join(self._kept)[-_bytes_of(seconds + _BEFORE_S) :]
        self._decoder.feed(sound)
        match = self._matcher.match(self._decoder.finish().text)
        return match if match is not None and match.intent in wanted else None


def _bytes_of(seconds: float) -> int:
    return 2 * round(seconds * BYTES_A_SECOND / 2)
