"""Which phone follows which others: the competition that training has to beat."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from .units import CONTEXT_AFTER, CONTEXTS, COUNT, NO_CONTEXT

_SMOOTHING: Final = 20.0
"""Occurrences that a shorter context counts as."""

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Phonotactics:
    """A model of phone sequences that looks at the last phone and the context of that one."""

    first: Table
    """Probability of each phone at the beginning."""
    follows: Table
    """Probability of each phone (last axis) after a context (first axis) and a phone."""
    ends: Table
    """Probability that an utterance ends behind a context and a phone."""
    seen: Table
    """How often each phone came in each context."""


def phonotactics(sequences: Iterable[Sequence[int]]) -> Phonotactics:
    """Count phones in what is before them."""
    triples = np.zeros((len(CONTEXTS), COUNT, COUNT))
    lasts = np.zeros((len(CONTEXTS), COUNT))
    firsts = np.zeros(COUNT)
    for phones in sequences:
        contexts = [NO_CONTEXT, *(int(CONTEXT_AFTER[phone]) for phone in phones)]
        firsts[phones[0]] += 1
        for context, last, phone in zip(contexts, phones, phones[1:], strict=False):
            triples[context, last, phone] += 1
        lasts[contexts[-2], phones[-1]] += 1
    pairs = triples.sum(axis=0)
    seen = triples.sum(axis=2) + lasts
    single = _smoothed(pairs.sum(axis=0), np.full(COUNT, 1 / COUNT))
    follows = _smoothed(triples, _smoothed(pairs, single))
    ended = lasts.sum(axis=0) / (seen.sum(axis=0) + 1)
    stops = (lasts + _SMOOTHING * ended) / (seen + _SMOOTHING)
    return Phonotactics(_smoothed(firsts, single), follows * (1 - stops)[:, :, None], stops, seen)


def _smoothed(counts: Table, shorter: Table) -> Table:
    """Relative frequencies over the last axis, leaning on those of a shorter context."""
    total = counts.sum(axis=-1, keepdims=True)
    mixed: Table = (counts + _SMOOTHING * shorter) / (total + _SMOOTHING)
    return mixed
