"""Sentences of the coach in synthetic voices, and the room they are said in."""

import random
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.hearing.recogniser import RATE
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Live, Sentences
from assistant.language.wordgraph import WordGraph, template_graph
from assistant.sound.clip import Samples
from assistant.sound.mix import loudest_energy, with_noise
from assistant.sound.wav import read

LEAD_S, TRAIL_S = 0.8, 1.8
"""Sound of the room before and after an utterance."""
_PEAK = 0.4
_ROOM_NOISE = 2e-4
_KEPT_OUT = ("en-gb-x-gbcwmd", "en-us+f4", "en-us+m7", "en-us+Mike")
VOICES = (*_KEPT_OUT, "flite rms") if shutil.which("flite") else _KEPT_OUT
"""Voices that the training of the embedded model never uses."""
EVERYDAY = (
    "stop", "yes", "no", "next", "ready", "start checklist", "start set", "start set of twelve",
    "start set of eight", "pause", "resume", "repeat", "help", "skip", "louder", "why",
    "how many", "slower", "faster", "my back hurts",
)  # fmt: skip
"""Said in every session, so tried in every voice."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence that one voice says."""

    text: str
    match: Match
    sound: Samples
    voice: str

    @property
    def group(self) -> str:
        """Return "everyday", "urgent" or "other"."""
        if self.text in EVERYDAY:
            return "everyday"
        return "urgent" if self.match.live is Live.URGENT else "other"

    @property
    def ends_at_s(self) -> float:
        """Return where its last sound fades, from its beginning."""
        loud = np.flatnonzero(np.abs(self.sound) > 0.03 * np.max(np.abs(self.sound)))
        return float(loud[-1]) / RATE


def utterances(
    sentences: Sentences, matcher: Matcher, templates: int, every: int = 1
) -> list[Utterance]:
    """The everyday sentences in every voice, and one of each of ``templates`` drawn templates.

    The same draw every time: half of the templates are urgent ones. One in ``every`` is spoken.
    """
    chance = random.Random(7)  # noqa: S311  (the same draw every time, and no secret)
    drawn: dict[bool, list[str]] = {True: [], False: []}
    for intent in sentences.intents.intents.values():
        for block in intent.data:
            is_urgent = (block.metadata or {}).get("live") == Live.URGENT
            for template in block.sentences:
                graph = template_graph(template, block, sentences)
                drawn[is_urgent].append(_walk(graph, chance))
    texts = [(text, voice) for text in EVERYDAY for voice in VOICES]
    for group in drawn.values():
        for number, text in enumerate(chance.sample(group, min(len(group), templates // 2))):
            texts.append((text, VOICES[number % len(VOICES)]))
    made = []
    for text, voice in texts[::every]:
        match = matcher.match(text)
        if match is not None:
            made.append(Utterance(text, match, _levelled(spoken(text, voice)), voice))
    return made


def _walk(graph: WordGraph, chance: random.Random) -> str:
    """One sentence of the graph; it ends as soon as a random walk has found the end."""
    state, words = 0, []
    while state != graph.final:
        step = chance.choice(graph.steps[state])
        words.append(step.word)
        state = step.to
    return " ".join(word for word in words if word)


@cache
def spoken(text: str, voice: str, words_per_minute: int = 150) -> Samples:
    """What a voice of espeak-ng or flite makes of a text, without the silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        program, _, name = voice.rpartition(" ")
        if program == "flite":
            pace = ["--setf", f"duration_stretch={150 / words_per_minute:.2f}"]
            command = ["flite", "-voice", name, *pace, "-t", text, "-o", str(file)]
        else:
            command = ["espeak-ng", "-v", name, "-s", str(words_per_minute), "-w", str(file), text]
        subprocess.run(command, check=True)
        return read(file, RATE)


def _levelled(sound: Samples) -> Samples:
    return sound * np.float32(_PEAK / max(float(np.max(np.abs(sound), initial=0.0)), 1e-6))


def in_room(
    speech: Samples, noise: Samples | None = None, snr_db: float = 0.0, *, by_power: bool = False
) -> Samples:
    """The speech with a room before and after it, and noise in all of it.

    The ratio is taken between the loudest 128 ms of both, or, ``by_power``, between the mean powers
    of the speech and of the noise.
    """
    padded = np.pad(speech, (round(LEAD_S * RATE), round(TRAIL_S * RATE)))
    chance = np.random.default_rng(len(speech))
    hiss = chance.normal(0.0, _ROOM_NOISE, len(padded)).astype(np.float32)
    if noise is None:
        return padded + hiss
    offset = int(chance.integers(len(noise)))
    if by_power:
        # The peak rule is told the ratio of loudest frames that this ratio of powers amounts to.
        bed = np.resize(np.roll(noise, -offset), len(padded))
        crest_db = 10 * np.log10(
            loudest_energy(speech) / np.mean(speech**2) / (loudest_energy(bed) / np.mean(bed**2))
        )
        snr_db += float(crest_db)
    return with_noise(padded, noise, snr_db, offset) + hiss
