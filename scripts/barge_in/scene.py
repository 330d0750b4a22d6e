"""What sounds in a room while the coach speaks or counts, and what becomes of it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.complaint import Complaint
from assistant.dialogue.events import Heard
from assistant.hearing.recogniser import RATE
from assistant.language.matcher import Match
from assistant.sound.clip import Samples
from assistant.sound.room import carried, impulse_response
from assistant.sound.wav import read

BLOCK = RATE // 50
ECHO_LEVEL = 0.1
"""Effective amplitude of the echo at the microphone."""
NOISE_LEVEL = 0.002
ECHO_DELAY_S = 0.06
FIRST_S, EVERY_S, PATIENCE_S = 12.0, 4.0, 2.5
"""The coach speaks alone at first, as it does when it greets."""
GAP_S = 0.5
_MOST_MEASURED = 6


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
    """Whether the coach speaks; else it counts."""
    heard: Samples
    cries: list[Cry] = field(default_factory=list)
    triggers: list[tuple[float, str]] = field(default_factory=list)
    """Urgent things nobody said."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.played) / RATE

    def note(self, heard: Heard, now: float) -> None:
        """Put down that the ear has acted on something urgent."""
        cry = next((c for c in self.cries if c.starts_s < now < c.ends_s + PATIENCE_S), None)
        if cry is None:
            self.triggers.append((now, heard.text))
            return
        cry.cut_s = now if cry.cut_s is None else cry.cut_s
        understood = (heard.intent, dict(heard.slots))
        cry.is_understood |= understood == (cry.match.intent, dict(cry.match.slots))

    def told(self) -> "Scene":
        """The same without its sound, of which only the length is kept: it is heavy to send."""
        silence = np.broadcast_to(np.float32(0), len(self.played))
        return Scene(silence, self.is_speech, silence, self.cries, self.triggers)


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
    """Rooms of the corpus, a few of them; coach and person stand at the same place."""
    files = sorted((folder / "rooms").rglob("*.flac"))
    if not files:
        raise Complaint(f"{folder}: there are no rooms/**/*.flac in it.")
    for path in files[:: max(1, len(files) // _MOST_MEASURED)]:
        response = read(path, RATE)
        response = response[int(np.argmax(np.abs(response))) :][: 2 * RATE]
        response = response / np.float32(np.sqrt(np.sum(response**2)))
        yield Hall(path.stem[:24], response, response)


def scene_of(
    own: list[Samples],
    hall: Hall,
    calls: list[tuple[Match, Samples]],
    seed: int,
    *,
    over_db: float = 0.0,
    alone_s: float = 0.0,
) -> Scene:
    """The coach's sounds one after another in a hall, and people who call into that.

    Args:
        own: sounds to choose from.
        hall: where they sound.
        calls: what people call, and how that sounds.
        seed: of the order and the noise.
        over_db: how much louder the echo is than the people.
        alone_s: how long it lasts when nobody calls.
    """
    seconds = FIRST_S + EVERY_S * len(calls) + PATIENCE_S if calls else alone_s
    line = _own_sounds(own, seconds, seed)
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


def _own_sounds(own: list[Samples], seconds: float, seed: int) -> Samples:
    """The coach's sounds in any order for so long."""
    order = itertools.cycle(np.random.default_rng(seed).permutation(len(own)))
    parts: list[Samples] = []
    frames = round(seconds * RATE)
    while sum(map(len, parts)) < frames:
        parts += [own[next(order)], np.zeros(round(GAP_S * RATE), np.float32)]
    return np.concatenate(parts)[:frames]


def _level(sound: Samples) -> float:
    """Effective amplitude of the parts that are not silent."""
    loud = sound[np.abs(sound) > 0.05 * np.max(np.abs(sound))]
    return float(np.sqrt(np.mean(loud**2)))
