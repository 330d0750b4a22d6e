"""Texts that would mean two things."""

import itertools
from collections import deque
from dataclasses import dataclass
from typing import TypeAlias

from assistant.language.sentences import Sentences
from assistant.language.walk import Walk
from assistant.language.wordgraph import word_graph

_Place: TypeAlias = tuple[int, int]
"""Number of an intent, and a state in its graph."""


@dataclass(frozen=True, slots=True)
class Collision:
    """Two intents that one text expresses."""

    first: str
    second: str
    text: str
    """The shortest such text."""

    def __str__(self) -> str:
        return f'"{self.text}" means both {self.first} and {self.second}'


def collisions(sentences: Sentences) -> tuple[Collision, ...]:
    """Return one example for each pair of intents that share a text; exact, fillers left aside.

    The graphs of all intents are walked side by side, word by word, for as long as at least two
    of them can follow.
    """
    names = list(sentences.intents.intents)
    tracks = [Walk(word_graph(sentences, name)) for name in names]
    start = frozenset((number, 0) for number in range(len(tracks)))
    found: dict[tuple[int, int], str] = {}
    seen = {start}
    waiting: deque[tuple[frozenset[_Place], tuple[str, ...]]] = deque([(start, ())])
    while waiting:
        places, words = waiting.popleft()
        ended = sorted({number for number, state in places if tracks[number].ends(state)})
        for pair in itertools.combinations(ended, 2):
            if words:
                found.setdefault(pair, " ".join(words))
        for word, after in _shared_steps(tracks, places):
            if after not in seen:
                seen.add(after)
                waiting.append((after, (*words, word)))
    return tuple(Collision(names[one], names[two], text) for (one, two), text in found.items())


def _shared_steps(
    tracks: list[Walk], places: frozenset[_Place]
) -> list[tuple[str, frozenset[_Place]]]:
    """Return the words by which at least two intents go on, and where that leads."""
    after: dict[str, set[_Place]] = {}
    intents: dict[str, set[int]] = {}
    for number, state in places:
        for word, reached in tracks[number].words_from(state).items():
            after.setdefault(word, set()).update((number, to) for to in reached)
            intents.setdefault(word, set()).add(number)
    return [(word, frozenset(after[word])) for word in sorted(after) if len(intents[word]) > 1]
