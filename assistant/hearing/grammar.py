"""The word graph as the recogniser's own language model.

A Vosk model with a dynamic graph decodes with ``graph/Gr.fst``, an acceptor over its word ids,
when it is given no phrase list. A phrase list would become a bigram model, in which words of
different sentences recombine; an acceptor made from the word graph hears whole sentences only.

Beside the sentences it has ways out, so that other speech need not be forced into a sentence:

    start --fillers--> sentence --fillers--> end
    start --[unk]--> end, and round again     anything at all
    start --decoy--> end, and round again     talk, made of frequent words
    start            is an end too            silence is silence, not the shortest command
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph, word_graph

UNKNOWN: Final = "[unk]"
"""The word a Vosk model prints for speech outside its grammar."""

Arc: TypeAlias = tuple[int, int, int, float]
"""Origin, word id (0 for none), target, cost."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices in the decoder's natural logarithms: what is cheaper is heard more easily."""

    unknown: float | None = -3.0
    """Leaving the sentences for ``[unk]``; at -5 one everyday command in ten is lost in noise.

    None: that way is shut.
    """
    unknown_again: float = 6.0
    """Every further ``[unk]``; at 1 the lattice of all ways to cut speech up stalls the decoder."""
    decoys: int = 3000
    """How many of the model's most frequent words compete with the sentences.

    They include words of the sentences: talk that is made of these is still talk.
    """
    decoy: float = 3.0
    """Leaving the sentences for a decoy."""
    decoy_again: float = 4.0
    """Every further decoy."""
    rarity: float = 0.3
    """Share of a decoy's cost in the model's own list of word frequencies that is added."""
    filler: float = 6.0
    """A filler before or after a sentence; below it, foreign words become an "um"."""


ADDRESSED: Final = Costs(filler=0.0)
"""Where "coach" comes before everything but urgent sentences, it is no rarity."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that may be heard, in words."""

    graph: WordGraph
    fillers: tuple[tuple[str, ...], ...] = ()
    """Fillers that may stand before and after, up to two on each side, as rows of words."""


def grammar_of(sentences: Sentences) -> Grammar:
    """Return all that may be heard of a set of sentences."""
    fillers = tuple(tuple(filler.split()) for filler in sentences.fillers)
    return Grammar(word_graph(sentences), fillers)


@dataclass(slots=True)
class _Acceptor:
    """Collects arcs between states by word; steps with unknown words are left out."""

    ids: Mapping[str, int]
    arcs: list[Arc]
    finals: list[int]
    states: int = 0

    def state(self) -> int:
        self.states += 1
        return self.states - 1

    def arc(self, origin: int, word: str, to: int, cost: float = 0.0) -> None:
        label = self.ids.get(word) if word else 0
        if label is not None:
            self.arcs.append((origin, label, to, cost))

    def fillers(self, fillers: Iterable[tuple[str, ...]], origin: int, cost: float) -> int:
        for _ in range(2):
            after = self.state()
            self.arc(origin, "", after)
            for words in fillers:
                here = origin
                for position, word in enumerate(words):
                    to = after if position == len(words) - 1 else self.state()
                    self.arc(here, word, to, 0.0 if position else cost)
                    here = to
            origin = after
        return origin

    def way_out(self, word: str, start: int, cost: float, again: float) -> None:
        out = self.state()
        self.finals.append(out)
        self.arc(start, word, out, cost)
        self.arc(out, word, out, again)


def acceptor_job(grammar: Grammar, ids: Mapping[str, int], costs: Costs) -> dict[str, Any]:
    """Return what ``assistant.hearing.acceptor`` compiles: everything that may be heard."""
    made = _Acceptor(ids, [], [])
    start, end = made.state(), made.state()
    made.finals += [start, end]
    entry = made.fillers(grammar.fillers, start, costs.filler)
    states = [made.state() for _ in grammar.graph.steps]
    made.arc(entry, "", states[0])
    for origin, steps in zip(states, grammar.graph.steps, strict=True):
        for step in steps:
            made.arc(origin, step.word, states[step.to], step.cost)
    leave = made.fillers(grammar.fillers, states[grammar.graph.final], costs.filler)
    made.arc(leave, "", end)
    if costs.unknown is not None:
        made.way_out(UNKNOWN, start, costs.unknown, costs.unknown_again)
    return {
        "states": made.states,
        "arcs": made.arcs,
        "finals": made.finals,
        "decoys": costs.decoys,
        "unknown": ids.get(UNKNOWN, 0),
        "decoy_costs": (costs.decoy, costs.decoy_again, costs.rarity),
    }


def phrase_list(grammar: Grammar, known: frozenset[str] | None, most: int = 20_000) -> list[str]:
    """Return every pair of neighbouring words, for models that only take a list of phrases.

    Vosk makes a bigram model of a phrase list, so the pairs teach it all that whole sentences
    would, however many sentences there are.
    """
    graph = grammar.graph
    pairs: dict[str, None] = dict.fromkeys(" ".join(filler) for filler in grammar.fillers)
    for state, steps in enumerate(graph.steps):
        for step in steps:
            if step.word:
                followers = [after for after in _next_words(graph, step.to) if after]
                pairs |= dict.fromkeys(f"{step.word} {after}" for after in followers)
                if state == 0 or not followers:
                    pairs[step.word] = None
        if len(pairs) > most:
            break
    heard = [pair for pair in pairs if known is None or known.issuperset(pair.split())]
    return [*heard[:most], UNKNOWN]


def _next_words(graph: WordGraph, state: int) -> set[str]:
    found: set[str] = set()
    seen = {state}
    waiting = [state]
    while waiting:
        for step in graph.steps[waiting.pop()]:
            if step.word:
                found.add(step.word)
            elif step.to not in seen:
                seen.add(step.to)
                waiting.append(step.to)
    return found
