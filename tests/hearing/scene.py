"""An ear with the real matcher and a decoder whose results are written down beforehand."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.dialogue.events import Heard
from assistant.hearing.answers import Answers
from assistant.hearing.ear import Ear, Heeded
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.own_voice import OwnVoice
from assistant.hearing.recogniser import RATE, Final, Partial
from assistant.hearing.reference import Reference
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences

TEXT = """
intents:
  Stop: {data: [{sentences: ["stop [the set]"], metadata: {live: urgent}}]}
  Pain: {data: [{sentences: ["my back hurts"], metadata: {live: urgent}}]}
  Danger:
    data:
      - {sentences: ["my leg is numb"], slots: {sign: R2}, metadata: {live: urgent}}
      - {sentences: ["i cannot feel my foot"], slots: {sign: R3}, metadata: {live: urgent}}
  Pause: {data: [{sentences: ["pause"], metadata: {live: set}}]}
  "Yes": {data: [{sentences: ["yes"]}]}
  StartChecklist: {data: [{sentences: ["start checklist"]}]}
skip_words: ["coach"]
"""
BLOCK_S = 0.03
VOICE = bytes((np.random.default_rng(0).normal(0, 3000, 480)).astype("<i2"))
HISS = bytes((np.random.default_rng(0).normal(0, 10, 480)).astype("<i2"))
TONE = np.full(480, 0.1, np.float32)
SILENCE = np.zeros(480, np.float32)
QUIET, SPEAKING = Sounding(), Sounding(is_speaking=True, words="Is the seat set?")
COUNTING = Sounding(is_counting=True, words="lower. press")
STOP = Heard("Stop", {}, "stop")


class Script:
    """Gives one written result a block, and nothing when none is left."""

    def __init__(self) -> None:
        self.results: list[Partial | Final] = []
        self.resets = 0

    def feed(self, pcm: bytes) -> Sequence[Partial | Final]:  # noqa: ARG002  (a port's shape)
        return [self.results.pop(0)] if self.results else []

    def reset(self) -> None:
        self.resets += 1
        self.results.clear()


class Scene:
    """An ear, the coach it listens beside, and the order in which things happened."""

    def __init__(
        self,
        sentences: Sentences,
        sound_alikes: Sentences | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.now = 0.0
        self.reference = Reference(RATE)
        self.sounding = QUIET
        self.decoder = Script()
        self.happened: list[Heeded | str] = []
        self.ear = Ear(
            self.decoder,
            Matcher(sentences),
            gauge=Gauge(RATE),
            guard=Guard(settle_s=0.3),
            sounding=lambda: self.sounding,
            reflex=lambda: self.happened.append("cut"),
            own_voice=OwnVoice(self.reference) if sound_alikes else None,
            sound_alikes=Matcher(sound_alikes) if sound_alikes else None,
            answers=answers,
        )
        self.wait(1.0)

    def wait(self, seconds: float, block: bytes = HISS) -> None:
        for _ in range(round(seconds / BLOCK_S)):
            self.now += BLOCK_S
            self.reference.write(TONE if self.sounding is SPEAKING else SILENCE)
            self.happened += self.ear.feed(block, self.now)

    def decode(self, *results: Partial | Final) -> None:
        self.decoder.results += results
        self.wait(len(results) * BLOCK_S, VOICE)

    def utter(self, text: str, seconds: float = 0.6) -> None:
        blocks = round(seconds / BLOCK_S)
        self.decode(*[Partial(text, number // 4) for number in range(blocks)], Final(text))


def written(folder: Path) -> Sentences:
    """The sentences above."""
    file = folder / "sentences.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return load_sentences(file)
