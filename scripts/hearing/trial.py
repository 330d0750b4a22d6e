"""What the ears make of a sound, block by block as from a microphone."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from assistant.dialogue.events import Heard
from assistant.dialogue.expectation import UNASKED
from assistant.hearing.answers import Answers
from assistant.hearing.ear import Ear
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.language.matcher import Matcher
from assistant.sound.clip import Samples
from assistant.sound.wav import to_pcm

_BLOCK = round(0.03 * RATE) * 2


@dataclass(frozen=True, slots=True)
class Act:
    """Something the coach would act upon."""

    heard: Heard
    is_urgent: bool
    at_s: float
    """From the beginning of the sound until the block in which it became known had been fed."""


class Trial:
    """Ears beside a silent coach."""

    def __init__(
        self, recogniser: Recogniser, matcher: Matcher, answers: Answers | None = None
    ) -> None:
        """Args: what hears all sentences, what knows them, what looks for answers."""
        self._recogniser = recogniser
        self._matcher = matcher
        self._answers = answers
        self.audio_s = 0.0
        self.compute_s = 0.0

    def hear(self, sound: Samples) -> list[Act]:
        """All that was acted upon; the ears are fresh for every sound."""
        self._recogniser.reset()
        ear = Ear(
            self._recogniser,
            self._matcher,
            gauge=Gauge(RATE),
            guard=Guard(),
            sounding=Sounding,
            reflex=lambda: None,
            answers=self._answers,
        )
        began = process_time()
        acts = list(self._acts(ear, to_pcm(sound)))
        self.compute_s += process_time() - began
        self.audio_s += len(sound) / RATE
        return acts

    def _acts(self, ear: Ear, pcm: bytes) -> Iterator[Act]:
        for start in range(0, len(pcm), _BLOCK):
            end = min(start + _BLOCK, len(pcm))
            for event in ear.feed(pcm[start:end], end / 2 / RATE):
                if isinstance(event, Heard) and not (event.amid_talk and event.intent in UNASKED):
                    match = self._matcher.match(event.text)
                    urgent = match is not None and match.live == "urgent"
                    yield Act(event, urgent, end / 2 / RATE)
