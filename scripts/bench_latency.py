#!/usr/bin/env python3
"""How quickly the live coach reacts, ear to mouth; prints a table and judges nothing.

``workout-assistant run`` is started as a process of its own on a virtual sound card. A synthetic
person speaks into its microphone; what the person and the coach say is recorded on one sample
clock. All figures are therefore heard, not logged, and include both device buffers:

- *ready*: from the start of the process until it begins to greet, by which time it hears and
  speaks, without and with a warm cache;
- *reply*: from the last sample of a question to the first sample of the reply;
- *stop in speech*: from the last sample of "stop" to the last sample of what was sounding, which
  the coach's "stopped" follows within a tenth of a second: where that begins is found by its shape.
  Where nothing sounded as the word ended there is no figure;
- *stop in a set*: to where "stopped" begins. Between clicks there is mostly nothing to be cut off,
  so this tells when the set is over, a little late.

*Missed*: the coach never heard it.

    python scripts/bench_latency.py [--trials 20]

Needs pulseaudio, pulseaudio-utils, libasound2-plugins and espeak-ng.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.latency.coach import Coach
from scripts.latency.person import Person, Result
from tests.soundcard import VirtualSoundCard


@contextmanager
def virtual_room(folder: Path) -> Iterator[tuple[VirtualSoundCard, dict[str, str]]]:
    """A sound card, and the environment of a program that uses it and nothing of the user's."""
    card = VirtualSoundCard(folder)
    card.start()
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    try:
        yield card, {**os.environ, **card.settings, **homes}
    finally:
        card.kill()


def measure(trials: int) -> list[Result]:
    cold, warm = Result("ready, cold cache"), Result("ready, warm cache")
    reply, speech, counting = Result("reply"), Result("stop in speech"), Result("stop in a set")
    with tempfile.TemporaryDirectory() as name, virtual_room(Path(name)) as (card, env):
        for start in (cold, warm, warm, warm):
            coach = Coach(env)
            start.values_s.append(coach.ready_s)
            coach.stop()
        coach = Coach(env)
        warm.values_s.append(coach.ready_s)
        with card.record() as room:
            person = Person(card, room, coach)
            person.learn_confirmation()
            for _ in range(trials):
                person.reply(reply)
                person.stop_in_speech(speech)
                person.stop_in_set(counting)
        coach.stop()
    return [cold, warm, reply, speech, counting]


def table(results: list[Result]) -> Table:
    table = Table(title="Reaction times on a virtual sound card, in milliseconds")
    table.add_column("what")
    for heading in ("n", "p50", "p95", "most", "missed"):
        table.add_column(heading, justify="right")
    for result in results:
        values = np.array(result.values_s) * 1000
        figures = ["-"] * 3
        if values.size:
            marks = (*np.percentile(values, [50, 95]), values.max())
            figures = [f"{value:.0f}" for value in marks]
        table.add_row(result.name, str(values.size), *figures, str(result.missed))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how quickly the live coach reacts.")
    parser.add_argument("--trials", type=int, default=20)
    args = parser.parse_args()
    Console().print(table(measure(args.trials)))


if __name__ == "__main__":
    main()
