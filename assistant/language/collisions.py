"""Texts that would mean two things."""

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph, word_graph

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
    """One example for each pair of intents that share a text; exact, fillers left aside.

    The graphs of all intents are walked side by side, word by word, for as long as at least two
    of them can follow.
    """
    names = list(sentences.intents.intents)
    graphs = [word_graph(sentences, name) for name in names]
    start = _at_rest(graphs, {(number, 0) for number in range(len(graphs))})
    found: dict[tuple[int, int], str] = {}
    seen = {start}
    waiting: deque[tuple[frozenset[_Place], tuple[str, ...]]] = deque([(start, ())])
    while waiting:
        places, words = waiting.popleft()
        ended = sorted({number for number, state in places if state == graphs[number].final})
        for pair in itertools.combinations(ended, 2):
            if words:
                found.setdefault(pair, " ".join(words))
        for word, after in _steps(graphs, places):
            if after not in seen and len({number for number, _ in after}) > 1:
                seen.add(after)
                waiting.append((after, (*words, word)))
    return tuple(Collision(names[one], names[two], text) for (one, two), text in found.items())


def _at_rest(graphs: list[WordGraph], places: set[_Place]) -> frozenset[_Place]:
    """Add to the places all that can be reached from them without a word."""
    waiting = list(places)
    reached = set(places)
    while waiting:
        number, state = waiting.pop()
        for step in graphs[number].steps[state]:
            place = (number, step.to)
            if not step.word and place not in reached:
                reached.add(place)
                waiting.append(place)
    return frozenset(reached)


def _steps(
    graphs: list[WordGraph], places: frozenset[_Place]
) -> Iterator[tuple[str, frozenset[_Place]]]:
    after: dict[str, set[_Place]] = {}
    for number, state in sorted(places):
        for step in graphs[number].steps[state]:
            if step.word:
                after.setdefault(step.word, set()).add((number, step.to))
    for word, reached in after.items():
        yield word, _at_rest(graphs, reached)
