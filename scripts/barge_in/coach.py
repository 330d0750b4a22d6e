"""The coach's sounds and its ear, and the people who call out to it."""

import itertools
import os
import re
from functools import cached_property

import numpy as np

from assistant import paths
from assistant.app.hearing import ear_maker
from assistant.app.knowledge import know
from assistant.dialogue.events import Heard
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity
from assistant.dialogue.tempo import parse_tempo
from assistant.hearing.echo import Sounding
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE
from assistant.hearing.reference import Reference
from assistant.language.matcher import Match
from assistant.settings import load_settings
from assistant.sound.clip import Samples
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.render import render
from assistant.speaking.synthesiser import Synthesiser

from .scene import BLOCK, Scene

VOICES = ("en+f2", "en-us+m3", "en-gb-scotland", "en-us+f4", "en-gb-x-rp+m7", "en-029+f1")
PACES = (125, 150, 175)
STOPS = ("stop", "stop", "stop it", "stop stop")
DANGERS = (
    "my back hurts",
    "my leg is numb",
    "i cannot feel my leg",
    "help me",
    "i need an ambulance",
    "my back seized up",
    "i heard a pop",
    "it hurts when i breathe",
)
Calls = list[tuple[Match, Samples]]


class Coach:
    """Its sound and its ear."""

    def __init__(self) -> None:
        self.settings = load_settings(None, os.environ)
        self.knowledge = know(self.settings)
        self._model = find_model(self.settings.hearing.model)
        self._folder = paths.cache_folder()
        self._pace = self.settings.speaking.words_per_minute

    @cached_property
    def prompts(self) -> list[Samples]:
        """Everything it may say."""
        content = self.knowledge.content
        texts = [
            *(text for point in content.checklist.points for text in (point.ask, point.fix)),
            *(re.sub(r"\{\w+\}", "three", text) for text in content.prompts.values()),
            *(question.ask for question in content.triage.questions),
            *(answer.says for answer in content.answers.values()),
        ]
        with Synthesiser(self.settings.speaking.voice) as synthesiser:
            clips = self._clips(synthesiser)
            return [clips.clip(text, self._pace).samples for text in dict.fromkeys(texts)]

    @cached_property
    def cadences(self) -> list[Samples]:
        """Sets, counted in different ways."""
        training = self.knowledge.content.training
        with Synthesiser(self.settings.speaking.voice) as synthesiser:
            clips = self._clips(synthesiser)
            return [
                render(
                    plan(
                        parse_tempo(tempo, training),
                        8,
                        words=training.words,
                        start_phase=training.start_phase,
                        count_at=training.count_at,
                        verbosity=verbosity,
                    ),
                    clips,
                    self._pace,
                ).samples
                for tempo in ("3-1-2-1", "2-0-2-0", "4-2-1-1")
                for verbosity in Verbosity
            ]

    def listen(self, scene: Scene) -> None:
        """Put a scene through the ear, put together as it is when somebody trains."""
        cuts: list[float] = []
        now = 0.0
        audible = np.abs(scene.played).reshape(-1, BLOCK).max(axis=1) > 1e-3
        sounding = Sounding()
        reference = Reference(RATE)
        ear = ear_maker(
            self._model,
            self.knowledge,
            self.settings,
            reference=reference,
            sounding=lambda: sounding,
            reflex=lambda: cuts.append(now),
        )()
        heard = (np.clip(scene.heard, -1, 1) * 32_767).astype("<i2").reshape(-1, BLOCK)
        for index, block in enumerate(scene.played.reshape(-1, BLOCK)):
            is_audible = bool(audible[max(0, index - 15) : index + 15].any())
            sounding = Sounding(
                is_speaking=scene.is_speech and is_audible, is_counting=not scene.is_speech
            )
            now = (index + 1) * BLOCK / RATE
            reference.write(block)
            for event in ear.feed(heard[index].tobytes(), now):
                if isinstance(event, Heard) and cuts:
                    scene.note(event, now)
            cuts.clear()

    def calls(self, texts: tuple[str, ...], number: int, seed: int) -> Calls:
        """So many of these texts, in voices and at paces that differ."""
        chosen = list(itertools.product(texts, VOICES, PACES))
        order = np.random.default_rng(seed).permutation(len(chosen))[:number]
        calls = []
        for voice in VOICES:
            with Synthesiser(voice) as synthesiser:
                clips = self._clips(synthesiser)
                for text, _, pace in (chosen[i] for i in order if chosen[i][1] == voice):
                    match = self.knowledge.matcher.match(text)
                    assert match is not None, text
                    calls.append((match, clips.clip(text, pace).samples))
        return calls

    def _clips(self, synthesiser: Synthesiser) -> ClipStore:
        return ClipStore(synthesiser, RATE, self._folder and self._folder / "clips")
