"""People who read digits and phrases, heard with nothing but such words in the grammar."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from assistant.hearing.recogniser import RATE
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from assistant.sound.wav import read

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_OTHER_WORDS = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
_CLOSED_SET = 30
_PHRASES = 300


def closed_sets(
    corpus: Path, every: int
) -> Iterator[tuple[str, Sentences, list[tuple[str, Samples]]]]:
    """Yield rows: what they are, all that may be heard, and what each person said.

    Digits among twenty words, phrases of two to six words thirty at a time.
    """
    rows = _manifest(corpus)
    yield "digits, of 20 words", closed_set((*_DIGITS, *_OTHER_WORDS)), digits(corpus)
    phrases = list(
        {row["text"]: row for row in rows if 2 <= len(row["text"].split()) <= 6}.values()
    )
    chosen = phrases[:: max(1, len(phrases) // _PHRASES)][:_PHRASES:every]
    for start in range(0, len(chosen), _CLOSED_SET):
        group = chosen[start : start + _CLOSED_SET]
        said = tuple(row["text"] for row in phrases[start : start + _CLOSED_SET])
        texts = tuple(row["text"] for row in group)
        yield (
            "phrases, 30 at a time",
            closed_set((*texts, *said)[:_CLOSED_SET]),
            _sounds(corpus, group),
        )


def digits(corpus: Path) -> list[tuple[str, Samples]]:
    """What each person said, and the sound of it."""
    return _sounds(corpus, [row for row in _manifest(corpus) if row["text"] in _DIGITS])


def _manifest(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "manifest.tsv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["part"] == "dev"]


def _sounds(corpus: Path, rows: Sequence[dict[str, str]]) -> list[tuple[str, Samples]]:
    return [(row["text"], read(corpus / row["path"], RATE)) for row in rows]


def closed_set(phrases: Sequence[str]) -> Sentences:
    """Sentences of which each means something else."""
    intents = {
        f"Phrase{number}": {"data": [{"sentences": [text]}]} for number, text in enumerate(phrases)
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "phrases.yaml"
        file.write_text(yaml.safe_dump({"language": "en", "intents": intents}), encoding="utf-8")
        return load_sentences(file)
