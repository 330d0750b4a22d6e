"""Examples as training takes them: of about equal length, with the mean taken off, with gaps."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from .features import DIM, WINDOW, Features, without_mean
from .lexicon import Lexicon
from .network import SUBSAMPLING
from .perturbation import at_another_pace, in_company, perturbed
from .preparation import Example, Examples
from .pronouncing import Mishearing, SpokenGraph, spoken_graph, ways_to_say

_FRAMES: Final = 9_000
"""Frames of 10 ms in a batch; what a core keeps in its cache while it works on them."""
_HELD_OUT: Final = 400
"""Examples that are never trained on, to see how it goes."""
_FRAMES_A_PHONE: Final = 3.5
"""Examples with less room for the phones of their text are left out."""
_HEARD_BEFORE: Final = 0.4
"""Share of examples that do not begin a conversation: their running mean has settled."""
_LONGEST_GAP: Final = 25
_MOST_OTHERS: Final = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """Utterances to learn from at once."""

    features: Tensor
    """(utterance, frame, 40)"""
    graphs: Sequence[SpokenGraph]


class Batches:
    """Makes batches without end."""

    def __init__(
        self,
        examples: Examples,
        lexicon: Lexicon,
        mishearing: Mishearing,
        chance: random.Random,
        company: float = 0.0,
    ) -> None:
        """Look through the examples; others talk into so great a share of what is trained on.

        Attributes:
            mean: of the cepstra of all examples.
        """
        self._rows = examples.rows
        self._lexicon = lexicon
        self._mishearing = mishearing
        self._company = company
        self.chance = chance
        self.mean: npt.NDArray[np.float64] = _mean(examples.rows)
        usable = [one for one in examples.listed if self._has_room(one)]
        chance.shuffle(usable)
        self._held_out, self._used = usable[:_HELD_OUT], usable[_HELD_OUT:]

    def epoch(self, *, shortest_first: bool = False) -> Iterator[Batch]:
        """Every example once.

        Args:
            shortest_first: begin with the shortest fifth, which is easiest to align from nothing.
        """
        groups = self._groups(self._used)
        easy = groups[: len(groups) // 5] if shortest_first else []
        rest = groups[len(easy) :]
        self.chance.shuffle(easy)
        self.chance.shuffle(rest)
        for group in easy + rest:
            yield self._batch(group, is_trained_on=True)

    def held_out(self) -> Iterator[Batch]:
        """The examples that are not trained on."""
        for group in self._groups(self._held_out):
            yield self._batch(group, is_trained_on=False)

    def _has_room(self, example: Example) -> bool:
        words = example.text.split()
        if not words:
            return False
        phones = sum(min(map(len, self._lexicon.pronunciations(word))) for word in words)
        return example.frames >= _FRAMES_A_PHONE * phones + 2 * SUBSAMPLING

    def _groups(self, examples: Sequence[Example]) -> list[list[Example]]:
        """Examples of about equal length, as many as fit into a batch; the shortest first."""
        jittered = [(one.frames * self.chance.uniform(0.97, 1.03), one) for one in examples]
        groups: list[list[Example]] = [[]]
        longest = 0
        for _, one in sorted(jittered, key=lambda pair: pair[0]):
            longest = max(longest, one.frames)
            if groups[-1] and longest * (len(groups[-1]) + 1) > _FRAMES:
                groups.append([])
                longest = one.frames
            groups[-1].append(one)
        return groups

    def _batch(self, group: Sequence[Example], *, is_trained_on: bool) -> Batch:
        rows = [self._features(one, is_trained_on=is_trained_on) for one in group]
        longest = max(map(len, rows))
        features = np.empty((len(group), longest, DIM), np.float32)
        for row, found in enumerate(rows):
            features[row, : len(found)] = found
            features[row, len(found) :] = found[-1]
        if is_trained_on:
            for _ in range(2):
                length = self.chance.randrange(_LONGEST_GAP)
                at = self.chance.randrange(max(1, longest - length))
                features[:, at : at + length] = 0.0
        ways = (
            ways_to_say(one.text, self._lexicon, self.chance, self._mishearing) for one in group
        )
        return Batch(torch.from_numpy(features), [spoken_graph(way) for way in ways])

    def _features(self, example: Example, *, is_trained_on: bool) -> Features:
        cepstra = self._cepstra(example)[self.chance.randrange(SUBSAMPLING) :]
        if is_trained_on:
            cepstra = at_another_pace(perturbed(cepstra, self.chance), self.chance)
            if self.chance.random() < self._company:
                count = self.chance.randint(1, _MOST_OTHERS)
                others = [self._cepstra(self.chance.choice(self._used)) for _ in range(count)]
                cepstra = in_company(cepstra, others, self.chance)
        if self.chance.random() < _HEARD_BEFORE:
            heard = self.chance.randrange(50, WINDOW)
            return without_mean(cepstra, self.mean, cepstra.mean(axis=0), heard)
        return without_mean(cepstra, self.mean)

    def _cepstra(self, example: Example) -> Features:
        rows = self._rows[example.start : example.start + example.frames]
        return rows.astype(np.float32)


def input_spread(batches: Batches) -> tuple[Features, Features]:
    """Mean and deviation of the inputs, from the held-out examples."""
    rows = torch.cat([batch.features.flatten(0, 1) for batch in batches.held_out()])
    return rows.mean(dim=0).numpy(), rows.std(dim=0).numpy()


def _mean(rows: npt.NDArray[np.float16]) -> npt.NDArray[np.float64]:
    block = 100_000
    sums = [
        rows[at : at + block].sum(axis=0, dtype=np.float64) for at in range(0, len(rows), block)
    ]
    total: npt.NDArray[np.float64] = np.sum(sums, axis=0) / len(rows)
    return total
