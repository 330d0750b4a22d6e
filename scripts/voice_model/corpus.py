"""Recordings and what is said in them, as a table in a file.

``manifest.tsv`` has a header and, for every recording, tab-separated: path (relative to the
manifest's folder), seconds, speaker, text (lower case, as spoken), part, corpus.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from assistant.complaint import Complaint

RATE: Final = 16_000
"""Samples a second of everything the model hears."""

TRAIN: Final = "train"
DEV: Final = "dev"
NOISE: Final = "noise"
ROOMS: Final = "rooms"

EXCERPTS: Final = "excerpts"
"""Corpus of what was cut out of longer recordings."""

Samples = npt.NDArray[np.float32]

_COLUMNS: Final = ("path", "seconds", "speaker", "text", "part", "corpus")


@dataclass(frozen=True, slots=True)
class Recording:
    """One file with one utterance, noise or room response."""

    path: Path
    seconds: float
    speaker: str
    text: str
    """Lower-case words with blanks between; empty where nothing is said."""
    part: str
    """What it may be used for: ``train``, ``dev``, ``talk``, ``noise`` or ``rooms``."""
    corpus: str


def read_manifest(folder: Path) -> list[Recording]:
    """Recordings listed in ``manifest.tsv`` of a folder.

    Raises:
        Complaint: there is no manifest, or it lacks a column.
    """
    file = folder / "manifest.tsv"
    if not file.is_file():
        raise Complaint(f"{folder}: a corpus needs a manifest.tsv; voice_models/README.md tells.")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = set(_COLUMNS) - set(rows.fieldnames or ())
        if missing:
            raise Complaint(f"{file}: the columns {', '.join(sorted(missing))} are missing.")
        return [
            Recording(
                folder / row["path"],
                float(row["seconds"]),
                row["speaker"],
                row["text"],
                row["part"],
                row["corpus"],
            )
            for row in rows
        ]


def write_manifest(folder: Path, recordings: Iterable[Recording]) -> None:
    """List recordings that lie in ``folder`` in its ``manifest.tsv``."""
    with (folder / "manifest.tsv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        rows.writerow(_COLUMNS)
        for one in recordings:
            name = one.path.relative_to(folder).as_posix()
            seconds = f"{one.seconds:.3f}"
            rows.writerow((name, seconds, one.speaker, one.text, one.part, one.corpus))


def read_sound(path: Path) -> Samples:
    """Mono samples at 16 kHz between -1 and 1.

    Raises:
        Complaint: the file is missing or no sound.
    """
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise Complaint(f"{path}: this sound cannot be read: {error}.") from error
    mono: Samples = samples.mean(axis=1)
    return mono if rate == RATE else soxr.resample(mono, rate, RATE)
