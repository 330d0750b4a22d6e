"""Which sentences may act, given what the coach itself is letting the room hear.

A microphone beside a loudspeaker hears the coach. Without echo cancellation the ears therefore
work half duplex, but not for everything: an urgent sentence acts always (no prompt contains one,
which a test of the content guarantees), a command of the set acts between its cues, and everything
else waits for silence.
"""

from dataclasses import dataclass

from assistant.language.sentences import Live

ALL = frozenset(Live)
IN_A_SET = frozenset({Live.URGENT, Live.SET})
URGENT_ONLY = frozenset({Live.URGENT})


@dataclass(frozen=True, slots=True)
class Sounding:
    """What the coach is doing at one moment."""

    is_speaking: bool = False
    """A prompt sounds, or is about to."""
    is_counting: bool = False
    """The cues of a set sound."""
    words: str = ""
    """What is being spoken, or was spoken last: prompts and cues."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the coach was doing when something was heard."""

    sounding: Sounding
    quiet_s: float
    """Seconds since its last prompt died away; 0 while it speaks."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Tells commands from echoes."""

    settle_s: float = 0.3
    """How long after a prompt the room may still carry it."""
    grace_s: float = 0.6
    """An answer may begin so long before the question has ended."""

    def live(self, moment: Moment) -> frozenset[Live]:
        """Kinds of sentence that may act if they are heard now."""
        if moment.sounding.is_speaking or moment.quiet_s < self.settle_s:
            return URGENT_ONLY
        return IN_A_SET if moment.sounding.is_counting else ALL

    def admits(self, live: Live, text: str, began: Moment, heard_s: float, ended: Moment) -> bool:
        """Whether an utterance may act.

        Args:
            live: when its sentence may act.
            text: what was recognised.
            began: the coach as the utterance began.
            heard_s: seconds from then to the moment the utterance was over.
            ended: the coach at that moment.
        """
        if live is Live.URGENT:
            return True
        if live in self.live(began):
            return not began.sounding.is_counting or not self._is_echo(text, began, ended)
        is_early_answer = live in self.live(ended) and heard_s - ended.quiet_s <= self.grace_s
        return is_early_answer and not self._is_echo(text, began, ended)

    @staticmethod
    def _is_echo(text: str, *moments: Moment) -> bool:
        """Whether the words stand in a row in what the coach was saying."""
        return any(
            f" {text} " in f" {_plain(moment.sounding.words)} " for moment in moments if text
        )


def _plain(words: str) -> str:
    """Lower case, without punctuation."""
    kept = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in words.lower())
    return " ".join(kept.split())
