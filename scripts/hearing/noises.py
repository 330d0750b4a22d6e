"""Noise behind speech, and sounds in which nothing is meant for the coach."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from assistant.content.loader import ENGLISH
from assistant.hearing.recogniser import RATE
from assistant.sound.clip import Samples
from assistant.sound.wav import read
from scripts.hearing.material import VOICES, spoken

_KINDS = {
    "kitchen": ("doing_the_dishes", "running_tap"),
    "exercise bike": ("exercise_bike",),
    "hiss": ("white_noise", "pink_noise"),
}
_BED_S = 20
_COACH = "en-us"
_COACH_WPM = 165


def noises(corpus: Path | None) -> dict[str, Samples]:
    """Return noise by kind: from recordings where there are some, else made."""
    talk = _talkers(corpus) if corpus else [spoken(_TALK, voice) for voice in VOICES]
    beds = {"babble": _babble(talk), "music": music(_BED_S)}
    if corpus is None:
        return {"hiss": hiss(_BED_S), **beds}
    folder = corpus / "noise" / "speech_commands_background"
    recorded = {
        kind: [read(file, RATE) for stem in stems for file in sorted(folder.glob(f"{stem}*"))]
        for kind, stems in _KINDS.items()
    }
    # A model may have been trained with the first half of each recording.
    halves = {
        kind: np.concatenate([sound[len(sound) // 2 :] for sound in sounds])
        for kind, sounds in recorded.items()
        if sounds
    }
    return {**halves, **beds}


_TALK = "and then he told me that they would rather go to the market on the other side"


def _talkers(corpus: Path) -> list[Samples]:
    files = sorted((corpus / "talk" / "librispeech_talk").glob("*.ogg"))[-8:]
    return [read(file, RATE) for file in files]


def _babble(talkers: list[Samples]) -> Samples:
    """Many talkers at once, each as loud as the others."""
    bed = np.zeros(_BED_S * RATE, np.float32)
    for number, voice in enumerate(talkers):
        level = max(float(np.std(voice)), 1e-6)
        bed += np.resize(np.roll(voice, 7000 * number), len(bed)) * np.float32(0.05 / level)
    return bed


NEGATIVES = (
    "talk", "talk that goes on", "short phrases", "noise", "machines", "music", "hiss", "own voice",
)  # fmt: skip
SHORT = ("short phrases", "own voice")
"""Kinds of which each recording is one utterance."""
_MORE_TALK = 4
"""Talk that goes on is where most false alarms come from, so more of it is heard."""
_MEANT = ("goodnight",)
"""How files begin whose phrase the coach does know."""


def negatives(kind: str, corpus: Path, every: int) -> Iterator[Samples]:
    """Yield sound of one kind; of recordings in many files every n-th."""
    folders = {
        "talk": corpus / "talk" / "librispeech_talk",
        "short phrases": corpus / "talk" / "custom_commands",
        "noise": corpus / "noise" / "esc10",
        "machines": corpus / "noise" / "speech_commands_background",
    }
    if kind in folders:
        files = sorted(folders[kind].glob("*.ogg"))
        files = [file for file in files if not file.name.startswith(_MEANT)]
        for file in files if kind == "machines" else files[::every]:
            yield read(file, RATE)
    elif kind == "talk that goes on":
        files = sorted(folders["talk"].glob("*.ogg"))[:: max(1, every // _MORE_TALK)]
        yield np.concatenate([read(file, RATE) for file in files])
    elif kind == "own voice":
        for prompt in _prompts()[:: max(1, every // 2)]:
            yield spoken(prompt, _COACH, _COACH_WPM) * np.float32(0.5)
    else:
        yield {"music": music, "hiss": hiss}[kind](1200 / every)


def _prompts() -> list[str]:
    """What the coach says, without the sentences that something is put into."""
    files = sorted((ENGLISH / "prompts").glob("*.yaml"))
    texts = [str(text) for file in files for text in yaml.safe_load(file.read_text()).values()]
    return [text for text in texts if "{" not in text]


def music(seconds: float) -> Samples:
    """Return a beat with bass and chords, as a gym plays it: two bars a tune, never sung."""
    chance = np.random.default_rng(5)
    beat = round(RATE * 60 / 126)
    bars = [_bar(chance, beat) for _ in range(8)]
    tune = np.concatenate(bars)
    return np.resize(tune / np.max(np.abs(tune)) * 0.4, round(seconds * RATE)).astype(np.float32)


def _bar(chance: np.random.Generator, beat: int) -> Samples:
    at = np.arange(4 * beat) / RATE
    in_beat = np.arange(4 * beat) % beat / RATE
    root = 55.0 * 2 ** (chance.choice([0, 3, 5, 7, 8]) / 12)
    kick = np.sin(2 * np.pi * 50 * in_beat * (1 + np.exp(-in_beat * 30))) * np.exp(-in_beat * 12)
    hat = chance.normal(0, 0.25, len(at)) * np.exp(-((in_beat + 0.24) % 0.48) * 40)
    bass = np.sign(np.sin(2 * np.pi * root * at)) * 0.2
    chord = np.zeros(len(at))
    for semitones in (24, 24 + chance.choice([3, 4]), 31):
        tone = root * 2 ** (semitones / 12)
        chord += sum(np.sin(2 * np.pi * tone * k * at) / k for k in range(1, 9)) * 0.12
    return np.asarray(0.8 * kick + hat + bass + chord, np.float32)


def hiss(seconds: float) -> Samples:
    """Return room noise that swells and falls, white and brown by turns."""
    chance = np.random.default_rng(3)
    white = chance.normal(0.0, 1.0, round(seconds * RATE))
    brown = np.cumsum(white) - np.convolve(np.cumsum(white), np.ones(800) / 800, "same")
    brown /= max(float(np.std(brown)), 1e-9)
    turns = np.sin(np.arange(len(white)) / RATE * 0.7) > 0
    swell = 10 ** (-2.2 + np.sin(np.arange(len(white)) / RATE * 0.9))
    return (np.where(turns, white, brown) * swell).clip(-1, 1).astype(np.float32)
