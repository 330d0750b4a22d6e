#!/usr/bin/env python3
"""Whether the coach hears people, and not itself, while it speaks and counts.

In simulated rooms the coach says everything it has to say, and counts sets, through its own ear.
First people shout "stop" and danger sentences into that, as loud as its echo and up to 10 dB
softer; then it talks on alone for hours, and nothing may happen. Time is the sound's own, so two
hours take some minutes.

    scripts/bench_barge_in.py --quick
    scripts/bench_barge_in.py --hours 2 --corpus DIR     # with measured rooms as well

The people are espeak-ng voices that are not the coach's. DIR holds ``rooms/**/*.flac``, impulse
responses at 16 kHz.
"""

import argparse
import itertools
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant import paths
from assistant.app.knowledge import Knowledge, know
from assistant.complaint import Complaint
from assistant.content.loader import ENGLISH
from assistant.dialogue.events import Heard
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity
from assistant.dialogue.tempo import parse_tempo
from assistant.hearing.ear import HARMLESS, Ear
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.models import find_model
from assistant.hearing.own_voice import OwnVoice
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.hearing.reference import Reference
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import load_sentences
from assistant.settings import Settings, load_settings
from assistant.sound.clip import Samples
from assistant.sound.room import carried, impulse_response
from assistant.sound.wav import read
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.render import render
from assistant.speaking.synthesiser import Synthesiser

BLOCK = RATE // 50
ECHO_LEVEL = 0.1
"""Effective amplitude of the echo at the microphone."""
NOISE_LEVEL = 0.002
ECHO_DELAY_S = 0.06
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
FIRST_S, EVERY_S, PATIENCE_S = 12.0, 4.0, 2.5
"""The coach speaks alone at first, as it does when it greets."""
GAP_S = 0.5


@dataclass(slots=True)
class Cry:
    """Something a person calls out."""

    match: Match
    starts_s: float
    ends_s: float
    cut_s: float | None = None
    """When the coach was cut, if it was."""
    is_understood: bool = False


@dataclass(slots=True)
class Scene:
    """What sounds in a room, and what becomes of it."""

    played: Samples
    is_speech: bool
    heard: Samples
    cries: list[Cry] = field(default_factory=list)
    triggers: list[tuple[float, str]] = field(default_factory=list)
    """Urgent things nobody said."""


class Coach:
    """Its sound and its ear."""

    def __init__(self, settings: Settings, knowledge: Knowledge, clips: ClipStore) -> None:
        self.settings, self.knowledge, self.clips = settings, knowledge, clips
        self.recogniser = Recogniser(find_model(settings.hearing.model), knowledge.sentences)
        self.sound_alikes = Matcher(load_sentences(ENGLISH / "sound_alikes"))

    def prompts(self) -> list[Samples]:
        """Everything it may say."""
        content = self.knowledge.content
        texts = [
            *(text for point in content.checklist.points for text in (point.ask, point.fix)),
            *(re.sub(r"\{\w+\}", "three", text) for text in content.prompts.values()),
            *(question.ask for question in content.triage.questions),
            *(answer.says for answer in content.answers.values()),
        ]
        pace = self.settings.speaking.words_per_minute
        return [self.clips.clip(text, pace).samples for text in dict.fromkeys(texts)]

    def cadences(self) -> list[Samples]:
        """Sets, counted in different ways."""
        training = self.knowledge.content.training
        pace = self.settings.speaking.words_per_minute
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
                self.clips,
                pace,
            ).samples
            for tempo in ("3-1-2-1", "2-0-2-0", "4-2-1-1")
            for verbosity in Verbosity
        ]

    def listen(self, scene: Scene) -> None:
        """Put a scene through the ear."""
        self.recogniser.reset()
        reference = Reference(RATE)
        cuts: list[float] = []
        now = 0.0
        audible = np.abs(scene.played).reshape(-1, BLOCK).max(axis=1) > 1e-3
        ear = Ear(
            self.recogniser,
            self.knowledge.matcher,
            gauge=Gauge(RATE),
            guard=Guard(settle_s=self.settings.hearing.settle_s),
            sounding=lambda: sounding,
            reflex=lambda: cuts.append(now),
            own_voice=OwnVoice(reference),
            sound_alikes=self.sound_alikes,
        )
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
                    _note(scene, event, now)
            cuts.clear()


def _note(scene: Scene, event: Heard, now: float) -> None:
    cry = next((c for c in scene.cries if c.starts_s < now < c.ends_s + PATIENCE_S), None)
    if cry is None:
        scene.triggers.append((now, event.text))
        return
    cry.cut_s = now if cry.cut_s is None else cry.cut_s
    wanted = (cry.match.intent, dict(cry.match.slots))
    cry.is_understood |= (event.intent, dict(event.slots)) == wanted


@dataclass(frozen=True, slots=True)
class Hall:
    """Where a scene is played."""

    name: str
    to_speaker: Samples
    to_person: Samples


def simulated(rt60_s: float, seed: int) -> Hall:
    return Hall(
        f"RT60 {rt60_s:.1f} s",
        impulse_response(rt60_s, RATE, 2 * seed),
        impulse_response(rt60_s, RATE, 2 * seed + 1),
    )


def measured(folder: Path) -> Iterator[Hall]:
    """Rooms of the corpus; the person stands elsewhere, so hears the next one's reflections."""
    files = sorted((folder / "rooms").rglob("*.flac"))
    if not files:
        raise Complaint(f"{folder}: there are no rooms/**/*.flac in it.")
    for path in files[:: max(1, len(files) // 6)]:
        response = read(path, RATE)
        response = response[int(np.argmax(np.abs(response))) :][: 2 * RATE]
        response = response / np.float32(np.sqrt(np.sum(response**2)))
        yield Hall(path.stem[:24], response, response)


def scene_of(
    own: list[Samples], hall: Hall, calls: list[tuple[Match, Samples]], over_db: float, seed: int
) -> Scene:
    """The coach's sounds one after another in a hall, and people who call into that."""
    seconds = FIRST_S + EVERY_S * len(calls) + PATIENCE_S
    order = itertools.cycle(np.random.default_rng(seed).permutation(len(own)))
    parts: list[Samples] = []
    while not calls and len(parts) < 2 * len(own):
        parts += [own[next(order)], np.zeros(round(GAP_S * RATE), np.float32)]
    while calls and sum(map(len, parts)) < seconds * RATE:
        parts += [own[next(order)], np.zeros(round(GAP_S * RATE), np.float32)]
    line = np.concatenate(parts)
    played = np.pad(line, (0, -len(line) % BLOCK))
    late = np.zeros(round(ECHO_DELAY_S * RATE), np.float32)
    echo = carried(played, np.concatenate((late, hall.to_speaker)))
    echo *= np.float32(ECHO_LEVEL / _level(echo))
    person = np.zeros_like(played)
    cries = []
    for number, (match, voice) in enumerate(calls):
        first = round((FIRST_S + EVERY_S * number) * RATE)
        loud = np.float32(ECHO_LEVEL * 10 ** (-over_db / 20) / _level(voice))
        person[first : first + len(voice)] += voice * loud
        cries.append(Cry(match, first / RATE, (first + len(voice)) / RATE))
    noise = np.random.default_rng(seed).normal(0, NOISE_LEVEL, len(played))
    heard = echo + carried(person, hall.to_person) + noise.astype(np.float32)
    return Scene(played, True, heard, cries)


def _level(sound: Samples) -> float:
    """Effective amplitude of the parts that are not silent."""
    loud = sound[np.abs(sound) > 0.05 * np.max(np.abs(sound))]
    return float(np.sqrt(np.mean(loud**2)))


def calls_for(
    texts: tuple[str, ...], coach: Coach, number: int, seed: int
) -> list[tuple[Match, Samples]]:
    chosen = list(itertools.product(texts, VOICES, PACES))
    order = np.random.default_rng(seed).permutation(len(chosen))[:number]
    folder = paths.cache_folder()
    calls = []
    for voice in VOICES:
        with Synthesiser(voice) as synthesiser:
            clips = ClipStore(synthesiser, RATE, folder and folder / "clips")
            for text, _, pace in (chosen[i] for i in order if chosen[i][1] == voice):
                match = coach.knowledge.matcher.match(text)
                assert match is not None, text
                calls.append((match, clips.clip(text, pace).samples))
    return calls


def catch(coach: Coach, halls: list[Hall], number: int) -> bool:
    """Whether enough calls are caught, with a table of how many."""
    table = Table(title="called into the coach's own sound", box=None)
    for name in (
        "room",
        "echo over person",
        "coach",
        "stop caught",
        "danger caught",
        "understood",
        "stop to silence p50 / p95",
        "danger p95",
        "self-triggers",
    ):
        table.add_column(name)
    totals = {True: [0, 0], False: [0, 0]}
    delays: list[float] = []
    triggers = 0
    for (at, hall), over_db, is_speech in itertools.product(
        enumerate(halls), (0.0, 5.0, 10.0), (True, False)
    ):
        seed = 100 * at + int(over_db)
        calls = calls_for(STOPS, coach, number, seed) + calls_for(DANGERS, coach, number, seed)
        calls = [calls[i] for i in np.random.default_rng(seed).permutation(len(calls))]
        own = coach.prompts() if is_speech else coach.cadences()
        scene = replace(scene_of(own, hall, calls, over_db, seed), is_speech=is_speech)
        coach.listen(scene)
        row = _Row(scene.cries)
        for is_stop, cries in row.kinds.items():
            totals[is_stop][0] += sum(c.cut_s is not None for c in cries)
            totals[is_stop][1] += len(cries)
        delays += row.delays_s(is_stop=True)
        triggers += len(scene.triggers)
        table.add_row(
            hall.name,
            f"{over_db:+.0f} dB",
            "speaks" if is_speech else "counts",
            *row.cells(),
            str(len(scene.triggers)),
        )
        print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    console = Console(width=150)
    console.print(table)
    rates = {is_stop: got / of for is_stop, (got, of) in totals.items()}
    p95_s = float(np.percentile(delays, 95)) if delays else float("nan")
    console.print(
        f"stop {rates[True]:.1%} of {totals[True][1]}, danger {rates[False]:.1%} of"
        f" {totals[False][1]} (goal 98 %); stop to silence p95 {p95_s * 1000:.0f} ms (goal 300);"
        f" self-triggers {triggers}"
    )
    return min(rates.values()) >= 0.98 and p95_s <= 0.3 and triggers == 0


@dataclass(frozen=True, slots=True)
class _Row:
    cries: list[Cry]

    @property
    def kinds(self) -> dict[bool, list[Cry]]:
        kinds: dict[bool, list[Cry]] = {True: [], False: []}
        for cry in self.cries:
            kinds[cry.match.intent in HARMLESS].append(cry)
        return kinds

    def delays_s(self, *, is_stop: bool) -> list[float]:
        return [c.cut_s - c.ends_s for c in self.kinds[is_stop] if c.cut_s is not None]

    def cells(self) -> list[str]:
        stops, dangers = self.kinds[True], self.kinds[False]
        quick, slow = self.delays_s(is_stop=True), self.delays_s(is_stop=False)
        return [
            *(
                f"{sum(c.cut_s is not None for c in cries)}/{len(cries)}"
                for cries in (stops, dangers)
            ),
            f"{sum(c.is_understood for c in dangers)}/{len(dangers)}",
            " / ".join(f"{np.percentile(quick, q) * 1000:.0f}" for q in (50, 95)) + " ms"
            if quick
            else "-",
            f"{np.percentile(slow, 95) * 1000:.0f} ms" if slow else "-",
        ]


def alone(coach: Coach, halls: list[Hall], hours: float) -> bool:
    """Whether the coach leaves itself alone for so long."""
    passed_s, triggers, rounds = 0.0, [], itertools.count()
    for number in rounds:
        if passed_s >= hours * 3600:
            break
        hall = halls[number % len(halls)]
        is_speech = number % 3 < 2
        own = coach.prompts() if is_speech else coach.cadences()
        scene = replace(scene_of(own, hall, [], 0.0, number), is_speech=is_speech)
        rest = max(BLOCK, round((hours * 3600 - passed_s) * RATE) // BLOCK * BLOCK)
        scene.played, scene.heard = scene.played[:rest], scene.heard[:rest]
        coach.listen(scene)
        passed_s += len(scene.played) / RATE
        triggers += [(hall.name, f"{at:.1f} s", text) for at, text in scene.triggers]
        print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    print(f"alone for {passed_s / 3600:.2f} h: {len(triggers)} self-triggers (goal 0)")
    for trigger in triggers:
        print("   ", *trigger)
    return not triggers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few minutes")
    parser.add_argument("--hours", type=float, default=2.0, help="how long it talks alone")
    parser.add_argument("--calls", type=int, default=20, help="of each kind in each scene")
    parser.add_argument("--corpus", type=Path, help="folder with measured rooms")
    parser.add_argument("--only", choices=("catch", "alone"))
    args = parser.parse_args()
    settings = load_settings(None, os.environ)
    halls = [simulated(rt60_s, seed) for seed, rt60_s in enumerate((0.3, 0.8, 1.5), 1)]
    if args.corpus:
        halls += measured(args.corpus)
    folder = paths.cache_folder()
    hours, number = (0.2, 6) if args.quick else (args.hours, args.calls)
    with Synthesiser(settings.speaking.voice) as synthesiser:
        clips = ClipStore(synthesiser, RATE, folder and folder / "clips")
        coach = Coach(settings, know(settings), clips)
        good = [
            args.only == "alone" or catch(coach, halls, number),
            args.only == "catch" or alone(coach, halls, hours),
        ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Complaint as complaint:
        raise SystemExit(str(complaint)) from complaint
