"""Puts a cadence on the mixer's beat, and tells which of its cues have sounded."""

from dataclasses import dataclass

from assistant.complaint import Complaint
from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.events import CadenceFinished, CueSounded
from assistant.speaking.clicks import click
from assistant.speaking.clips import ClipSource, SynthesisFailed
from assistant.speaking.mixer import Mixer
from assistant.speaking.orders import Change, Epoch, Layer, Placement
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
        # The thread of the jobs counts what is placed, the one that follows reports what has ended.
        self._placed: dict[int, int] = {}
        self._ended: dict[int, int] = {}

    @property
    def is_counting(self) -> bool:
        """Whether a cadence sounds or waits its turn."""
        return bool(self._placed)

    def place(self, cadence: Cadence, ticket: int, epoch: Epoch, words_per_minute: int) -> None:
        """Start a cadence after the speech ordered so far.

        Prompts ordered from now on wait for the end of the count-in. All clips are prepared before
        anything is placed. When a word cannot be synthesised, it and all words before it are
        replaced by soft clicks: a synthesiser that hangs must not be waited for again and again.

        Raises:
            SynthesisFailed, Complaint: words were replaced; the cadence plays all the same.
        """
        placements, failure = self._placements(cadence, ticket, words_per_minute)
        self._placed[ticket] = len(placements)
        self._mixer.follow(placements, epoch, lead_s=LEAD_S, reserve_s=_count_in_s(cadence))
        if failure is not None:
            raise failure

    def change(self, cadence: Cadence, ticket: int, epoch: Epoch, words_per_minute: int) -> None:
        """Let a cadence go on by other cues from one of their repetitions on, on its beat.

        Raises:
            SynthesisFailed, Complaint: as ``place``.
        """
        if ticket not in self._placed:
            return
        placements, failure = self._placements(cadence, ticket, words_per_minute)
        self._placed[ticket] = self._placed.get(ticket, 0) + len(placements)

        def rep_of(tag: object) -> int | None:
            return tag.cue.rep if isinstance(tag, CueTag) and tag.ticket == ticket else None

        self._mixer.change(Change(placements, epoch, rep_of))
        if failure is not None:
            raise failure

    def _placements(
        self, cadence: Cadence, ticket: int, words_per_minute: int
    ) -> tuple[list[Placement], Exception | None]:
        """The cues as sounds, and what kept words from being spoken."""
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
        return placements, failure

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
            case Dropped(CueTag(ticket, _), Reason.CUT | Reason.HUSHED):
                self._forget(ticket)
            case Ended(CueTag(ticket, _), _) | Dropped(CueTag(ticket, _), _):
                return self._count_one(ticket)
        return []

    def _count_one(self, ticket: int) -> list[CueSounded | CadenceFinished]:
        if ticket not in self._placed:
            return []
        self._ended[ticket] = self._ended.get(ticket, 0) + 1
        if self._ended[ticket] < self._placed[ticket]:
            return []
        self._forget(ticket)
        return [CadenceFinished(ticket)]

    def _forget(self, ticket: int) -> None:
        self._placed.pop(ticket, None)
        self._ended.pop(ticket, None)


def _count_in_s(cadence: Cadence) -> float:
    """Seconds from the start to the first cue after the count-in."""
    return next((cue.at_s for cue in cadence.cues if cue.phase is not Phase.COUNT_IN), 0.0)
