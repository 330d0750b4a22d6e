"""Text to meaning: a sentence counts only when it matches as a whole."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from hassil import recognize_all
from hassil.recognize import RecognizeResult

from assistant.language.numbers import spelt_out, without_and
from assistant.language.sentences import Live, Sentences

Value: TypeAlias = int | float | str

_MOST_FILLERS: Final = 3
_MOST_READINGS: Final = 64


@dataclass(frozen=True, slots=True)
class Match:
    """What a text means."""

    intent: str
    slots: Mapping[str, Value]
    """Slot name to value, numbers as numbers."""
    text: str
    """The text as given."""
    live: Live
    """When this sentence may act."""


class Matcher:
    """Finds the one intent that a whole text expresses."""

    def __init__(self, sentences: Sentences) -> None:
        self._intents = sentences.intents
        # hassil reads templates when they are first needed; nobody shall wait for that.
        for _ in recognize_all("", self._intents):
            pass
        longest_first = sorted(sentences.fillers, key=len, reverse=True)
        choices = "|".join(map(re.escape, longest_first))
        self._filler = re.compile(rf"(?<!\S)(?:{choices})(?!\S)") if choices else None

    def match(self, text: str) -> Match | None:
        """Meaning of ``text``, or None when it is not one of the sentences.

        Up to three fillers are forgiven; the reading that forgives the fewest wins, then the one
        with the most literal words, then the one that stands first in the sentence files.
        """
        said = " ".join(text.lower().split())
        for plain in self._without_fillers(said):
            for candidate in dict.fromkeys((plain, without_and(plain), spelt_out(plain))):
                readings = itertools.islice(recognize_all(candidate, self._intents), _MOST_READINGS)
                best = max(readings, key=_literalness, default=None)
                if best is not None:
                    return _as_match(best, text)
        return None

    def _without_fillers(self, said: str) -> Iterator[str]:
        """Yield the text itself, then with one filler left out, then two, then three."""
        found = list(self._filler.finditer(said)) if self._filler else []
        if len(found) > 2 * _MOST_FILLERS:
            found = []
        for count in range(min(len(found), _MOST_FILLERS) + 1):
            for omitted in itertools.combinations(found, count):
                plain = _leave_out(said, omitted)
                if plain:
                    yield plain


def _leave_out(text: str, parts: tuple[re.Match[str], ...]) -> str:
    for part in reversed(parts):
        text = text[: part.start()] + text[part.end() :]
    return " ".join(text.split())


def _literalness(result: RecognizeResult) -> tuple[int, int]:
    in_slots = sum(len(entity.text_clean) for entity in result.entities_list)
    return -in_slots, -len(result.entities)


def _as_match(result: RecognizeResult, text: str) -> Match:
    slots = {name: _plain(entity.value) for name, entity in result.entities.items()}
    live = (result.intent_metadata or {}).get("live", Live.QUIET)
    return Match(result.intent.name, slots, text, Live(live))


def _plain(value: object) -> Value:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else str(value).strip()
