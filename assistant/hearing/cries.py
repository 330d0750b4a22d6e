"""What people call out while the coach itself makes a sound: urgent sentences, or nothing.

The recogniser of all sentences weighs a word that the coach half covers against thousands of
others, and waits for what might follow it. This one knows the urgent sentences only, is told the
pause behind a word sooner, moves on twice as often, and rather takes a doubtful word for one of
them than for talk. It is listened to only while the coach makes a sound, when nothing else may act
anyhow.
"""

from collections.abc import Sequence
from typing import Final as Constant
from typing import Protocol

from assistant.hearing.endpoint import Endpointing
from assistant.hearing.grammar import Costs
from assistant.hearing.recogniser import Final, Partial
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Live

HASTY: Constant = Endpointing(
    after_pause_s=0.06,
    after_closed_s=0.12,
    after_word_s=0.06,
    after_sentence_s=0.25,
    after_fragment_s=0.6,
    advance_s=0.06,
)
"""A cry is not thought over; who pauses within one is heard by the other recogniser."""
LENIENT: Constant = Costs(unknown=-0.5, decoy=5.5)
"""Talk competes less with the sentences than in a quiet room.

With the costs of a quiet room one cry in seven under the coach's voice is taken for talk.
"""


class Decoder(Protocol):
    """Turns sound into words."""

    def feed(self, pcm: bytes) -> Sequence[Partial | Final]:
        """What a block of mono 16-bit samples adds; nothing at all while nobody speaks."""

    def reset(self) -> None:
        """Forget the utterance under way."""


class Cries:
    """Listens for them in what is left when the coach's own voice has been taken out."""

    def __init__(self, decoder: Decoder, matcher: Matcher, hasty: frozenset[str]) -> None:
        """Begin with silence.

        Args:
            decoder: the recogniser of urgent sentences.
            matcher: knows the sentences.
            hasty: intents that two equal partial results are enough for.
        """
        self._decoder = decoder
        self._matcher = matcher
        self._hasty = hasty
        self._last: Partial | None = None
        self._acted: Match | None = None
        self._is_fresh = True

    def feed(self, pcm: bytes) -> Match | None:
        """The urgent sentence that has been heard by the end of this sound; told only once."""
        self._is_fresh = False
        results = self._decoder.feed(pcm)
        if not results:
            self._last = self._acted = None
        told: Match | None = None
        for result in results:
            match = self._take(result)
            if match is not None and match != self._acted:
                told = self._acted = match
            if isinstance(result, Final):
                self._acted = None
        return told

    def reset(self) -> None:
        """Forget what was heard: the coach is silent now."""
        if not self._is_fresh:
            self._decoder.reset()
            self._last = self._acted = None
            self._is_fresh = True

    def _take(self, result: Partial | Final) -> Match | None:
        last, self._last = self._last, None
        if isinstance(result, Final):
            return self._urgent(result.text)
        self._last = result
        start = self._hasty_start(result.text)
        if start is None or last is None or start != self._hasty_start(last.text):
            return None
        if result.advance == last.advance:
            self._last = last
            return None
        return start

    def _hasty_start(self, text: str) -> Match | None:
        """What a partial result begins with, where it is hasty.

        The coach's next word often runs into a "stop", which then is heard as "stop i".
        """
        words = text.split()
        starts = (self._urgent(" ".join(words[:count])) for count in range(len(words), 0, -1))
        return next((one for one in starts if one and one.intent in self._hasty), None)

    def _urgent(self, text: str) -> Match | None:
        match = self._matcher.match(text) if text else None
        return match if match is not None and match.live is Live.URGENT else None
