"""Words and their phones, from the CMU dictionary as pocketsphinx ships it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.complaint import Complaint

SILENCE: Final = "SIL"
SPOKEN: Final = "SPN"
"""Speech of any kind; what ``[unk]`` is made of."""
UNKNOWN: Final = "[unk]"
PHONES: Final = (
    SILENCE, SPOKEN,
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH",
    "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip
"""Phone n of the list is n + 1 in Kaldi's files; here they count from 0."""
PHONE_IDS: Final = {phone: position for position, phone in enumerate(PHONES)}

Pronunciation = tuple[int, ...]
"""Phones of a word, as positions in ``PHONES``."""

_ADDED: Final = {
    "snowboy": "S N OW B OY",
    "chatterbox": "CH AE T ER B AA K S",
    "glutes": "G L UW T S",
    "glute": "G L UW T",
    "quads": "K W AA D Z",
    "decaf": "D IY K AE F",
    "caf": "K AE F",
    "macchiato": "M AA K IY AA T OW",
    "splenda": "S P L EH N D AH",
    "hadouken": "HH AH D UW K AH N",
}
"""Words the dictionary lacks, in its own notation."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How words are pronounced."""

    words: Mapping[str, tuple[Pronunciation, ...]]

    def pronunciations(self, word: str) -> tuple[Pronunciation, ...]:
        """All ways to say a word; speech of any kind where it is not known."""
        return self.words.get(word, ((PHONE_IDS[SPOKEN],),))

    def restricted(self, vocabulary: Iterable[str]) -> "Lexicon":
        """The same for fewer words; those it does not know are left out."""
        return Lexicon({word: self.words[word] for word in vocabulary if word in self.words})


def read_lexicon(file: Path) -> Lexicon:
    """Read a dictionary of lines ``word PH PH`` with ``word(2)`` for further pronunciations.

    Raises:
        Complaint: a line has a phone that is not known.
    """
    found: dict[str, list[Pronunciation]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        entry, *spelled = line.split("#")[0].split()
        try:
            phones = tuple(PHONE_IDS[phone] for phone in spelled)
        except KeyError as error:
            raise Complaint(f"{file}, line {number}: there is no phone {error}.") from error
        pronunciations = found.setdefault(entry.split("(")[0], [])
        if phones not in pronunciations:
            pronunciations.append(phones)
    for word, text in _ADDED.items():
        found.setdefault(word, [tuple(PHONE_IDS[phone] for phone in text.split())])
    return Lexicon({word: tuple(ways) for word, ways in found.items()})
