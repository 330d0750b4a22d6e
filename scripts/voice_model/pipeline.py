"""The command that makes a model: speech and texts in, a folder for libvosk out.

Each step leaves its result in the work folder and is skipped when that is there, so a run that was
broken off goes on where it was; the training itself begins anew.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import torch
from rich.console import Console

from assistant.complaint import Complaint
from assistant.language.sentences import load_sentences
from assistant.language.wordgraph import word_graph

from . import augmentation, excerpts, synthesis
from .checkpoint import load, read_folder
from .corpus import TRAIN, Recording, read_manifest
from .export import export
from .frequency import dictionary_file, word_costs
from .lexicon import Lexicon, read_lexicon
from .preparation import prepare, read_examples
from .training import Plan, train
from .wording import COMMANDS, OTHER_DOMAINS, load_wording

ROOT: Final = Path(__file__).resolve().parents[2]
_FREQUENT: Final = 45_000
"""Words that every model knows, the most frequent ones of the language."""
_OVERNIGHT_MINUTES: Final = 420.0

_console = Console(highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make a model; 2 where something is missing."""
    args = _arguments(arguments)
    work = args.work or args.out.with_name(f".{args.out.name}.work")
    try:
        _make(args, work)
    except Complaint as complaint:
        print(complaint, file=sys.stderr)
        return 2
    return 0


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(description="Make a voice model from transcribed speech.")
    parser.add_argument(
        "--corpus",
        type=Path,
        action="append",
        required=True,
        metavar="DIR",
        help="folder with a manifest.tsv; may be given several times",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the model's folder")
    parser.add_argument("--work", type=Path, metavar="DIR", help="for what is made on the way")
    parser.add_argument(
        "--minutes",
        type=float,
        default=_OVERNIGHT_MINUTES,
        help="how long to train (%(default)g); more is better",
    )
    parser.add_argument("--start", type=Path, metavar="MODEL", help="a model to go on from")
    parser.add_argument(
        "--aligner",
        type=Path,
        metavar="MODEL",
        default=ROOT / "voice_models" / "coach-en",
        help="a model of this pipeline that finds the pauses in what people read (%(default)s)",
    )
    parser.add_argument("--rate", type=float, default=3e-3, help="largest learning rate")
    parser.add_argument(
        "--width",
        type=int,
        default=512,
        help="of the network (%(default)s); a narrower --start is widened",
    )
    parser.add_argument(
        "--synthetic", type=int, default=8_000, help="sentences to synthesise (%(default)s)"
    )
    parser.add_argument(
        "--alone", type=int, default=3_000, help="single words to synthesise (%(default)s)"
    )
    parser.add_argument("--words", type=Path, metavar="FILE", help="further words, one a line")
    parser.add_argument(
        "--caution",
        type=float,
        default=0.0,
        help="in favour of unknown speech; 0.2 rejects more of it, and some commands",
    )
    parser.add_argument(
        "--company",
        type=float,
        default=0.0,
        help="share of examples that others talk into (%(default)s); with 0.3 more is understood"
        " amid talk, and more talk is taken for a command",
    )
    parser.add_argument("--processes", type=int, default=cores, help="(%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--export-only", action="store_true", help="use the last checkpoint")
    return parser.parse_args(arguments)


def _make(args: argparse.Namespace, work: Path) -> None:
    lexicon = read_lexicon(dictionary_file())
    costs = word_costs(lexicon.words)
    work.mkdir(parents=True, exist_ok=True)
    if not args.export_only:
        _prepare(args, work, lexicon, sorted(costs, key=costs.__getitem__))
        on_gpu = torch.cuda.is_available()
        plan = Plan(
            minutes=args.minutes,
            rate=args.rate,
            width=args.width,
            bottleneck=args.width // 4,
            start=args.start,
            seed=args.seed,
            company=args.company,
            processes=1 if on_gpu else args.processes,
            device="cuda" if on_gpu else "cpu",
            is_half=on_gpu or torch.ops.mkldnn._is_mkldnn_bf16_supported(),  # noqa: SLF001  (no other name)
        )
        train(read_examples(work / "examples"), lexicon, plan, work)
    known = _vocabulary(lexicon, costs, args.words)
    export(load(work / "checkpoint.pt"), known, costs, args.out, args.caution)
    _console.print(f"{args.out}: a model of {len(known.words):,} words")


def _prepare(args: argparse.Namespace, work: Path, lexicon: Lexicon, words: Sequence[str]) -> None:
    """Synthesise, cut and distort, as far as that is not done yet."""
    recordings = [one for folder in args.corpus for one in read_manifest(folder)]
    people = [one for one in recordings if one.part == TRAIN]
    if not people:
        raise Complaint("No corpus has recordings for training: their part must be train.")
    texts = [one.text for one in people if len(one.text.split()) > 2]
    wording = load_wording(ROOT, texts, words[:_FREQUENT])
    how = args.seed, args.processes
    if not (work / "synthetic" / "manifest.tsv").exists():
        _console.print(f"synthesising {args.synthetic:,} sentences")
        drawn = wording.draw(args.synthetic, args.seed)
        synthesis.synthesise(drawn, work / "synthetic", *how)
    if not (work / "alone" / "manifest.tsv").exists():
        _console.print(f"synthesising {args.alone:,} words")
        drawn = wording.alone(args.alone, args.seed)
        voice = synthesis.natural_voice
        synthesis.synthesise(drawn, work / "alone", *how, voice, synthesis.ALONE)
    spoken = read_manifest(work / "synthetic")
    if not (work / "excerpts" / "manifest.tsv").exists():
        _console.print(f"cutting words out of {_hours(people):.1f} h of speech")
        excerpts.cut(people, read_folder(args.aligner), lexicon, work / "excerpts", args.processes)
    if not (work / "examples" / "examples.tsv").exists():
        words_alone = read_manifest(work / "excerpts") + read_manifest(work / "alone")
        everything = people + words_alone + spoken
        _console.print(f"distorting {_hours(everything):.1f} h of speech")
        around = augmentation.surroundings(
            recordings, [one.path for one in people], _own_voice(spoken), args.seed
        )
        prepare(everything, around, work / "examples", args.seed, args.processes)


def _own_voice(spoken: Iterable[Recording]) -> list[Path]:
    """Synthetic speech like that of the coach, which speaks with espeak-ng."""
    return [one.path for one in spoken if one.speaker.startswith("espeak")]


def _vocabulary(lexicon: Lexicon, costs: Mapping[str, float], further: Path | None) -> Lexicon:
    """Frequent words, all words of the sentence files, and those of a file."""
    frequent = sorted(costs, key=costs.__getitem__)[:_FREQUENT]
    places = (ROOT / COMMANDS, OTHER_DOMAINS)
    needed = [sorted(word_graph(load_sentences(place)).words()) for place in places]
    listed: list[str] = []
    if further is not None:
        rows = further.read_text(encoding="utf-8").splitlines()
        listed = [row.split()[0] for row in rows if row.strip()]
    return lexicon.restricted(sorted({*chain(frequent, *needed, listed)}))


def _hours(recordings: Iterable[Recording]) -> float:
    return sum(one.seconds for one in recordings) / 3600
