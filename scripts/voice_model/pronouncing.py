"""All the ways a text may be spoken, as a graph of phones.

A node is a phone in its context; whoever enters it emits its unit's first frame, whoever
stays emits its further frames. Silence is optional between words and usual at the ends, every
pronunciation of a word is a branch, and some words are taken for unknown speech, which is how the
model learns to say ``[unk]``.
"""

import random
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from .lexicon import PHONE_IDS, SILENCE, SPOKEN, Lexicon, Pronunciation
from .units import CONTEXT_AFTER, CONTEXT_FREE, NO_CONTEXT

EDGE_SILENCE: Final = 0.8
"""Probability of silence before the first word and after the last one."""
INNER_SILENCE: Final = 0.2
"""Probability of silence between two words."""

_SILENCE: Final = PHONE_IDS[SILENCE]
_SPOKEN: Final = (PHONE_IDS[SPOKEN],)
_BEGINNING: Final = -1
_NO_WORD: Final = -1

Ways = tuple[Pronunciation, ...]


@dataclass(frozen=True, slots=True)
class Mishearing:
    """How often known words are taken for unknown speech."""

    word: float = 0.12
    """A word by itself."""
    utterance: float = 0.06
    """All words of a short utterance, as when somebody says what is none of our business."""
    longest: int = 4
    """Words of an utterance that is still short."""


def ways_to_say(
    text: str, lexicon: Lexicon, chance: random.Random, mishearing: Mishearing
) -> tuple[Ways, ...]:
    """Pronunciations of each word of a text, some words replaced by unknown speech."""
    words = text.split()
    foreign = len(words) <= mishearing.longest and chance.random() < mishearing.utterance
    return tuple(
        (_SPOKEN,) if foreign or chance.random() < mishearing.word else lexicon.pronunciations(word)
        for word in words
    )


@dataclass(frozen=True, slots=True)
class SpokenGraph:
    """Nodes and weighted arcs; weights are probabilities."""

    phones: npt.NDArray[np.int64]
    """Context and phone of each node."""
    arcs: npt.NDArray[np.int64]
    """Origin and target of each arc, staying on a node left out."""
    weights: npt.NDArray[np.float32]
    """Of the arcs."""
    starts: npt.NDArray[np.float32]
    """Probability that each node is the first."""
    ends: npt.NDArray[np.float32]
    """Probability that each node is the last, once there."""
    words: npt.NDArray[np.int64]
    """Place in the text of the word that each node belongs to; -1 for silence."""


# Where a path stands: the node it is on, and the probability of getting on from there.
_Front = dict[int, float]


@dataclass(slots=True)
class _Builder:
    nodes: dict[tuple[int, int, int], int] = field(default_factory=dict)
    """Place in the text, context and phone, to number."""
    arcs: dict[tuple[int, int], float] = field(default_factory=dict)
    starts: dict[int, float] = field(default_factory=dict)
    phones: list[int] = field(default_factory=list)
    """Phone of each node."""
    words: list[int] = field(default_factory=list)
    """Word of each node."""
    places: int = 0

    def enter(
        self, front: _Front, phone: int, weight: float, place: int, word: int = _NO_WORD
    ) -> _Front:
        """Go on from every node of ``front`` (none: the beginning) to a phone at a place."""
        reached: _Front = {}
        for origin, share in front.items():
            node = self._node(origin, phone, place, word)
            if origin == _BEGINNING:
                self.starts[node] = self.starts.get(node, 0.0) + share * weight
            else:
                arc = (origin, node)
                self.arcs[arc] = self.arcs.get(arc, 0.0) + share * weight
            reached[node] = 1.0
        return reached

    def pause(self, front: _Front, probability: float) -> _Front:
        """Silence or none."""
        self.places += 1
        silent = self.enter(front, _SILENCE, probability, self.places)
        return {node: share * (1 - probability) for node, share in front.items()} | silent

    def word(self, front: _Front, ways: Ways, number: int) -> _Front:
        """One of the pronunciations."""
        ends: _Front = {}
        for way in ways:
            here = front
            for position, phone in enumerate(way):
                self.places += 1
                weight = 1.0 if position else 1 / len(ways)
                here = self.enter(here, phone, weight, self.places, number)
            ends |= here
        return ends

    def _node(self, origin: int, phone: int, place: int, word: int) -> int:
        """The node of a phone at a place, behind whatever phone ``origin`` is."""
        is_free = phone in CONTEXT_FREE or origin == _BEGINNING
        context = NO_CONTEXT if is_free else int(CONTEXT_AFTER[self.phones[origin]])
        node = self.nodes.setdefault((place, context, phone), len(self.nodes))
        if node == len(self.phones):
            self.phones.append(phone)
            self.words.append(word)
        return node


def spoken_graph(ways: tuple[Ways, ...]) -> SpokenGraph:
    """The graph of a text whose words can be pronounced in these ways."""
    builder = _Builder()
    front = builder.pause({_BEGINNING: 1.0}, EDGE_SILENCE)
    for position, choice in enumerate(ways):
        if position:
            front = builder.pause(front, INNER_SILENCE)
        front = builder.word(front, choice, position)
    ends = builder.pause(front, EDGE_SILENCE) if ways else front
    count = len(builder.nodes)
    phones = np.array([key[1:] for key in builder.nodes], np.int64).reshape(-1, 2)
    arcs = np.array(list(builder.arcs), np.int64).reshape(-1, 2)
    weights = np.fromiter(builder.arcs.values(), np.float32)
    starts, last = _spread(builder.starts, count), _spread(ends, count)
    return SpokenGraph(phones, arcs, weights, starts, last, np.array(builder.words, np.int64))


def _spread(shares: _Front, count: int) -> npt.NDArray[np.float32]:
    spread = np.zeros(count, np.float32)
    for node, share in shares.items():
        if node != _BEGINNING:
            spread[node] = share
    return spread


def random_phones(ways: tuple[Ways, ...], chance: random.Random) -> list[int]:
    """One way through the graph: the phones somebody may have spoken."""
    phones = [_SILENCE] if chance.random() < EDGE_SILENCE else []
    for position, choice in enumerate(ways):
        if position and chance.random() < INNER_SILENCE:
            phones.append(_SILENCE)
        phones += chance.choice(choice)
    return [*phones, _SILENCE] if chance.random() < EDGE_SILENCE else phones
