"""The mouth of the coach: prompts, cadences and signals in the order in which they were asked for.

Synthesis takes time, so it happens in jobs that are handed to ``submit``: one background thread
when live, at once on virtual time. Jobs run in order, each carries the epoch of the moment it was
asked for, and a job that has become stale synthesises nothing.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from assistant.dialogue.cadence import Cadence
from assistant.dialogue.events import (
    Event,
    FaultCleared,
    FaultRaised,
    PromptSpoken,
    PromptStarted,
)
from assistant.sound.clip import Clip
from assistant.speaking.clicks import Earcon, click
from assistant.speaking.clips import ClipSource
from assistant.speaking.metronome import Metronome
from assistant.speaking.mixer import Mixer
from assistant.speaking.orders import Epoch, Layer, Placement
from assistant.speaking.reports import Ended, Report, Sounded

Job: TypeAlias = Callable[[], None]

SENTENCE_PAUSE_S = 0.25
PROMPT_PAUSE_S = 0.35
LOUDEST = 10
LEVEL_STEP_DB = 2.5
_PART = "synthesiser"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Names one sentence of a prompt in the mixer's reports."""

    ticket: int
    is_first: bool
    is_last: bool


class Voice:
    """Speaks and counts through a mixer; the shell's ``Mouth``."""

    def __init__(
        self,
        mixer: Mixer,
        clips: ClipSource,
        *,
        post: Callable[[Event], None],
        submit: Callable[[Job], object],
        words_per_minute: int = 165,
    ) -> None:
        """Be silent.

        Args:
            mixer: where everything is played.
            clips: makes clips at the mixer's rate.
            post: takes each event, on the thread that calls ``pump`` or on that of ``submit``.
            submit: runs jobs one after another in the order given, now or later.
            words_per_minute: how fast prompts are spoken until ``set_pace`` says otherwise.
        """
        self._mixer = mixer
        self._clips = clips
        self._metronome = Metronome(mixer, clips)
        self._post = post
        self._submit = submit
        self._words_per_minute = words_per_minute
        self._was_broken = False
        # Each is changed by one thread only: the caller's, and that of the jobs.
        self._jobs_given = 0
        self._jobs_done = 0

    @property
    def is_counting(self) -> bool:
        """Whether a cadence sounds or waits to, as far as reports have been pumped."""
        return self._metronome.is_counting

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds, waits to sound, is being synthesised or has yet to be posted."""
        is_at_work = self._jobs_done < self._jobs_given
        return not is_at_work and self._mixer.is_idle and not self._mixer.reports

    def say(self, text: str, ticket: int) -> None:
        """Speak after what is being spoken or counted in already; ``PromptSpoken`` follows."""
        epoch, pace = self._mixer.epoch, self._words_per_minute
        self._give(lambda: self._speak(text, ticket, epoch, pace))

    def count(self, cadence: Cadence, ticket: int) -> None:
        """Play a cadence when speech has ended; ``CueSounded`` and ``CadenceFinished`` follow."""
        epoch, pace = self._mixer.epoch, self._words_per_minute
        self._give(lambda: self._place(cadence, ticket, epoch, pace))

    def change(self, cadence: Cadence, ticket: int) -> None:
        """Let a running cadence go on by other cues, on its beat, from a repetition on."""
        epoch, pace = self._mixer.epoch, self._words_per_minute
        self._give(lambda: self._place(cadence, ticket, epoch, pace, is_change=True))

    def signal(self, earcon: Earcon) -> None:
        """Sound an earcon now, whatever else sounds."""
        placement = Placement(click(earcon, self._mixer.rate), 0, Layer.CLICK, earcon)
        self._mixer.play((placement,), self._mixer.epoch)

    def hush(self) -> None:
        """Drop speech, keep a running cadence."""
        self._mixer.hush()

    def cut(self) -> None:
        """Drop everything that sounds or waits to sound."""
        self._mixer.cut()

    def set_volume(self, level: int) -> None:
        """Set the loudness, 1 to 10; a step is 2.5 dB."""
        level = min(max(level, 1), LOUDEST)
        self._mixer.set_volume(10 ** ((level - LOUDEST) * LEVEL_STEP_DB / 20))

    def set_pace(self, words_per_minute: int) -> None:
        """Set how fast prompts are spoken from now on."""
        self._words_per_minute = words_per_minute

    def pump(self) -> None:
        """Post what has sounded since the last call; called often, by one thread."""
        reports = self._mixer.reports
        while reports:
            for event in self._meaning(reports.popleft()):
                self._post(event)

    def _meaning(self, report: Report) -> list[Event]:
        match report:
            case Sounded(_Piece(ticket, is_first=True), _):
                return [PromptStarted(ticket)]
            case Ended(_Piece(ticket, is_last=True), _):
                return [PromptSpoken(ticket)]
            case _:
                return [*self._metronome.follow(report)]

    def _give(self, job: Job) -> None:
        def do() -> None:
            try:
                job()
            finally:
                self._jobs_done += 1

        self._jobs_given += 1
        self._submit(do)

    def _speak(self, text: str, ticket: int, epoch: Epoch, pace: int) -> None:
        """Hand over sentence by sentence: the first sounds while the next is synthesised."""
        sentences = sentences_of(text)
        for number, sentence in enumerate(sentences):
            if self._mixer.is_stale(epoch):
                return
            clip = self._clip(sentence, pace)
            # Where one sentence fails the rest is given up, yet the prompt counts as spoken.
            is_last = clip is None or number == len(sentences) - 1
            self._mixer.speak(
                click(Earcon.FAULT, self._mixer.rate) if clip is None else clip,
                _Piece(ticket, is_first=number == 0, is_last=is_last),
                epoch,
                pause_s=SENTENCE_PAUSE_S if number else PROMPT_PAUSE_S,
            )
            self._report_health()
            if is_last:
                return

    def _clip(self, sentence: str, pace: int) -> Clip | None:
        try:
            return self._clips.clip(sentence, pace)
        except Exception as error:  # noqa: BLE001  (whatever went wrong, the dialogue must go on)
            _log.warning("a prompt could not be synthesised: %s", error)
            return None

    def _place(
        self, cadence: Cadence, ticket: int, epoch: Epoch, pace: int, *, is_change: bool = False
    ) -> None:
        if self._mixer.is_cut(epoch):
            return
        place = self._metronome.change if is_change else self._metronome.place
        try:
            place(cadence, ticket, epoch, pace)
        except Exception as error:  # noqa: BLE001  (as above)
            _log.warning("the words of a cadence could not be synthesised: %s", error)
        self._report_health()

    def _report_health(self) -> None:
        is_broken = self._clips.is_broken
        if is_broken != self._was_broken:
            self._was_broken = is_broken
            self._post(FaultRaised(_PART) if is_broken else FaultCleared(_PART))


def sentences_of(text: str) -> list[str]:
    """The pieces in which a prompt is synthesised; at least one, be it empty."""
    return _SENTENCE_END.split(text.strip())
