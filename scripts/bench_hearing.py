#!/usr/bin/env python3
"""How well the coach hears: accuracy in noise, false accepts, latency, speed and memory.

    scripts/bench_hearing.py [--corpus DIR] [--model M ...] [--quick] [--plot PICTURE]

The coach's own sentences are spoken by espeak-ng voices and go through the recogniser and the ears
of the product, block by block. Without --corpus the only noise is hiss and babble of such voices.
With it, the folder has noise/, talk/ and dev/ as the README of the voice models describes, and
false accepts and people are measured too. Several models are measured side by side.

A sentence counts as right when everything that was acted upon is its intent with its slots, or when
only urgent sentences acted and it was among them ("it hurts" before "it hurts too much to stand").
"""

import argparse
import resource
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from assistant.content.loader import ENGLISH
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from assistant.sound.clip import Samples
from scripts.hearing import material, people, picture
from scripts.hearing.score import Score, verdict
from scripts.hearing.trial import Trial

LEVELS_DB = (24.0, 21.0, 18.0, 15.0, 12.0, 9.0, 6.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="noise, talk and people")
    parser.add_argument("--model", action="append", metavar="M", help="may be given several times")
    parser.add_argument("--quick", action="store_true", help="a tenth of it, in a few minutes")
    parser.add_argument(
        "--plot", type=Path, metavar="PICTURE", help="accuracy by noise, PNG or SVG"
    )
    args = parser.parse_args()
    console = Console()
    curves: dict[str, dict[float, float]] = {}
    for choice in args.model or [None]:
        bench = Bench(choice, args.corpus, is_quick=args.quick)
        curves |= {
            f"{bench.name}, {noise}": curve for noise, curve in bench.accuracy(console).items()
        }
        if args.corpus:
            bench.false_accepts(console)
            console.print(people.table(bench.model, args.corpus, is_quick=args.quick))
        bench.cost(console)
    if args.plot:
        picture.draw(curves, args.plot)


class Bench:
    """One model, and what it is tried on."""

    def __init__(self, choice: str | None, corpus: Path | None, *, is_quick: bool) -> None:
        self.model = find_model(choice)
        self.name = self.model.name
        sentences = load_sentences(ENGLISH / "sentences")
        self._matcher = Matcher(sentences)
        self._trial = Trial(Recogniser(self.model, sentences), self._matcher)
        self._corpus = corpus
        self._every = 12 if is_quick else 1
        said = material.utterances(sentences, self._matcher, 60 if is_quick else 400)
        self._said = said[:: 3 if is_quick else 1]
        self._levels = (12.0, 6.0) if is_quick else LEVELS_DB

    def accuracy(self, console: Console) -> dict[str, dict[float, float]]:
        """Print shares by noise, level and kind of sentence; return the shares by noise."""
        table = Table("noise", "level", "everyday", "urgent", "other", "missed", "p50", "p95")
        table.title = f"{self.name}: understood, of {len(self._said)} sentences"
        self._row(table, "none", "", self._hear(None, 0.0))
        curves: dict[str, dict[float, float]] = {}
        beds = material.noises(self._corpus) if self._corpus else material.own_noises()
        for kind, bed in beds.items():
            for level in self._levels:
                score = self._hear(bed, level)
                curves.setdefault(kind, {})[level] = score.share_right()
                self._row(table, kind, f"{level:g} dB", score)
            self._row(table, kind, "12 dB power", self._hear(bed, 12.0, by_power=True))
        console.print(table)
        return curves

    def false_accepts(self, console: Console) -> None:
        """Print what acted though nothing was said to the coach."""
        seconds: Counter[str] = Counter()
        sounds: Counter[str] = Counter()
        hit: Counter[str] = Counter()
        acts: Counter[str] = Counter()
        urgent: Counter[str] = Counter()
        for kind, sound in material.negatives(self._corpus, every=self._every):
            heard = self._trial.hear(sound)
            seconds[kind] += len(sound) / RATE
            sounds[kind] += 1
            hit[kind] += bool(heard)
            acts[kind] += len(heard)
            urgent[kind] += sum(act.is_urgent for act in heard)
        table = Table(
            "nothing meant", "minutes", "recordings", "acted", "an hour", "urgent an hour"
        )
        for kind in sounds:
            hours = seconds[kind] / 3600
            table.add_row(
                kind, f"{hours * 60:.1f}", f"{sounds[kind]}", f"{hit[kind] / sounds[kind]:.1%}",
                f"{acts[kind] / hours:.1f}", f"{urgent[kind] / hours:.1f}",
            )  # fmt: skip
        console.print(table)

    def cost(self, console: Console) -> None:
        """Print speed and memory."""
        trial = self._trial
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        console.print(
            f"{self.name}: {trial.compute_s / trial.audio_s:.3f} s of one core for 1 s of sound; "
            f"{peak_mb:.0f} MB at most, this benchmark included"
        )

    def _hear(self, bed: Samples | None, snr_db: float, *, by_power: bool = False) -> Score:
        score = Score()
        for one in self._said:
            acts = self._trial.hear(material.in_room(one.sound, bed, snr_db, by_power=by_power))
            late_s = acts[0].at_s - material.LEAD_S - one.ends_at_s if acts else np.nan
            score.add(one.group, verdict(one.match, acts), late_s)
        return score

    @staticmethod
    def _row(table: Table, noise: str, level: str, score: Score) -> None:
        shares = [f"{score.share_right(group):.1%}" for group in ("everyday", "urgent", "other")]
        late = [f"{score.late_s(share):.2f} s" for share in (0.5, 0.95)]
        table.add_row(noise, level, *shares, f"{score.share('missed'):.1%}", *late)


if __name__ == "__main__":
    main()
