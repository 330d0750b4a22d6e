#!/usr/bin/env python3
"""Hours of use in minutes, with the real recogniser and synthesiser: does anything grow?

    scripts/soak.py [--hours 8] [--warm-up 1]

Sessions are played one after another on virtual time: a person, whose lines are synthesised and
spoken into a simulated room, asks questions, does sets, is misunderstood, stops. Between them the
coach waits for as long as people rest; that silence is skipped, not decoded. One line a simulated
hour: memory, threads, open files. At the end: how much memory has grown after the warm-up.
"""

import argparse
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from assistant.app.aloud import aloud
from assistant.app.health import memory_bytes, open_files
from assistant.app.knowledge import know
from assistant.app.rehearsal import Rehearsal
from assistant.runtime.clock import SystemClock
from assistant.runtime.scenario import Advance, Scenario, ScriptStep, Speak
from assistant.runtime.timeline import Kind, Record
from assistant.settings import Settings

LINES = (
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
IDLE_S = 240.0
"""Nothing is said for so long after each line."""


def steps(hours: float) -> Iterator[ScriptStep]:
    """Lines and silences that take about so long."""
    for number in range(round(hours * 3600 / (IDLE_S + 20))):
        yield ScriptStep(Speak(LINES[number % len(LINES)]))
        yield ScriptStep(Advance(IDLE_S))


class Watch:
    """Prints how the process is, once a simulated hour."""

    def __init__(self, warm_up_h: float) -> None:
        self.heard = 0
        self.base_mb = 0.0
        self.last_mb = 0.0
        self._warm_up_h = warm_up_h
        self._next_h = 0.0

    def observe(self, record: Record) -> None:
        """Take a record of the rehearsal."""
        self.heard += record.kind is Kind.HEARD
        hours = record.at / 3600
        if hours < self._next_h:
            return
        self._next_h += min(1.0, self._warm_up_h)
        self.last_mb = memory_bytes() / 1e6
        if hours <= self._warm_up_h or not self.base_mb:
            self.base_mb = self.last_mb
        print(
            f"{hours:6.2f} h  {self.last_mb:7.1f} MB  {threading.active_count()} threads"
            f"  {open_files()} files  {self.heard} understood or not",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--warm-up", type=float, default=1.0, help="hours before growth counts")
    args = parser.parse_args()
    settings, clock = Settings(), SystemClock()
    watch = Watch(args.warm_up)
    rehearsal = Rehearsal(know(settings), settings, watch.observe)
    began = clock.monotonic()
    scenario = Scenario(tuple(steps(args.hours)), start=datetime(2026, 1, 5, 9, tzinfo=UTC))
    with aloud(rehearsal, ears=True) as spoken:
        spoken.play(scenario)
    watch.last_mb = memory_bytes() / 1e6
    grown_mb, took_s = watch.last_mb - watch.base_mb, clock.monotonic() - began
    print(f"{args.hours:g} h in {took_s:.0f} s: {grown_mb:+.1f} MB after {args.warm_up:g} h")
    return 0


if __name__ == "__main__":
    sys.exit(main())
