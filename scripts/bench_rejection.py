#!/usr/bin/env python3
"""What rejecting foreign speech costs in sentences: the curve that ``contest.Allowance`` is set by.

    scripts/bench_rejection.py --corpus DIR [--model M] [--every N] [--plot PICTURE]

Every recording is heard once, and for every figure of ``letter`` it is told which share of
the sentences would be understood and which share of what is no sentence would be accepted. Run it
when the acoustic model has changed, and take the letter where the recall begins to bend; one
acoustic model differs little from the next, as both scores come from it.
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
from assistant.hearing.contest import Allowance, Contest
from assistant.hearing.decoder import RATE
from assistant.hearing.models import ModelFolder, find_model
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room, with_noise
from assistant.sound.wav import to_pcm
from scripts.hearing import material, noises, people

LETTERS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 1.0)
_NOISE_DB = 9.0
_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """One recording."""

    row: str
    is_meant: bool
    """Whether a sentence was said."""
    is_sentence: bool
    """Whether the best sentence is the one said, or, where none was, is one at all."""
    letter: float
    """From which letter on it is heard."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="DIR", required=True)
    parser.add_argument("--model", metavar="M", help="folder or name of a Vosk model")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one in N recordings")
    parser.add_argument("--plot", type=Path, metavar="PICTURE", help="the curve, PNG or SVG")
    args = parser.parse_args()
    outcomes = list(_outcomes(find_model(args.model), args.corpus, args.every))
    Console(width=None if sys.stdout.isatty() else 160).print(_table(outcomes))
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
                yield Outcome(name, True, is_right, heard.letter)

    def foreign(self, row: str, sounds: list[Samples]) -> Iterator[Outcome]:
        for sound in sounds:
            heard = self._contest.weigh(_pcm(sound))
            is_sentence = self._matcher.match(heard.text) is not None
            yield Outcome(row, False, is_sentence, heard.letter)


def _pcm(sound: Samples) -> bytes:
    return to_pcm(in_a_quiet_room(sound, RATE))


def _share(outcomes: list[Outcome], letter: float) -> float:
    return 100 * float(np.mean([one.is_sentence and one.letter < letter for one in outcomes]))


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("letter", *(f"{letter:g}" for letter in LETTERS), box=None)
    for title, is_meant in (("understood, %", True), ("accepted though not meant, %", False)):
        rows: dict[str, list[Outcome]] = {}
        for one in outcomes:
            if one.is_meant == is_meant:
                rows.setdefault(one.row, []).append(one)
        everything = [one for group in rows.values() for one in group]
        for row, group in {title: everything, **rows}.items():
            shares = (f"{_share(group, letter):.1f}" for letter in LETTERS)
            table.add_row(f"{row} ({len(group)})", *shares)
        table.add_section()
    return table


def _draw(outcomes: list[Outcome], file: Path) -> None:
    """Understood against accepted, with the operating point."""
    from matplotlib import pyplot as plt  # only who wants a picture needs it

    meant = [one for one in outcomes if one.is_meant]
    foreign = [one for one in outcomes if not one.is_meant]
    figure, axes = plt.subplots(figsize=(5.5, 4))
    letters = np.arange(0.2, 1.2, 0.02)
    axes.plot(
        [_share(foreign, letter) for letter in letters],
        [_share(meant, letter) for letter in letters],
    )
    letter = Allowance().letter
    point = _share(foreign, letter), _share(meant, letter)
    axes.plot(*point, "o", label=f"{letter:g} a letter")
    axes.set(xlabel="accepted though not meant (%)", ylabel="understood (%)", xlim=(0, 30))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    figure.tight_layout()
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    main()
