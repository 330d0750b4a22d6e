"""Puts a cadence on the mixer's beat, and tells which of its cues have sounded."""

from dataclasses import dataclass

from assistant.complaint import Complaint
from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.events import CadenceFinished, CueSounded
from assistant.speaking.clicks import click
from assistant.speaking.clips import ClipSource, SynthesisFailed
from assistant.speaking.mixer import Mixer
from assistant.speaking.orders import Epoch, Layer, Placement
from assistant.speaking.reports import Dropped, Ended, Reason, Report, Sounded

LEAD_S = 0.3
"""From the end of the speech before a set to its first beat, at least."""


@dataclass(frozen=True, slots=True)
class CueTag:
    """Names a cue in the mixer's reports."""

    ticket: int
    cue: Cue


class Metronome:
    """Keeps the books of the cadences in a mixer."""

    def __init__(self, mixer: Mixer, clips: ClipSource) -> None:
        self._mixer = mixer
        self._clips = clips
        self._open: dict[int, int] = {}

    @property
    def is_counting(self) -> bool:
        """Whether a cadence sounds or waits its turn."""
        return bool(self._open)

    def place(self, cadence: Cadence, ticket: int, epoch: Epoch, words_per_minute: int) -> None:
        """Start a cadence after the speech ordered so far.

        Prompts ordered from now on wait for the end of the count-in. All clips are prepared before
        anything is placed. When a word cannot be synthesised, it and all words before it are
        replaced by soft clicks: a synthesiser that hangs must not be waited for again and again.

        Raises:
            SynthesisFailed, Complaint: words were replaced; the cadence plays all the same.
        """
        failure: Exception | None = None
        placements: list[Placement] = []
        next_word_from = None
        for cue in reversed(cadence.cues):  # a word must know where the next one begins
            try:
                if failure is not None:
                    placement = self._click(cue, ticket)
                else:
                    placement = self._placement(cue, ticket, words_per_minute, next_word_from)
            except (SynthesisFailed, Complaint) as error:
                failure, placement = error, self._click(cue, ticket)
            if placement.layer is Layer.WORD:
                next_word_from = placement.offset - placement.clip.anchor
            placements.append(placement)
        placements.reverse()
        self._open[ticket] = len(placements)
        self._mixer.follow(placements, epoch, lead_s=LEAD_S, reserve_s=_count_in_s(cadence))
        if failure is not None:
            raise failure

    def _click(self, cue: Cue, ticket: int) -> Placement:
        """The click of a cue, a soft one in place of a word."""
        kind = cue.sound if isinstance(cue.sound, Click) else Click.SOFT
        clip = click(kind, self._mixer.rate)
        return Placement(clip, self._beat(cue), Layer.CLICK, CueTag(ticket, cue))

    def _placement(
        self, cue: Cue, ticket: int, words_per_minute: int, next_word_from: int | None
    ) -> Placement:
        if not isinstance(cue.sound, Word):
            return self._click(cue, ticket)
        text, within_s = cue.sound.text, cue.sound.within_s
        beat = self._beat(cue)
        clip = self._clips.clip(text, words_per_minute, within_s)
        if next_word_from is not None and beat - clip.anchor + len(clip) > next_word_from:
            room = next_word_from - beat + clip.anchor
            clip = self._clips.clip(text, words_per_minute, room / self._mixer.rate)
        return Placement(clip, beat, Layer.WORD, CueTag(ticket, cue))

    def _beat(self, cue: Cue) -> int:
        return round(cue.at_s * self._mixer.rate)

    def follow(self, report: Report) -> list[CueSounded | CadenceFinished]:
        """What a report of the mixer means to the dialogue, if it is about a cue."""
        match report:
            case Sounded(CueTag(ticket, cue), frame):
                return [CueSounded(ticket, cue, frame)]
            case Ended(CueTag(ticket, _), _) | Dropped(CueTag(ticket, _), Reason.LATE):
                return self._count_down(ticket)
            case Dropped(CueTag(ticket, _), _):
                self._open.pop(ticket, None)
        return []

    def _count_down(self, ticket: int) -> list[CueSounded | CadenceFinished]:
        if ticket not in self._open:
            return []
        self._open[ticket] -= 1
        if self._open[ticket] > 0:
            return []
        del self._open[ticket]
        return [CadenceFinished(ticket)]


def _count_in_s(cadence: Cadence) -> float:
    """Seconds from the start to the first cue after the count-in."""
    return next((cue.at_s for cue in cadence.cues if cue.phase is not Phase.COUNT_IN), 0.0)
