"""Words being spoken: what they sound like so far, since when, and what they have done."""

from dataclasses import dataclass, field

from assistant.hearing.echo import Moment, Sounding
from assistant.hearing.recogniser import Partial
from assistant.language.matcher import Match

ADVANCES_IN_SILENCE = 3
"""A third of a second, by which somebody who talks on has said another word."""


@dataclass(slots=True)
class Utterance:
    """What is known of it."""

    began: Moment
    began_at: float
    partial: Partial
    acted: list[Match] = field(default_factory=list)
    """Urgent things in it that have been acted upon."""
    _advances: int = 0

    def stands(self, partial: Partial, sounding: Sounding) -> bool:
        """Take the next partial result, and tell whether its words stand firm enough to act.

        That takes two that are equal, from two advances of the decoder. In silence there is nothing
        to be cut, and "that's enough" may be how somebody's sentence begins: then it takes four.
        """
        last, self.partial = self.partial, partial
        if partial.text != last.text:
            self._advances = 0
            return False
        if partial.advance == last.advance:
            return False
        self._advances += 1
        is_sounding = sounding.is_speaking or sounding.is_counting
        return self._advances >= (1 if is_sounding else ADVANCES_IN_SILENCE)

    def has_acted(self, match: Match) -> bool:
        """Whether this very thing has been acted upon."""
        return any(same(match, earlier) for earlier in self.acted)


def same(one: Match, other: Match) -> bool:
    """Whether two texts mean the same."""
    return (one.intent, one.slots) == (other.intent, other.slots)
