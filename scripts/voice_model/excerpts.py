"""Single words and short phrases, cut out of what people read at the pauses they make.

Recordings of people who say one word alone are rare, and synthetic voices are no people. Whoever
reads aloud pauses now and then, and what stands between two pauses begins and ends as if it had
been said alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import Pool
from pathlib import Path
from typing import Final

import soundfile
import torch

from .alignment import Said, outputs_of, words_said
from .checkpoint import Trained
from .corpus import EXCERPTS, RATE, TRAIN, Recording, read_sound, write_manifest
from .lexicon import Lexicon
from .pronouncing import spoken_graph

_PAUSE_S: Final = 0.09
"""A shorter one may be no more than the closed lips of a ``p``."""
_MARGIN_S: Final = 0.1
"""What is kept of a pause, at most."""
_LEAST_S: Final = 0.25
_MOST_S: Final = 2.0
_MOST_WORDS: Final = 3
_LEAST_PHONES: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words without a pause between them."""

    words: Sequence[int]
    """Their places in the text."""
    begins_s: float
    """In the pause before."""
    ends_s: float
    """In the pause behind."""


def cut(
    recordings: Sequence[Recording],
    trained: Trained,
    lexicon: Lexicon,
    folder: Path,
    processes: int,
) -> list[Recording]:
    """Write all excerpts of recordings into ``folder``, with a manifest.

    Args:
        recordings: of people who say several words.
        trained: a model good enough to tell when they say them.
        lexicon: how the words are pronounced.
        folder: where to.
        processes: how many work at once.
    """
    folder.mkdir(parents=True, exist_ok=True)
    longer = [one for one in recordings if len(one.text.split()) > 1]
    jobs = ((one, folder / f"{place:06}") for place, one in enumerate(longer))
    with Pool(processes, _settle, (trained, lexicon)) as pool:
        made = [one for some in pool.imap(_excerpts, jobs, chunksize=16) for one in some]
    write_manifest(folder, made)
    return made


def runs(said: Sequence[Said], seconds: float) -> Iterator[Run]:
    """What stands between two pauses: a few words each, never the whole.

    Args:
        said: the words of an utterance, in order.
        seconds: how long it lasts.
    """
    gaps_s = [
        after.begins_s - before.ends_s
        for before, after in pairwise((_nothing_at(0.0), *said, _nothing_at(seconds)))
    ]
    cuts = [0, *(at for at in range(1, len(said)) if gaps_s[at] >= _PAUSE_S), len(said)]
    for first, end in pairwise(cuts):
        is_alone = min(gaps_s[first], gaps_s[end]) >= _PAUSE_S and len(cuts) > 2
        if is_alone and 0 < end - first <= _MOST_WORDS:
            begins_s = said[first].begins_s - min(_MARGIN_S, gaps_s[first] / 2)
            ends_s = said[end - 1].ends_s + min(_MARGIN_S, gaps_s[end] / 2)
            yield Run([one.word for one in said[first:end]], begins_s, ends_s)


def _nothing_at(moment_s: float) -> Said:
    return Said(-1, moment_s, moment_s)


_settled: tuple[Trained, Lexicon]


def _settle(trained: Trained, lexicon: Lexicon) -> None:
    """Give a worker process what all its jobs share."""
    global _settled  # noqa: PLW0603  (the only way to hand a pool's workers a large value once)
    _settled = (trained, lexicon)
    torch.set_num_threads(1)


def _excerpts(job: tuple[Recording, Path]) -> list[Recording]:
    recording, stem = job
    trained, lexicon = _settled
    sound = read_sound(recording.path)
    words = recording.text.split()
    ways = tuple(lexicon.pronunciations(word) for word in words)
    said = words_said(outputs_of(trained, sound), spoken_graph(ways), trained.units)
    found = []
    for number, run in enumerate(runs(said, len(sound) / RATE)):
        piece = sound[round(run.begins_s * RATE) : round(run.ends_s * RATE)]
        phones = sum(len(ways[word][0]) for word in run.words)
        seconds = len(piece) / RATE
        if _LEAST_S <= seconds <= _MOST_S and phones >= _LEAST_PHONES:
            file = stem.with_name(f"{stem.name}-{number}.flac")
            soundfile.write(file, piece, RATE)
            text = " ".join(words[word] for word in run.words)
            found.append(Recording(file, seconds, recording.speaker, text, TRAIN, EXCERPTS))
    return found
