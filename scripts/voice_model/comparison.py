"""The command that puts models side by side."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from assistant.complaint import Complaint
from assistant.hearing.models import embedded_model
from assistant.language.sentences import Sentences

from .corpus import DEV, Recording, read_manifest
from .evaluation import Hearing, VoskHearing, measure
from .frequency import dictionary_file
from .lexicon import read_lexicon
from .trials import TrialSet, command_tests, foreign_tests, human_tests
from .wording import load_wording

ROOT: Final = Path(__file__).resolve().parents[2]
POCKETSPHINX: Final = "pocketsphinx"
_TALK: Final = ("foreign phrases", "talk")
"""Rows where nothing is to be understood."""

Figures = Mapping[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where something is missing."""
    args = _arguments(arguments)
    try:
        if args.one:
            print(_measured(args))
        else:
            with tempfile.TemporaryDirectory() as words:
                _cut_words(read_manifest(args.corpus), Path(words))
                _compare(args, Path(words))
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 2
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How well voice models hear, side by side.")
    parser.add_argument("models", nargs="+", metavar="MODEL", help="folder of a Vosk model")
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    parser.add_argument("--commands", type=int, default=120, metavar="N", help="sentences to say")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one trial in N")
    parser.add_argument("--people", action="store_true", help="nothing but what people say")
    parser.add_argument("--pocketsphinx", action="store_true", help="measure it as well")
    parser.add_argument("--json", action="store_true", help="one JSON object a model")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--words", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _cut_words(recordings: Sequence[Recording], folder: Path) -> None:
    """Let single words be among what people say: they are cut out of what they read."""
    from .checkpoint import read_folder  # PyTorch must not count as memory of what is measured
    from .excerpts import cut

    readers = [one for one in recordings if one.part == DEV]
    lexicon = read_lexicon(dictionary_file())
    cut(readers, read_folder(embedded_model()), lexicon, folder, os.cpu_count() or 1)


def _compare(args: argparse.Namespace, words: Path) -> None:
    models = [*args.models, *([POCKETSPHINX] if args.pocketsphinx else [])]
    results: dict[str, Figures] = {}
    for model in models:
        command = [sys.executable, sys.argv[0], "--one", "--corpus", str(args.corpus)]
        command += ["--words", str(words), *(["--people"] if args.people else [])]
        command += ["--commands", str(args.commands), "--every", str(args.every), str(model)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Complaint(f"{model}: {done.stderr.strip()}")
        results[model] = json.loads(done.stdout)
        if args.json:
            print(json.dumps({"model": model, **results[model]}), flush=True)
    if not args.json:
        Console(width=40 + 24 * len(models)).print(_table(results))


def _measured(args: argparse.Namespace) -> str:
    """Figures of one model as JSON."""
    model = args.models[0]

    def hearing(sentences: Sentences) -> Hearing:
        if model == POCKETSPHINX:
            from .baseline import PocketsphinxHearing

            return PocketsphinxHearing(sentences)
        return VoskHearing(Path(model), sentences)

    tests = (replace(test, trials=test.trials[:: args.every]) for test in _tests(args))
    return measure(tests, hearing).as_json()


def _tests(args: argparse.Namespace) -> Iterator[TrialSet]:
    recordings = read_manifest(args.corpus)
    people = human_tests(recordings, read_manifest(args.words) if args.words else ())
    if args.people:
        return people
    wording = load_wording(ROOT, texts=(), words=())
    return chain(
        people,
        command_tests(wording, ROOT, recordings, args.commands),
        foreign_tests(ROOT, recordings),
    )


def _table(results: Mapping[str, Figures]) -> Table:
    table = Table("", *(Path(model).name for model in results), box=None)
    first = next(iter(results.values()))
    for row, counts in first["rows"].items():
        name = f"{row} ({sum(counts.values())})"
        table.add_row(name, *(_cell(row, figures) for figures in results.values()))
    table.add_row(
        "real-time factor", *(f"{one['real_time_factor']:.3f}" for one in results.values())
    )
    table.add_row("memory, MB", *(f"{one['memory_mb']:.0f}" for one in results.values()))
    table.add_row("folder, MB", *(_size(model) for model in results))
    return table


def _cell(row: str, figures: Figures) -> str:
    counts = figures["rows"][row]
    total = sum(counts.values())
    wrong = counts.get("wrong", 0)
    if row in _TALK:
        return f"{100 * wrong / total:.1f} % accepted, {wrong / figures['hours'][row]:.0f} an hour"
    return f"{100 * counts.get('right', 0) / total:.1f} % ({100 * wrong / total:.1f} % wrong)"


def _size(model: str) -> str:
    if model == POCKETSPHINX:
        import pocketsphinx

        folder = Path(pocketsphinx.get_model_path()) / "en-us"
    else:
        folder = Path(model)
    return f"{sum(file.stat().st_size for file in folder.rglob('*') if file.is_file()) / 1e6:.1f}"
