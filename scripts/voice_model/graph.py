"""The words as a transducer from the model's outputs, as libvosk composes it with any grammar.

Theory of operation. *L* maps phones to words: a loop of words with optional silence behind each;
pronunciations that other words share or continue end in a disambiguation symbol, so that L can be
made deterministic, which turns it into a tree. *C* puts phones into their contexts: a state of L
that is reached by phones of several kinds is split by kind, which concerns little more than the
root of the tree. *H* replaces a unit by the transition that its first frame takes and gives the
state behind it a loop for the further frames. Weights of the topology are the same for everybody
and are left out.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.complaint import Complaint

from .lexicon import PHONE_IDS, SILENCE, Lexicon, Pronunciation
from .units import CONTEXT_AFTER, CONTEXT_FREE, COUNT, NO_CONTEXT, Units

EPSILON: Final = 0
_HALF: Final = 0.6931472
"""Cost of one of two equal choices."""
_SILENCE: Final = PHONE_IDS[SILENCE]


class Arc(NamedTuple):
    """A step of a transducer."""

    origin: int
    reads: int
    writes: int
    target: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Transducer:
    """Arcs between states; state 0 is the start."""

    arcs: list[Arc]
    finals: list[int]


def forward_transition(unit: int) -> int:
    """Kaldi's number of the transition that a unit's first frame takes."""
    return 2 * unit + 2


def loop_transition(unit: int) -> int:
    """Kaldi's number of the transition that each further frame takes."""
    return 2 * unit + 1


@dataclass(frozen=True, slots=True)
class WordTransducer:
    """What libvosk decodes with."""

    transducer: Transducer
    disambiguations: list[int]
    """Input numbers that stand for no sound."""


def word_transducer(lexicon: Lexicon, ids: Mapping[str, int], units: Units) -> WordTransducer:
    """Words of a lexicon in the model's transitions.

    Args:
        lexicon: pronunciations.
        ids: number of each word.
        units: of the acoustic model.
    """
    plain, symbols = lexicon_transducer(lexicon, ids)
    tree = _deterministic(plain)
    first = 2 * len(units.phones) + 1
    decoded = with_transitions(in_context(tree), units)
    return WordTransducer(decoded, list(range(first, first + symbols)))


def lexicon_transducer(lexicon: Lexicon, ids: Mapping[str, int]) -> tuple[Transducer, int]:
    """L, and how many disambiguation symbols it has.

    Phone n is read as n + 1, disambiguation symbol n as ``COUNT + 1 + n``.
    """
    loop, silence, after_silence = 1, 2, 3
    arcs = [
        Arc(0, EPSILON, EPSILON, loop),
        Arc(0, EPSILON, EPSILON, silence),
        Arc(silence, _SILENCE + 1, EPSILON, after_silence),
        Arc(after_silence, COUNT + 1, EPSILON, loop),
    ]
    states = 4
    most = 0
    numbers = _disambiguations(lexicon)
    for word, way, number in _entries(lexicon, numbers):
        most = max(most, number)
        reads = [phone + 1 for phone in way]
        if number:
            reads.append(COUNT + 1 + number)
        here, writes = loop, ids[word]
        for read in reads[:-1]:
            arcs.append(Arc(here, read, writes, states))
            here, writes = states, EPSILON
            states += 1
        arcs += [Arc(here, reads[-1], writes, target, _HALF) for target in (loop, silence)]
    return Transducer(arcs, [loop]), most + 1


def _entries(
    lexicon: Lexicon, shared: Mapping[Pronunciation, bool]
) -> Iterator[tuple[str, Pronunciation, int]]:
    """Word, pronunciation and the disambiguation symbol behind it, 0 for none."""
    used: Counter[Pronunciation] = Counter()
    for word, ways in lexicon.words.items():
        for way in ways:
            if shared[way]:
                used[way] += 1
            yield word, way, used[way]


def _disambiguations(lexicon: Lexicon) -> dict[Pronunciation, bool]:
    """Whether a pronunciation is shared by words, or begins the pronunciation of another."""
    count = Counter(way for ways in lexicon.words.values() for way in ways)
    begun = {way[:length] for way in count for length in range(1, len(way))}
    return {way: many > 1 or way in begun for way, many in count.items()}


def _deterministic(transducer: Transducer) -> Transducer:
    import kaldifst  # here, because it cannot share a process with vosk, and reading this can

    fst = kaldifst.StdVectorFst()
    for _ in range(1 + max(arc.target for arc in transducer.arcs)):
        fst.add_state()
    fst.start = 0
    for arc in transducer.arcs:
        fst.add_arc(arc.origin, kaldifst.StdArc(arc.reads, arc.writes, arc.cost, arc.target))
    for state in transducer.finals:
        fst.set_final(state, 0.0)
    kaldifst.arcsort(fst, "ilabel")
    kaldifst.determinize_star(fst)
    if fst.start != 0:
        raise Complaint("The transducer of words begins elsewhere than expected.")
    arcs, finals = [], []
    for state in kaldifst.StateIterator(fst):
        if not math.isinf(fst.final(state).value):
            finals.append(state)
        arcs += [
            Arc(state, arc.ilabel, arc.olabel, arc.nextstate, float(arc.weight.value))
            for arc in kaldifst.ArcIterator(fst, state)
        ]
    return Transducer(arcs, finals)


class _Contextual(NamedTuple):
    """Arcs that read (context, phone) pairs; other symbols keep their number."""

    transducer: Transducer
    pairs: list[tuple[int, int]]


def in_context(tree: Transducer) -> _Contextual:
    """Split the states of a transducer by the kind of the phone they are reached by.

    Symbols 1 to n of the result are pairs of a context and a phone; epsilon stays 0, and
    disambiguation symbol k becomes ``-1 - k``.
    """
    leaving: dict[int, list[Arc]] = defaultdict(list)
    for arc in tree.arcs:
        leaving[arc.origin].append(arc)
    states = {(0, NO_CONTEXT): 0}
    waiting = [(0, NO_CONTEXT)]
    pairs: dict[tuple[int, int], int] = {}
    arcs: list[Arc] = []
    while waiting:
        state, context = waiting.pop()
        origin = states[state, context]
        for arc in leaving[state]:
            after, reads = context, EPSILON
            if arc.reads > COUNT:
                reads = COUNT - arc.reads
            elif arc.reads:
                phone = arc.reads - 1
                pair = (NO_CONTEXT if phone in CONTEXT_FREE else context, phone)
                reads = pairs.setdefault(pair, len(pairs) + 1)
                after = int(CONTEXT_AFTER[phone])
            target = (arc.target, after)
            if target not in states:
                states[target] = len(states)
                waiting.append(target)
            arcs.append(Arc(origin, reads, arc.writes, states[target], arc.cost))
    ends = set(tree.finals)
    finals = [number for (state, _), number in states.items() if state in ends]
    return _Contextual(Transducer(arcs, finals), list(pairs))


def with_transitions(contextual: _Contextual, units: Units) -> Transducer:
    """Replace pairs by transitions and let each unit last."""
    first_symbol = units.outputs + 1
    pairs = [int(units.table[context, phone]) for context, phone in contextual.pairs]
    arcs, finals = contextual.transducer.arcs, contextual.transducer.finals
    reached: dict[int, set[int]] = defaultdict(set)
    for arc in arcs:
        reached[arc.target].add(pairs[arc.reads - 1] if arc.reads > 0 else _NO_UNIT)
    reached[0].add(_NO_UNIT)
    states = 1 + max(max(arc.origin, arc.target) for arc in arcs)
    lasting: dict[tuple[int, int], int] = {}
    made: list[Arc] = []
    for arc in arcs:
        if arc.reads <= 0:
            reads = first_symbol - arc.reads - 1 if arc.reads else EPSILON
            made.append(arc._replace(reads=reads))
            continue
        unit = pairs[arc.reads - 1]
        place = (arc.target, unit)
        if place not in lasting:
            is_alone = len(reached[arc.target]) == 1
            lasting[place] = arc.target if is_alone else states
            states += not is_alone
            here = lasting[place]
            made.append(Arc(here, loop_transition(unit), EPSILON, here))
            if not is_alone:
                made.append(Arc(here, EPSILON, EPSILON, arc.target))
        made.append(arc._replace(reads=forward_transition(unit), target=lasting[place]))
    return Transducer(made, finals)


_NO_UNIT: Final = -1
