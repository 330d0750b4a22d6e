#!/usr/bin/env python3
"""Hours of use in minutes, with the real recogniser and synthesiser: does anything grow?

    scripts/soak.py [--hours 8] [--warm-up 1] [--noisy-hour 5]

Sessions of a quarter of an hour are played on virtual time: a person, whose lines are synthesised
and spoken into a simulated room, asks questions, does sets, is misunderstood, stops. All of their
sound is heard, silence too. For as long as a session nobody is there; that silence is skipped. One
hour has no such pause, and the room is full of noise and of other people's talk, at times louder
than the person. One line a simulated hour: memory, its least, median and most in that hour,
threads, open files. While people talk on, what they say takes some 14 MB in each recogniser that
are given back when they pause: those are in the most, and at some moments; what leaks is in the
least and in the median. At the end: how much each has grown after the warm-up.
"""

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.app.aloud import aloud  # noqa: E402  (the path comes first)
from assistant.app.health import memory_bytes, open_files  # noqa: E402
from assistant.app.knowledge import know  # noqa: E402
from assistant.app.rehearsal import Rehearsal  # noqa: E402
from assistant.app.stage import Stage  # noqa: E402
from assistant.dialogue.events import Event  # noqa: E402
from assistant.runtime.clock import SystemClock  # noqa: E402
from assistant.runtime.scenario import Advance, Scenario, ScriptStep, Speak  # noqa: E402
from assistant.runtime.timeline import Kind, Record  # noqa: E402
from assistant.runtime.world import Ears  # noqa: E402
from assistant.settings import Settings  # noqa: E402
from assistant.sound.clip import Samples  # noqa: E402
from scripts.hearing.noises import noises  # noqa: E402

LINES = (
    "start checklist",
    "yes",
    "no",
    "what can I say",
    "start set of three",
    "how deep should I go",
    "start set of two",
    "purple elephants dance tonight",
    "what weight next",
    "my back hurts",
    "stop",
    "louder",
    "quieter",
)
LINE_EVERY_S = 45.0
SESSION_S = 900.0
NOISE_GAIN = 0.5
"""At the loudspeaker; the room passes on a third of it."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of time, in hours since the start."""

    begins: float
    ends: float


class NoisyEars:
    """Ears in a room where for some time it is loud; the noise comes from beside the speaker."""

    def __init__(
        self, ears: Ears, noise: Samples, loud: Hours, on_block: Callable[[], None]
    ) -> None:
        self._ears, self._noise, self._loud, self._on_block = ears, noise, loud, on_block
        self._place = 0
        self.spoken = ears.spoken

    @property
    def is_busy(self) -> bool:
        """Whether the person is speaking."""
        return self._ears.is_busy

    def listen_to(self, text: str) -> list[Event]:
        """The person begins to say this."""
        return self._ears.listen_to(text)

    def hear(self, played: Samples, now: float) -> list[Event]:
        """What is understood of all that sounds."""
        around = played
        if self._loud.begins <= now / 3600 < self._loud.ends:
            place = range(self._place, self._place + len(played))
            around = played + np.take(self._noise, place, mode="wrap")
            self._place = place.stop
        heard = self._ears.hear(around, now)
        self.spoken = self._ears.spoken
        self._on_block()
        return heard


@dataclass(frozen=True, slots=True)
class Memory:
    """What the process holds, in MB, and what it held in the last hour."""

    now: float
    least: float
    median: float
    most: float

    def since(self, then: "Memory") -> str:
        """How much each has grown."""
        grown = np.subtract(astuple(self), astuple(then))
        return "{:+.1f} MB (least {:+.1f}, median {:+.1f}, most {:+.1f})".format(*grown)


class Watch:
    """Prints how the process is, once a simulated hour."""

    def __init__(self, warm_up_h: float) -> None:
        self.heard = 0
        self.base: Memory | None = None
        self._warm_up_h = warm_up_h
        self._next_h = 0.0
        self._samples_mb: list[float] = []

    def sample(self) -> None:
        """Look at the memory."""
        self._samples_mb.append(memory_bytes() / 1e6)

    def observe(self, record: Record) -> None:
        """Take a record of the rehearsal."""
        self.heard += record.kind is Kind.HEARD
        hours = record.at / 3600
        if hours < self._next_h:
            return
        self._next_h += min(1.0, self._warm_up_h)
        memory = self.show(hours)
        if self.base is None or hours <= self._warm_up_h + 0.1:
            self.base = memory

    def show(self, hours: float) -> Memory:
        """Print one line."""
        self.sample()
        memory = Memory(self._samples_mb[-1], *np.percentile(self._samples_mb, (0, 50, 100)))
        self._samples_mb = []
        print(
            f"{hours:6.2f} h  {memory.now:6.1f} MB"
            f" ({memory.least:.1f}, {memory.median:.1f}, {memory.most:.1f})"
            f"  {threading.active_count()} threads  {open_files()} files"
            f"  {self.heard} times something was heard",
            flush=True,
        )
        return memory


def steps(hours: float, loud: Hours) -> Iterator[ScriptStep]:
    """Lines for so long, whether or not the coach has finished with the last one, and pauses."""
    lines = cycle(LINES)
    for number in range(round(hours * 3600 / SESSION_S)):
        begins_s = number * SESSION_S
        if number % 2 and not loud.begins <= begins_s / 3600 < loud.ends:
            yield ScriptStep(Advance(SESSION_S), at=begins_s)
            continue
        for line in range(round(SESSION_S / LINE_EVERY_S)):
            yield ScriptStep(Speak(next(lines)), at=begins_s + (line + 0.5) * LINE_EVERY_S)


def noise() -> Samples:
    """Hiss, babble and music, over and over."""
    kinds = [sound / max(float(np.abs(sound).max()), 1e-6) for sound in noises(None).values()]
    return (NOISE_GAIN * np.concatenate(kinds)).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--warm-up", type=float, default=1.0, help="hours before growth counts")
    parser.add_argument("--noisy-hour", type=float, default=5.0, help="the first hour is hour 1")
    args = parser.parse_args()
    settings, clock, loud = Settings(), SystemClock(), Hours(args.noisy_hour - 1, args.noisy_hour)
    watch, sound = Watch(args.warm_up), noise()
    rehearsal = Rehearsal(know(settings), settings, watch.observe)
    began = clock.monotonic()
    script = tuple(steps(args.hours, loud))
    with aloud(rehearsal, ears=True) as spoken:
        in_quiet = spoken.ears
        assert in_quiet is not None

        def ears(stage: Stage, expected: Callable[[], frozenset[str]]) -> NoisyEars:
            return NoisyEars(in_quiet(stage, expected), sound, loud, watch.sample)

        # With a tape, even one that keeps nothing, no silence is skipped.
        replace(spoken, ears=ears, tape=lambda _: None).play(
            Scenario(script, start=datetime(2026, 1, 5, 9, tzinfo=UTC))
        )
        last = watch.show(args.hours)
    took_s = clock.monotonic() - began
    grown = last.since(watch.base or last)
    print(f"{args.hours:g} h in {took_s:.0f} s: {grown} after {args.warm_up:g} h")
    return 0


if __name__ == "__main__":
    sys.exit(main())
