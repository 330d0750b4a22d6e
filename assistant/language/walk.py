"""A word graph walked by words, with the empty steps taken care of."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from assistant.language.wordgraph import WordGraph


class Standing(Enum):
    """How much of a sentence some words are."""

    FRAGMENT = auto()
    """No sentence yet, or none at all."""
    OPEN = auto()
    """A whole sentence, and the beginning of longer ones."""
    CLOSED = auto()
    """A whole sentence that nothing can follow."""


class Walk:
    """Where words lead in a graph; what a state leads to is worked out once."""

    def __init__(self, graph: WordGraph) -> None:
        self._graph = graph
        self._known: dict[int, tuple[bool, dict[str, tuple[int, ...]]]] = {}

    def ends(self, state: int) -> bool:
        """Whether a sentence may end in this state."""
        return self._look(state)[0]

    def words_from(self, state: int) -> dict[str, tuple[int, ...]]:
        """The words that may follow this state, and the states each of them leads to."""
        return self._look(state)[1]

    def standing(self, words: Sequence[str]) -> Standing:
        """How much of a sentence ``words`` are."""
        states: Iterable[int] = {0}
        for word in words:
            states = {to for state in states for to in self.words_from(state).get(word, ())}
        if not words or not any(self.ends(state) for state in states):
            return Standing.FRAGMENT
        goes_on = any(self.words_from(state) for state in states)
        return Standing.OPEN if goes_on else Standing.CLOSED

    def _look(self, state: int) -> tuple[bool, dict[str, tuple[int, ...]]]:
        if state not in self._known:
            reached = {state}
            waiting = [state]
            words: dict[str, set[int]] = {}
            while waiting:
                for step in self._graph.steps[waiting.pop()]:
                    if step.word:
                        words.setdefault(step.word, set()).add(step.to)
                    elif step.to not in reached:
                        reached.add(step.to)
                        waiting.append(step.to)
            # Tuples take a quarter of what sets do, and in time every state is looked at.
            leads = {word: tuple(states) for word, states in words.items()}
            self._known[state] = (self._graph.final in reached, leads)
        return self._known[state]
