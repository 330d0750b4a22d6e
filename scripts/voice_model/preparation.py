"""Training examples on disk: features of every recording, in several surroundings.

``features.f16`` holds the cepstra of all examples one after another as half floats, before any mean
is taken off; ``examples.tsv`` tells for each: frames, corpus, text.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from .augmentation import Surroundings, distorted
from .corpus import EXCERPTS, Recording, read_sound
from .features import DIM, cepstra
from .synthesis import ALONE, NEURAL

COPIES: Final = {
    "librispeech": 10, "ljspeech": 6, "wake_words": 5, "speech_commands": 3, NEURAL: 10,
    EXCERPTS: 3, ALONE: 6,
}  # fmt: skip
"""How often each recording is used, by corpus: native adults are rare."""
USUAL_COPIES: Final = 3

_LONGEST_S: Final = 16.0


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance as features."""

    start: int
    """Its first row in the file."""
    frames: int
    corpus: str
    text: str


@dataclass(frozen=True, slots=True)
class Examples:
    """All prepared utterances."""

    rows: npt.NDArray[np.float16]
    """Rows of ``DIM`` numbers, mapped from the file."""
    listed: Sequence[Example]


def prepare(
    recordings: Sequence[Recording], around: Surroundings, folder: Path, seed: int, processes: int
) -> None:
    """Write the examples of all recordings, every second copy in heavy noise."""
    orders = [recording for recording in recordings if recording.seconds <= _LONGEST_S]
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "examples.tsv.part"
    with (
        Pool(processes, _settle, (around, seed)) as pool,
        (folder / "features.f16").open("wb") as data,
        unfinished.open("w", encoding="utf-8") as index,
    ):
        jobs = enumerate(orders)
        for recording, copies in zip(orders, pool.imap(_copies, jobs, chunksize=8), strict=True):
            for features in copies:
                data.write(features.tobytes())
                index.write(f"{len(features)}\t{recording.corpus}\t{recording.text}\n")
    unfinished.rename(folder / "examples.tsv")


def read_examples(folder: Path) -> Examples:
    """Map what ``prepare`` has written."""
    rows = np.memmap(folder / "features.f16", np.float16, "r").reshape(-1, DIM)
    return Examples(rows, list(_listed(folder)))


def _listed(folder: Path) -> Iterator[Example]:
    start = 0
    with (folder / "examples.tsv").open(encoding="utf-8") as stream:
        for line in stream:
            frames, corpus, text = line.rstrip("\n").split("\t")
            yield Example(start, int(frames), corpus, text)
            start += int(frames)


_settled: tuple[Surroundings, int]


def _settle(around: Surroundings, seed: int) -> None:
    """Give a worker process what all its jobs share."""
    global _settled  # noqa: PLW0603  (the only way to hand a pool's workers a large value once)
    _settled = (around, seed)
    os.nice(5)


def _copies(job: tuple[int, Recording]) -> list[npt.NDArray[np.float16]]:
    """Features of one recording, in as many surroundings as its corpus has copies."""
    number, recording = job
    around, seed = _settled
    chance = np.random.default_rng((seed, number))
    speech = read_sound(recording.path)
    return [
        cepstra(distorted(speech, around, chance, hard=copy % 2 == 1)).astype(np.float16)
        for copy in range(COPIES.get(recording.corpus, USUAL_COPIES))
    ]
