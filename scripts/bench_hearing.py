#!/usr/bin/env python3
"""How well the coach hears: accuracy in noise, rejection, latency, speed and memory, in one table.

    scripts/bench_hearing.py [--corpus DIR] [--model M ...] [--phrase-list] [--quick]
                             [--every N] [--noise KIND] [--jobs N] [--plot PICTURE]

The coach's own sentences, in voices that no training used, go through the recogniser and the ears
of the product, block by block. Noise is added by the loudest 128 ms of both, as the public
speech-to-intent benchmark does, and by mean power in rows that say so. Without --corpus the noise
is hiss, music and babble of synthetic voices. With it, the folder has noise/, talk/ and dev/ as the
README of the voice models describes, and people and what is not meant for the coach are measured
as well. "own voice" is what the coach says, heard by ears that believe it silent, so without what
otherwise keeps it from hearing itself. --phrase-list puts every model beside itself with a list of
phrases in place of the compiled grammar.

Cells show the share understood and, in brackets, that of everyday, urgent and other sentences, and
the share taken for something else. A sentence counts as understood when everything that was acted
upon is its intent with its slots, or when only urgent sentences acted and it was among them.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from scripts.hearing import noises, picture
from scripts.hearing.tasks import (
    ACCURACY,
    ANSWERED,
    CLEAN,
    COST,
    PEOPLE,
    REJECTION,
    Rows,
    Task,
    column,
    measure,
)

_QUICK = 12
_PEOPLE_NOISES = ("kitchen", "babble")


def main() -> None:
    args = _arguments()
    tasks = list(_tasks(args))
    context = multiprocessing.get_context("spawn")
    results: list[Rows] = []
    progress = Console(stderr=True, highlight=False)
    with ProcessPoolExecutor(args.jobs, context, max_tasks_per_child=1) as pool:
        for task, rows in zip(tasks, pool.map(measure, tasks), strict=True):
            results.append(rows)
            for row, cell in rows.cells.items():
                progress.print(f"{column(task)}: {row}: {cell}", markup=False, soft_wrap=True)
    Console(width=None if sys.stdout.isatty() else 200).print(_table(tasks, results))
    if args.plot:
        curves: dict[str, dict[str, dict[float, float]]] = {}
        for task, rows in zip(tasks, results, strict=True):
            if rows.curve:
                curves.setdefault(column(task), {})[task.kind] = rows.curve
        picture.draw(curves, args.plot)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="noise, talk and people")
    parser.add_argument("--model", action="append", metavar="M", help="may be given several times")
    parser.add_argument(
        "--phrase-list", action="store_true", help="every model with a list of phrases as well"
    )
    parser.add_argument("--quick", action="store_true", help="a twelfth of it, at two levels")
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="one in N sentences and recordings"
    )
    parser.add_argument("--noise", metavar="KIND", help="this kind of noise only")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes at a time")
    parser.add_argument(
        "--plot", type=Path, metavar="PICTURE", help="accuracy by noise, PNG or SVG"
    )
    return parser.parse_args()


def _tasks(args: argparse.Namespace) -> Iterator[Task]:
    kinds = [kind for kind in noises.noises(args.corpus) if args.noise in (None, kind)]
    every = _QUICK if args.quick else args.every
    for model in args.model or [None]:
        for has_phrase_list in (False, True) if args.phrase_list else (False,):
            parts = [(ACCURACY, kind) for kind in (CLEAN, *kinds)]
            if args.corpus:
                loud = [kind for kind in _PEOPLE_NOISES if kind in kinds]
                parts += [(PEOPLE, kind) for kind in (CLEAN, *loud)]
                parts.append((ANSWERED, ""))
                parts += [(REJECTION, kind) for kind in noises.NEGATIVES]
            for part, kind in [*parts, (COST, "")]:
                yield Task(model, has_phrase_list, part, kind, args.corpus, every, args.quick)


def _table(tasks: list[Task], results: list[Rows]) -> Table:
    columns = list(dict.fromkeys(column(task) for task in tasks))
    cells: dict[str, dict[str, str]] = {}
    for task, rows in zip(tasks, results, strict=True):
        for row, cell in rows.cells.items():
            cells.setdefault(row, {})[column(task)] = cell
    table = Table("understood (everyday / urgent / other; wrong)", *columns, box=None)
    for row, found in cells.items():
        table.add_row(row, *(found.get(name, "") for name in columns))
    return table


if __name__ == "__main__":
    main()
