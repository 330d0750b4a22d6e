"""How many sentences stand close together: the more there are, the better one fits any sound."""

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from assistant.language.wordgraph import WordGraph

_LONGEST: Final = 12
"""Words up to which sentences are counted."""
_LANE_BITS: Final = 256
"""More than the number of rows of so many words from the largest vocabulary."""
_SPAN: Final = 3
"""Words by which sentences grow between the two counts that tell how fast their number grows."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The number of sentences by their length, as natural logarithms on a straight line."""

    shortest: int = 1
    """Words of the shortest sentence."""
    at_shortest: float = 0.0
    """Logarithm of the number of sentences that short."""
    a_word: float = 0.0
    """What it grows by with each further word."""

    def cost(self, words: int) -> float:
        """Return the logarithm of the number of sentences of about so many words."""
        return self.at_shortest + self.a_word * (words - self.shortest)


def crowd(graph: WordGraph) -> Crowd:
    """Count the sentences of a graph; ways to say the same words count as often as there are."""
    totals = _totals(graph)
    shortest = next((words for words, total in enumerate(totals) if words and total), 0)
    if not shortest:
        return Crowd()
    at_shortest = math.log(totals[shortest])
    longer = min(shortest + _SPAN, _LONGEST)
    growth = math.log(totals[longer]) - at_shortest
    return Crowd(shortest, at_shortest, growth / max(1, longer - shortest))


def _totals(graph: WordGraph) -> list[int]:
    """Numbers of sentences with up to none, one, two ... words.

    The numbers of one state lie side by side in one long integer, a lane for each length: a word is
    a shift, a choice is a sum, and the largest sentence files are counted in some milliseconds.
    """
    lanes = (1 << _LANE_BITS * (_LONGEST + 1)) - 1
    counts = {graph.final: 1}
    for state in _last_first(graph):
        if state != graph.final:
            here = 0
            for word, to, _ in graph.steps[state]:
                here += counts[to] << _LANE_BITS if word else counts[to]
            counts[state] = here & lanes
    lane = (1 << _LANE_BITS) - 1
    sizes = [counts[0] >> _LANE_BITS * words & lane for words in range(_LONGEST + 1)]
    return list(accumulate(sizes))


def _last_first(graph: WordGraph) -> list[int]:
    """All states behind the start, each after those that follow it; no template has loops."""
    order: list[int] = []
    seen = {0}
    waiting = [(0, iter(graph.steps[0]))]
    while waiting:
        state, steps = waiting[-1]
        for step in steps:
            if step.to not in seen:
                seen.add(step.to)
                waiting.append((step.to, iter(graph.steps[step.to])))
                break
        else:
            order.append(state)
            waiting.pop()
    return order
