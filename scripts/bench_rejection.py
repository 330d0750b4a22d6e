#!/usr/bin/env python3
"""What rejecting foreign speech costs in sentences: what ``contest.Demand`` is set by.

    scripts/bench_rejection.py --corpus DIR [--model M] [--every N] [--plot PICTURE]

Every recording is heard once. For some figures of ``least`` it is told which share of the sentences
would be understood, and which share of what is no sentence would be accepted; then which line would
divide the two best by logistic regression. Run it when the acoustic model has changed; one differs
little from the next, as all scores come from it.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.table import Table

from assistant.content.loader import ENGLISH
from assistant.hearing.contest import Contest, Demand, Weighed
from assistant.hearing.decoder import RATE
from assistant.hearing.models import ModelFolder, find_model
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room, with_noise
from assistant.sound.wav import to_pcm
from scripts.hearing import material, noises, people

STRICTER = (-8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 8.0)
"""Added to the ``least`` that is in use."""
DEMAND = Demand()
_NOISE_DB = 9.0
_OTHERS = 40
_NEWTON_STEPS = 30
_TAMED = 1e-3
"""Keeps the weights finite where the line divides without an error."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recording."""

    row: str
    is_meant: bool
    """Whether a sentence was said."""
    is_sentence: bool
    """Whether the best sentence is the one said, or, where none was, is one at all."""
    weighed: Weighed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="DIR", required=True)
    parser.add_argument("--model", metavar="M", help="folder or name of a Vosk model")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one in N recordings")
    parser.add_argument("--plot", type=Path, metavar="PICTURE", help="the curve, PNG or SVG")
    args = parser.parse_args()
    outcomes = list(_outcomes(find_model(args.model), args.corpus, args.every))
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(_table(outcomes))
    best = best_line(outcomes)
    console.print(f"in use: {DEMAND}; divides best: least={best.least:.1f}, slope={best.slope:.1f}")
    if args.plot:
        _draw(outcomes, args.plot)


def _outcomes(model: ModelFolder, corpus: Path, every: int) -> Iterator[Outcome]:
    kitchen = noises.noises(corpus)["kitchen"]
    short = list(noises.negatives("short phrases", corpus, 3 * every))
    strangers: list[Samples] = []
    for row, sentences, said in people.closed_sets(corpus, every):
        trial = _Trial(model, sentences)
        yield from trial.meant(f"people, {row}", said, kitchen)
        yield from trial.foreign(f"people's phrases among {row}", strangers[:_OTHERS])
        yield from trial.foreign(f"short phrases among {row}", short[:_OTHERS])
        strangers = [sound for _, sound in said]
    own = load_sentences(ENGLISH / "sentences")
    trial = _Trial(model, own)
    said = [(one.text, one.sound) for one in material.utterances(own, Matcher(own), 120, 2 * every)]
    yield from trial.meant("own sentences", said, kitchen)
    yield from trial.foreign("people's phrases among own sentences", strangers)
    yield from trial.foreign("short phrases among own sentences", short)
    talk = (sound[: 6 * RATE] for sound in noises.negatives("talk", corpus, 3 * every))
    yield from trial.foreign("6 s of talk among own sentences", list(talk))


class _Trial:
    """One set of sentences."""

    def __init__(self, model: ModelFolder, sentences: Sentences) -> None:
        self._contest = Contest(model, sentences)
        self._matcher = Matcher(sentences)

    def meant(self, row: str, said: list[tuple[str, Samples]], noise: Samples) -> Iterator[Outcome]:
        for place, (text, sound) in enumerate(said):
            wanted = self._matcher.match(text)
            noisy = with_noise(sound, noise, _NOISE_DB, 9_973 * place)
            for name, one in ((row, sound), (f"{row}, {_NOISE_DB:g} dB", noisy)):
                heard = self._contest.weigh(_pcm(one))
                match = self._matcher.match(heard.text)
                is_right = (
                    match is not None
                    and wanted is not None
                    and (match.intent, match.slots) == (wanted.intent, wanted.slots)
                )
                yield Outcome(name, True, is_right, heard)

    def foreign(self, row: str, sounds: list[Samples]) -> Iterator[Outcome]:
        for sound in sounds:
            heard = self._contest.weigh(_pcm(sound))
            is_sentence = self._matcher.match(heard.text) is not None
            yield Outcome(row, False, is_sentence, heard)


def _pcm(sound: Samples) -> bytes:
    return to_pcm(in_a_quiet_room(sound, RATE))


def _share(outcomes: list[Outcome], stricter: float) -> float:
    return 100 * float(
        np.mean([one.is_sentence and DEMAND.evidence(one.weighed) > stricter for one in outcomes])
    )


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("least", *(f"{DEMAND.least + more:g}" for more in STRICTER), box=None)
    for title, is_meant in (("understood, %", True), ("accepted though not meant, %", False)):
        rows: dict[str, list[Outcome]] = {}
        for one in outcomes:
            if one.is_meant == is_meant:
                rows.setdefault(one.row, []).append(one)
        everything = [one for group in rows.values() for one in group]
        for row, group in {title: everything, **rows}.items():
            shares = (f"{_share(group, more):.1f}" for more in STRICTER)
            table.add_row(f"{row} ({len(group)})", *shares)
        table.add_section()
    return table


def best_line(outcomes: list[Outcome]) -> Demand:
    """Return the line that divides what was said from what was not, by logistic regression."""
    told = [one for one in outcomes if one.is_sentence and np.isfinite(one.weighed.lag)]
    inputs = np.array([(one.weighed.lead, one.weighed.lag, 1.0) for one in told])
    wanted = np.array([one.is_meant for one in told], float)
    weights = np.zeros(3)
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (wanted - likely) - _TAMED * weights
        bend = (inputs.T * (likely * (1 - likely))) @ inputs + _TAMED * np.eye(3)
        weights += np.linalg.solve(bend, slope)
    by_lead, by_lag, always = weights
    return Demand(float(-always / by_lead), float(-by_lag / by_lead))


def _draw(outcomes: list[Outcome], file: Path) -> None:
    """Every recording by lead and lag, and the line in use."""
    from matplotlib import pyplot as plt  # only who wants a picture needs it

    figure, axes = plt.subplots(figsize=(6.5, 4.5))
    for title, is_meant, mark in (("a sentence", True, "o"), ("no sentence", False, "x")):
        group = [one.weighed for one in outcomes if one.is_sentence and one.is_meant == is_meant]
        places = [[one.lag for one in group], [one.lead for one in group]]
        axes.plot(*places, mark, markersize=3, alpha=0.5, label=f"{title} ({len(group)})")
    lags = np.array([-0.3, 1.2])
    axes.plot(lags, DEMAND.least + DEMAND.slope * lags, "k-", label="heard above")
    axes.set(xlabel="behind any words, a letter", ylabel="ahead of mere speech")
    axes.grid(alpha=0.3)
    axes.legend(loc="upper right")
    figure.tight_layout()
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    main()
