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

from assistant.language.crowd import Crowd
from assistant.language.crowd import crowd as crowd_of
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph, word_graph

UNKNOWN: Final = "[unk]"
"""The word a Vosk model prints for speech outside its grammar."""

Arc: TypeAlias = tuple[int, int, int, float]
"""Origin, word id (0 for none), target, cost."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Prices in the decoder's natural logarithms: what is cheaper is heard more easily.

    They make the decoder's search a test of likelihoods. Let S be how well the best sentence fits
    the sound, with l letters, T how well the best row of frequent words does, with t letters, and N
    how many sentences there are of that length. The sentence is heard if

        T - S + ln N  <  letter * (sentence_share * l + t + head_start)

    Talk always fits a little better, since any words may follow each other: people with an accent
    and noise cost each letter about as much, so the allowance grows with the letters. And the more
    sentences there are, the better the best of them fits whatever was said.
    """

    letter: float = 0.6
    """What each letter may cost a sentence: the one figure to trade recall for rejection with.

    ``scripts/bench_rejection.py`` prints the curve for a corpus and a model.
    """
    sentence_share: float = 0.4
    """What a letter of the sentence counts beside one of the talk.

    At 1 it would pay to be bent into a long sentence, for the sake of its letters.
    """
    head_start: float = 8.0
    """Letters that every sentence is given for nothing, for the sake of the short ones."""
    crowd: float = 1.0
    """Share of the crowd's cost that is charged."""
    decoys: int = 3000
    """How many of the model's most frequent words compete with the sentences.

    They include words of the sentences: talk that is made of these is still talk. With all thirty
    thousand of this model, noisy sentences are lost and nothing more is rejected.
    """
    decoy_again: float = 1.0
    """Every decoy behind the first."""
    unknown: float | None = 2.0
    """Leaving the sentences for ``[unk]``, the model's own garbage word; None: that way is shut."""
    unknown_again: float = 6.0
    """Every further ``[unk]``; at 1 the lattice of all ways to cut speech up stalls the decoder."""
    filler: float = 6.0
    """A filler before or after a sentence; below it, foreign words become an "um"."""

    def letters(self, sentence: str, talk: str) -> float:
        """Return the letters that a sentence is allowed to fit worse by than talk."""
        return self.sentence_share * _letters(sentence) + _letters(talk) + self.head_start


ADDRESSED: Final = Costs(filler=0.0)
"""Where "coach" comes before everything but urgent sentences, it is no rarity."""


def _letters(text: str) -> int:
    return len(text.replace(" ", ""))


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
    letter: float
    arcs: list[Arc]
    finals: list[int]
    states: int = 0

    def state(self) -> int:
        self.states += 1
        return self.states - 1

    def arc(self, origin: int, word: str, to: int, cost: float = 0.0) -> None:
        label = self.ids.get(word) if word else 0
        if label is not None:
            letters = len(word) if word != UNKNOWN else 0
            self.arcs.append((origin, label, to, cost - self.letter * letters))

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
    made = _Acceptor(ids, costs.letter * costs.sentence_share, [], [])
    crowd = crowd_of(grammar.graph) if costs.crowd else Crowd()
    start, end = made.state(), made.state()
    made.finals += [start, end]
    entry = made.fillers(grammar.fillers, start, costs.filler)
    states = [made.state() for _ in grammar.graph.steps]
    # Words behind the first are charged below, so the shortest sentence pays for the crowd alone.
    at_first = crowd.at_shortest - crowd.a_word * (crowd.shortest - 1)
    made.arc(entry, "", states[0], costs.crowd * at_first - costs.letter * costs.head_start)
    first = {states[state] for state in (0, *grammar.graph.reached_without_words())}
    for origin, steps in zip(states, grammar.graph.steps, strict=True):
        further = 0.0 if origin in first else costs.crowd * crowd.a_word
        for step in steps:
            cost = step.cost + further if step.word else step.cost
            made.arc(origin, step.word, states[step.to], cost)
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
        "decoy_costs": (0.0, costs.decoy_again, costs.letter),
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
