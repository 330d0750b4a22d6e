#!/usr/bin/env python3
"""How safe the triage is when it has to hear through noise.

Synthetic patients, each with one emergency sign, speak to the real recogniser, matcher and dialogue
core: half name the sign in their own words, half say that their back hurts and answer the
questions. Voices differ in accent, sex, pitch and speed. A run is under-triaged when it ends below
"emergency", or when the patient gives up unheard after five attempts.

    scripts/bench_triage.py [--runs 330] [--healthy 30] [--noise FOLDER] [--json OUT.json]
"""

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from assistant.app.knowledge import know  # noqa: E402  (the checkout comes first on the path)
from assistant.content.triage import Level  # noqa: E402
from assistant.dialogue.effects import Advise, Say  # noqa: E402
from assistant.dialogue.events import (  # noqa: E402
    DeadlinePassed,
    Event,
    Heard,
    NotUnderstood,
    PromptSpoken,
)
from assistant.dialogue.session import Session, Triaging  # noqa: E402
from assistant.dialogue.step import step  # noqa: E402
from assistant.hearing.models import find_model  # noqa: E402
from assistant.hearing.recogniser import RATE, WHOLE, Recogniser  # noqa: E402
from assistant.settings import Settings  # noqa: E402
from assistant.sound import wav  # noqa: E402
from assistant.sound.clip import Samples  # noqa: E402
from assistant.sound.mix import in_a_quiet_room, with_noise  # noqa: E402

WORDINGS = ROOT / "tests" / "dialogue" / "danger_wordings.yaml"
SIGNS = ("R2", "R3", "R4", "R5", "R6", "X1", "X2", "X3", "X4", "X5", "X6")
SNRS_DB = (20, 10, 5)
ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-029")
VARIANTS = ("", "+m3", "+m7", "+f2", "+f3", "+f5")
YES = ("yes", "yeah", "yes i do", "not sure", "maybe", "i think so", "sort of", "a little bit")
NO = ("no", "nope", "no i don't", "no there is not", "none of those", "not at all", "nah")
ATTEMPTS = 5
REACTION_S = 0.6
ENDPOINT_S = 0.3
WORDS_A_SECOND = 165 / 60


@dataclass(frozen=True)
class Speaker:
    """One synthetic voice."""

    voice: str
    pitch: int
    words_per_minute: int

    def speak(self, text: str) -> Samples:
        """The words in this voice."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            settings = ["-v", self.voice, "-p", str(self.pitch), "-s", str(self.words_per_minute)]
            subprocess.run(["espeak-ng", *settings, "-w", str(path), text], check=True)
            return wav.read(path, RATE)


@dataclass
class Run:
    """What became of one patient."""

    sign: str
    snr_db: int
    speaker: Speaker
    level: str = "none"
    turns: int = 0
    seconds: float = 0.0
    misheard: int = 0
    """Utterances that were understood as something else than they meant."""
    unheard: int = 0
    """Utterances of which nothing was understood."""
    heard: tuple[tuple[str, str], ...] = ()
    """What was said, and what the recogniser made of it, where they differ."""


class Clinic:
    """Recogniser, matcher and content, shared by all runs."""

    def __init__(self, noises: Sequence[Samples]) -> None:
        self.knowledge = know(Settings())
        self.recogniser = Recogniser(find_model(), self.knowledge.sentences, endpointing=WHOLE)
        self.noises = noises
        self.wordings: dict[str, list[str]] = yaml.safe_load(WORDINGS.read_text())

    def see(self, run: Run, chance: random.Random) -> Run:
        """Let a patient talk until a level is reached, or nobody answers."""
        patient = _Patient(self, run, chance)
        attempts = 0
        while run.level == "none" and attempts < ATTEMPTS:
            before = patient.session.mode
            patient.utter()
            attempts = 0 if patient.session.mode != before else attempts + 1
        return run

    def hear(self, run: Run, text: str, chance: random.Random) -> tuple[str, float]:
        """What the recogniser makes of a text, and how long it took to say."""
        speech = in_a_quiet_room(run.speaker.speak(text), RATE)
        noise = chance.choice(self.noises)
        mixed = with_noise(speech, noise, run.snr_db, chance.randrange(len(noise)))
        pcm = wav.to_pcm(mixed)
        finals = [it.text for it in self.recogniser.feed(pcm) if hasattr(it, "advance") is False]
        finals.append(self.recogniser.finish().text)
        return " ".join(text for text in finals if text), len(speech) / RATE


class _Patient:
    def __init__(self, clinic: Clinic, run: Run, chance: random.Random) -> None:
        self.clinic, self.run, self.chance = clinic, run, chance
        self.session = Session(clinic.knowledge.content)
        self.names_it = run.sign != "none" and chance.random() < 0.5

    def utter(self) -> None:
        """Say the next thing and let the coach reply."""
        text, meant = self.next_line()
        heard, seconds = self.clinic.hear(self.run, text, self.chance)
        event = self.understood(heard)
        self.run.turns += 1
        self.run.seconds += seconds + ENDPOINT_S
        if event is None:
            self.run.unheard += 1
        elif not meant(event):
            self.run.misheard += 1
            self.run.heard += ((text, heard),)
        if event is not None:
            self.post(event)
        elif "answer" in self.session.deadlines:
            self.run.seconds += self.clinic.knowledge.content.triage.answer_within_s
            self.post(DeadlinePassed("answer"))

    def next_line(self) -> tuple[str, Callable[[Event], bool]]:
        mode, sign = self.session.mode, self.run.sign
        wordings = self.clinic.wordings
        if isinstance(mode, Triaging):
            asked = self.clinic.knowledge.content.triage.questions[mode.question].signs
            if sign not in asked and not (asked == ("ANY",) and sign != "none"):
                return self.chance.choice(NO), _means("No")
            if self.names_it and sign in asked:
                return self.chance.choice(wordings[sign]), _means("Danger")
            return self.chance.choice(YES), _means("Yes", "NotSure")
        if self.names_it:
            return self.chance.choice(wordings[sign]), _means("Danger")
        return self.chance.choice(wordings["BACK"]), _means("MyBackHurts")

    def understood(self, heard: str) -> Event | None:
        if not heard:
            return None
        match = self.clinic.knowledge.matcher.match(heard)
        return Heard(match.intent, match.slots, heard) if match else NotUnderstood(heard)

    def post(self, event: Event) -> None:
        """Let something happen, and listen to what the coach says about it."""
        self.session, effects = step(self.session, event, self.run.seconds)
        levels = [it.level for it in effects if isinstance(it, Advise)]
        if levels:
            self.run.level = levels[-1].value
            return
        words = sum(len(it.text.split()) for it in effects if isinstance(it, Say))
        self.run.seconds += words / WORDS_A_SECOND + REACTION_S
        spoken = PromptSpoken(self.session.tickets)
        self.session, _ = step(self.session, spoken, self.run.seconds)


def _means(*intents: str) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, Heard) and event.intent in intents


def gym_noises(folder: Path | None) -> list[Samples]:
    """Noise to mix in: the files of a folder, or babble, fans and clanks made here."""
    if folder is not None:
        paths = sorted(it for it in folder.rglob("*") if it.suffix in {".wav", ".ogg", ".flac"})
        return [noise for path in paths if np.any(noise := wav.read(path, RATE))]
    random_source = np.random.default_rng(5)
    white = random_source.standard_normal(20 * RATE).astype(np.float32)
    fans = np.convolve(white, np.full(16, 1 / 16, np.float32), mode="same")
    talk = "and then he told me that they had moved the whole thing to another place last summer"
    voices = [Speaker(f"{a}{v}", 50, 170).speak(talk) for a in ACCENTS[:3] for v in VARIANTS[:4]]
    babble = sum(np.resize(np.roll(voice, 4000 * n), 20 * RATE) for n, voice in enumerate(voices))
    clanks = 0.3 * fans
    ring = np.exp(-np.arange(RATE // 2) / 1500) * np.sin(np.arange(RATE // 2) * 1.1)
    for at in random_source.integers(0, 19 * RATE, 25):
        clanks[at : at + len(ring)] += (2.0 * ring).astype(np.float32)
    return [fans, np.asarray(babble, np.float32), clanks]


def upper_bound(failures: int, runs: int) -> float:
    """Exact one-sided 95 % upper bound of a proportion."""
    low, high = failures / runs, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        logs = (
            math.lgamma(runs + 1) - math.lgamma(k + 1) - math.lgamma(runs - k + 1)
            + k * math.log(middle) + (runs - k) * math.log1p(-middle)
            for k in range(failures + 1)
        )  # fmt: skip
        low, high = (middle, high) if sum(map(math.exp, logs)) > 0.05 else (low, middle)
    return high


def report(runs: Sequence[Run], name: str) -> dict[str, Any]:
    """The figures of a group of emergency runs."""
    under = [run for run in runs if run.level != Level.EMERGENCY]
    safe = [run for run in runs if run not in under]
    misheard = [run for run in safe if run.misheard or run.unheard]
    seconds = sorted(run.seconds for run in safe)
    turns = sorted(run.turns for run in safe)
    figures = {
        "runs": len(runs),
        "under_triaged": len(under),
        "upper_95": round(upper_bound(len(under), len(runs)), 4),
        "by_level": dict(Counter(run.level for run in under)),
        "misheard_but_safe": len(misheard),
        "median_turns": turns[len(turns) // 2],
        "median_s": round(seconds[len(seconds) // 2], 1),
        "p95_s": round(seconds[int(len(seconds) * 0.95)], 1),
    }
    print(f"{name:<10}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=330, help="emergency runs")
    parser.add_argument("--healthy", type=int, default=30, help="runs without any sign")
    parser.add_argument("--noise", type=Path, help="folder with noise; default: made here")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write every run")
    args = parser.parse_args()
    chance = random.Random(args.seed)  # noqa: S311  (draws patients, no secrets)
    clinic = Clinic(gym_noises(args.noise))
    started = time.perf_counter()

    def patient(number: int, sign: str) -> Run:
        voice = chance.choice(ACCENTS) + chance.choice(VARIANTS)
        speaker = Speaker(voice, chance.randint(25, 75), chance.randint(130, 200))
        return clinic.see(Run(sign, SNRS_DB[number % len(SNRS_DB)], speaker), chance)

    ill = [patient(n, SIGNS[n // len(SNRS_DB) % len(SIGNS)]) for n in range(args.runs)]
    figures = {"all": report(ill, "all")}
    for snr in SNRS_DB:
        figures[f"{snr} dB"] = report([run for run in ill if run.snr_db == snr], f"{snr} dB")
    for run in ill:
        if run.level != Level.EMERGENCY:
            print("  UNDER", run.sign, run.snr_db, run.speaker.voice, run.level, run.heard)
    healthy = [patient(n, "none") for n in range(args.healthy)]
    levels = Counter(run.level for run in healthy)
    print(f"without any sign: {dict(levels)}: over-triage "
          f"{len(healthy) - levels[Level.SELF_CARE]} of {len(healthy)}")  # fmt: skip
    print(f"{time.perf_counter() - started:.0f} s")
    if args.json:
        everything = {"figures": figures, "runs": [asdict(run) for run in (*ill, *healthy)]}
        args.json.write_text(json.dumps(everything, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
