"""Finds in a text what would act at any time, even from the coach's own mouth."""

import re
from collections.abc import Iterable

from hassil.intents import IntentData

from assistant.language.sentences import Sentences
from assistant.language.wordgraph import Step, WordGraph, template_graph


def words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def live_of(block: IntentData) -> str:
    """When the sentences of a block may act."""
    return str((block.metadata or {})["live"])


class UrgentSpeech:
    """All urgent sentences as one graph of words, walked without expanding any."""

    def __init__(self, sentences: Sentences) -> None:
        self._graph = WordGraph()
        self._known: dict[tuple[str, frozenset[int]], frozenset[int]] = {}
        for known in sentences.intents.intents.values():
            for block in known.data:
                if live_of(block) == "urgent":
                    for template in block.sentences:
                        self._add(template_graph(template, block, sentences))
        self._start = self._at_rest([0])

    def part_of(self, text: str) -> str | None:
        """The first part of a text that is an urgent sentence as a whole."""
        spoken = words(text)
        for first in range(len(spoken)):
            states = self._start
            for last, word in enumerate(spoken[first:], start=first + 1):
                states = self._after(word, states)
                if self._graph.final in states:
                    return " ".join(spoken[first:last])
        return None

    def _add(self, part: WordGraph) -> None:
        shift = len(self._graph.steps)
        self._graph.steps += [
            [Step(word, to + shift, cost) for word, to, cost in steps] for steps in part.steps
        ]
        self._graph.add_step(0, "", shift)
        self._graph.add_step(part.final + shift, "", self._graph.final)

    def _after(self, word: str, states: frozenset[int]) -> frozenset[int]:
        if (word, states) not in self._known:
            onward = (step for state in states for step in self._graph.steps[state])
            reached = self._at_rest(step.to for step in onward if step.word == word)
            self._known[word, states] = reached
        return self._known[word, states]

    def _at_rest(self, states: Iterable[int]) -> frozenset[int]:
        """The states, and all that can be reached from them without a word."""
        reached = set(states)
        waiting = list(reached)
        while waiting:
            for step in self._graph.steps[waiting.pop()]:
                if not step.word and step.to not in reached:
                    reached.add(step.to)
                    waiting.append(step.to)
        return frozenset(reached)
