"""Sentence templates as a graph of words, without expanding a single sentence.

A template is first turned into a graph of *pieces*: fragments of words, blanks and empty steps,
because ``set[s]`` builds one word out of two fragments. Walking from blank to blank then gives a
graph whose steps are whole words. Its size grows with the length of the templates, not with the
number of sentences: a file of 10^12 sentences takes as long as its text.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from hassil.expression import (
    Alternative,
    Expression,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.intents import IntentData, RangeSlotList, SlotList, TextSlotList

from assistant.complaint import Complaint
from assistant.language.numbers import spoken
from assistant.language.sentences import Sentences

CHOICE_COST: Final = 0.3
"""Share of the logarithm of the number of branches that a choice costs."""

_MOST_STATES: Final = 500_000
_MOST_PERMUTED: Final = 8
_BLANKS: Final = re.compile(r"([\s\-_]+)")
_SILENT: Final = re.compile(r"[^\w']+")


class Step(NamedTuple):
    """One way on from a state."""

    word: str
    """Empty where the step says nothing."""
    to: int
    cost: float


@dataclass(slots=True, eq=False)
class WordGraph:
    """States with steps between them; state 0 is the start, ``final`` the end."""

    steps: list[list[Step]] = field(default_factory=lambda: [[], []])
    final: int = 1

    def add_state(self) -> int:
        """Make a state nothing leads to yet."""
        if len(self.steps) >= _MOST_STATES:
            raise Complaint("The sentence templates are too large: write shorter ones.")
        self.steps.append([])
        return len(self.steps) - 1

    def add_step(self, origin: int, word: str, to: int, cost: float = 0.0) -> None:
        """Allow ``word`` (or nothing) between two states."""
        self.steps[origin].append(Step(word, to, cost))

    def words(self) -> frozenset[str]:
        """All words on any path."""
        return frozenset(step.word for steps in self.steps for step in steps) - {""}


def word_graph(sentences: Sentences, intent: str | None = None) -> WordGraph:
    """Graph of everything that may be said, or of one intent, without fillers.

    That of everything is made once; nobody may change it.
    """
    return _whole_graph(sentences) if intent is None else _graph_of(sentences, (intent,))


@lru_cache(maxsize=4)
def _whole_graph(sentences: Sentences) -> WordGraph:
    return _graph_of(sentences, sentences.intents.intents)


def _graph_of(sentences: Sentences, intents: Iterable[str]) -> WordGraph:
    graph = WordGraph()
    for name in intents:
        for block in sentences.intents.intents[name].data:
            for template in block.sentences:
                _add_template(graph, template, block, sentences)
    return graph


def template_graph(template: Sentence, block: IntentData, sentences: Sentences) -> WordGraph:
    """Graph of one template."""
    whole = WordGraph()
    _add_template(whole, template, block, sentences)
    return whole


def phrase_graph(phrases: tuple[str, ...]) -> WordGraph:
    """Graph of plain phrases."""
    graph = WordGraph()
    for phrase in phrases:
        _spell(graph, 0, graph.final, _words_of(phrase), 0.0)
    return graph


def _add_template(
    whole: WordGraph, template: Sentence, block: IntentData, sentences: Sentences
) -> None:
    pieces = _Pieces(
        lists={**sentences.intents.slot_lists, **block.slot_lists},
        rules={**sentences.intents.expansion_rules, **block.expansion_rules},
        language=sentences.language,
    )
    pieces.add(template.expression, 0, pieces.graph.final)
    _join_words(pieces.graph, whole)


@dataclass(slots=True)
class _Pieces:
    """Builds the graph of fragments (``"set"``), blanks (``" "``) and empty steps (``""``)."""

    lists: Mapping[str, SlotList]
    rules: Mapping[str, Sentence]
    language: str
    graph: WordGraph = field(default_factory=WordGraph)

    def add(self, part: Expression, origin: int, to: int) -> None:
        """Lay ``part`` between two states."""
        match part:
            case TextChunk():
                self._text(part.text, origin, to)
            case Alternative():
                self._choice(part.items, origin, to)
            case Permutation():
                self._permutation(part, origin, to)
            case Sequence():
                for item in part.items:
                    state = self.graph.add_state()
                    self.add(item, origin, state)
                    origin = state
                self.graph.add_step(origin, "", to)
            case RuleReference():
                self.add(self.rules[part.rule_name].expression, origin, to)
            case ListReference():
                self._list(part, origin, to)
            case _:
                raise TypeError(part)

    def _text(self, text: str, origin: int, to: int) -> None:
        for piece in _BLANKS.split(text.lower()):
            if piece:
                word = " " if _BLANKS.fullmatch(piece) else _SILENT.sub("", piece)
                origin = self._next(origin, word)
        self.graph.add_step(origin, "", to)

    def _choice(self, items: list[Expression], origin: int, to: int) -> None:
        cost = CHOICE_COST * math.log(max(len(items), 1))
        for item in items:
            state = self.graph.add_state()
            self.graph.add_step(origin, "", state, cost)
            self.add(item, state, to)

    def _permutation(self, part: Permutation, origin: int, to: int) -> None:
        count = len(part.items)
        if count > _MOST_PERMUTED:
            raise Complaint(f"A template permutes {count} parts; {_MOST_PERMUTED} are the most.")
        done = {0: origin, (1 << count) - 1: to}
        for chosen in range(1 << count):
            state = done.get(chosen)
            if state is None:
                state = done[chosen] = self.graph.add_state()
            for position, item in enumerate(part.items):
                after = chosen | 1 << position
                if after != chosen:
                    if after not in done:
                        done[after] = self.graph.add_state()
                    self.add(item, state, done[after])

    def _list(self, reference: ListReference, origin: int, to: int) -> None:
        inline = reference.get_inline_range()
        known = RangeSlotList(None, *inline) if inline else self.lists[reference.list_name]
        if isinstance(known, TextSlotList):
            self._choice([value.text_in for value in known.values], origin, to)
        elif isinstance(known, RangeSlotList):
            self._numbers(known, origin, to)
        else:
            raise TypeError(known)

    def _numbers(self, known: RangeSlotList, origin: int, to: int) -> None:
        numbers = list(known.get_numbers())
        language = known.words_language or self.language
        first = self.graph.add_state()
        self.graph.add_step(origin, "", first, CHOICE_COST * math.log(len(numbers)))
        # Numbers that begin alike share their beginning: "twenty", "twenty one", "twenty two".
        reached: dict[tuple[str, ...], int] = {(): first}
        for number in numbers:
            for text in spoken(number, language):
                words = tuple(text.split())
                for length in range(1, len(words) + 1):
                    if words[:length] not in reached:
                        before = reached[words[: length - 1]]
                        if length > 1:
                            before = self._next(before, " ")
                        reached[words[:length]] = self._next(before, words[length - 1])
                self.graph.add_step(reached[words], "", to)

    def _next(self, origin: int, piece: str) -> int:
        state = self.graph.add_state()
        self.graph.add_step(origin, piece, state)
        return state


def _join_words(pieces: WordGraph, whole: WordGraph) -> None:
    """Copy a graph of pieces into a graph of words, between its start and its end."""
    place = {0: 0}
    waiting = [0]
    while waiting:
        state = waiting.pop()
        for word, after, cost in _words_from(pieces, state):
            if after == pieces.final and not pieces.steps[after]:
                _spell(whole, place[state], whole.final, _words_of(word), cost)
                continue
            if after not in place:
                place[after] = whole.add_state()
                waiting.append(after)
            _spell(whole, place[state], place[after], _words_of(word), cost)


def _words_from(pieces: WordGraph, state: int) -> Iterator[Step]:
    """Words that begin in ``state``, up to the blank or the end behind them."""
    if state == pieces.final:
        return
    cheapest: dict[tuple[str, int], float] = {}
    waiting: list[tuple[str, int, float]] = [("", state, 0.0)]
    while waiting:
        pending, here, cost = waiting.pop()
        if cost >= cheapest.get((pending, here), math.inf):
            continue
        cheapest[pending, here] = cost
        if here == pieces.final:
            yield Step(pending, here, cost)
        for step in pieces.steps[here]:
            if step.word != " " and (pending or step.word):
                waiting.append((pending + step.word, step.to, cost + step.cost))
            elif step.word == " " and pending:
                yield Step(pending, step.to, cost + step.cost)
            else:
                yield Step("", step.to, cost + step.cost)


@lru_cache(maxsize=65_536)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_SILENT.sub("", word) for word in _BLANKS.sub(" ", text.lower()).split())


def _spell(graph: WordGraph, origin: int, to: int, words: tuple[str, ...], cost: float) -> None:
    """Lay a row of words between two states."""
    for word in words[:-1]:
        state = graph.add_state()
        graph.add_step(origin, word, state, cost)
        origin, cost = state, 0.0
    graph.add_step(origin, words[-1] if words else "", to, cost)
