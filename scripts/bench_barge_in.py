#!/usr/bin/env python3
"""Whether the coach hears people, and not itself, while it speaks and counts.

In simulated rooms the coach says everything it has to say, and counts sets, through its own ear.
First people shout "stop" and danger sentences into that, as loud as its echo and up to 10 dB
softer; then it talks on alone for hours, and nothing may happen. Time is the sound's own, so two
hours take some minutes on all cores.

    scripts/bench_barge_in.py --quick
    scripts/bench_barge_in.py --hours 2 --corpus DIR     # with measured rooms as well

The people are espeak-ng voices that are not the coach's. DIR holds ``rooms/**/*.flac``, impulse
responses at 16 kHz. "Stop to silence" ends where the mixer is cut; what the sound card takes on top
of that, ``scripts/bench_latency.py`` measures.
"""

import argparse
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console

from assistant.complaint import Complaint
from scripts.barge_in.crew import Task, played
from scripts.barge_in.scene import Hall, measured, simulated
from scripts.barge_in.tables import alone_table, caught_table

SCENE_S = 600.0
"""Longer scenes would leave cores idle at the end."""


def catching(halls: list[Hall], calls: int) -> list[Task]:
    """People call into everything, in every hall, at every level."""
    return [
        Task(hall, is_speech, 100 * at + int(over_db), over_db, calls)
        for (at, hall), over_db, is_speech in itertools.product(
            enumerate(halls), (0.0, 5.0, 10.0), (True, False)
        )
    ]


def alone(halls: list[Hall], hours: float) -> Iterator[Task]:
    """The coach talks to itself, two thirds of the time, and counts."""
    left_s = hours * 3600
    for number in itertools.count():
        if left_s <= 0:
            return
        seconds = min(SCENE_S, left_s)
        yield Task(halls[number % len(halls)], number % 4 < 3, number, alone_s=seconds)
        left_s -= seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a few minutes")
    parser.add_argument("--hours", type=float, default=2.0, help="how long it talks alone")
    parser.add_argument("--calls", type=int, default=20, help="of each kind in each scene")
    parser.add_argument("--corpus", type=Path, help="folder with measured rooms")
    parser.add_argument("--only", choices=("catch", "alone"))
    args = parser.parse_args()
    halls = [simulated(rt60_s, seed) for seed, rt60_s in enumerate((0.3, 0.8, 1.5), 1)]
    if args.corpus:
        halls += measured(args.corpus)
    hours, calls = (0.2, 6) if args.quick else (args.hours, args.calls)
    console = Console(width=150)
    if args.only != "alone":
        console.print(*caught_table(list(played(catching(halls, calls)))), sep="\n")
    if args.only != "catch":
        console.print(*alone_table(list(played(list(alone(halls, hours))))), sep="\n")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Complaint as complaint:
        raise SystemExit(str(complaint)) from complaint
