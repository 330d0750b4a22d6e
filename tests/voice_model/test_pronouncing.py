"""A text becomes all the ways it may be spoken, with probabilities that add up to one."""

import random
from itertools import pairwise

import numpy as np

from scripts.voice_model.lexicon import PHONE_IDS, Lexicon
from scripts.voice_model.phonotactics import phonotactics
from scripts.voice_model.pronouncing import (
    Mishearing,
    SpokenGraph,
    random_phones,
    spoken_graph,
    ways_to_say,
)
from scripts.voice_model.units import CONTEXT_AFTER, COUNT, NO_CONTEXT, tie_units


def phones(text: str) -> tuple[int, ...]:
    return tuple(PHONE_IDS[phone] for phone in text.split())


LEXICON = Lexicon({"a": (phones("AH"), phones("EY")), "stop": (phones("S T AA P"),)})
dice = random.Random  # the tests need the same throws every time, not safe ones
NEVER = Mishearing(word=0.0, utterance=0.0)
ALWAYS = Mishearing(word=1.0)


def paths(graph: SpokenGraph) -> dict[str, float]:
    """Every sequence of phones of a graph, with its probability."""
    names = list(PHONE_IDS)
    found: dict[str, float] = {}

    def walk(node: int, said: list[str], share: float) -> None:
        said = [*said, names[graph.phones[node, 1]]]
        if graph.ends[node]:
            text = " ".join(said)
            found[text] = found.get(text, 0.0) + share * float(graph.ends[node])
        for (origin, target), weight in zip(graph.arcs, graph.weights, strict=True):
            if origin == node:
                walk(int(target), said, share * float(weight))

    for node, share in enumerate(graph.starts):
        if share:
            walk(node, [], float(share))
    return found


def test_silence_is_optional_and_every_pronunciation_as_likely() -> None:
    ways = ways_to_say("a stop", LEXICON, dice(1), NEVER)
    found = paths(spoken_graph(ways))
    assert len(found) == 2 * 2 * 2 * 2
    assert np.isclose(found["AH S T AA P"], 0.2 * 0.5 * 0.8 * 0.2)
    assert np.isclose(found["SIL EY SIL S T AA P SIL"], 0.8 * 0.5 * 0.2 * 0.8)
    assert np.isclose(sum(found.values()), 1.0)


def test_each_phone_knows_what_was_before_it() -> None:
    graph = spoken_graph(ways_to_say("a stop", LEXICON, dice(1), NEVER))
    for (origin, target), _ in zip(graph.arcs, graph.weights, strict=True):
        context, phone = graph.phones[target]
        before = graph.phones[origin, 1]
        assert context == (NO_CONTEXT if phone < 2 else CONTEXT_AFTER[before])


def test_each_phone_knows_its_word() -> None:
    graph = spoken_graph(ways_to_say("a stop", LEXICON, dice(1), NEVER))
    names = list(PHONE_IDS)
    found = {
        (names[phone], int(word))
        for (_, phone), word in zip(graph.phones, graph.words, strict=True)
    }
    expected = {("SIL", -1), ("AH", 0), ("EY", 0), ("S", 1), ("T", 1), ("AA", 1), ("P", 1)}
    assert found == expected


def test_words_can_be_taken_for_unknown_speech() -> None:
    assert ways_to_say("a stop", LEXICON, dice(1), ALWAYS) == (((1,),), ((1,),))
    assert ways_to_say("grumpf", LEXICON, dice(1), NEVER) == (((1,),),)


def test_random_phones_are_one_of_the_paths() -> None:
    ways = ways_to_say("stop a stop", LEXICON, dice(1), NEVER)
    names = list(PHONE_IDS)
    known = paths(spoken_graph(ways))
    for seed in range(30):
        said = random_phones(ways, dice(seed))
        assert " ".join(names[phone] for phone in said) in known


def test_phonotactics_are_probabilities_that_lean_on_what_was_seen() -> None:
    sequences = [phones("S T AA P"), phones("S T EY"), phones("AH S T AA")] * 50
    model = phonotactics(sequences)
    assert np.allclose(model.follows.sum(axis=2) + model.ends, 1.0)
    assert np.isclose(model.first.sum(), 1.0)
    context = CONTEXT_AFTER[PHONE_IDS["S"]]
    after = model.follows[context, PHONE_IDS["T"]]
    assert after[PHONE_IDS["AA"]] > after[PHONE_IDS["EY"]] > 10 * after[PHONE_IDS["ZH"]]
    assert model.seen[context, PHONE_IDS["T"]] == 150


def test_rare_units_are_those_of_their_phone() -> None:
    seen = np.zeros((len(set(CONTEXT_AFTER)), COUNT))
    seen[3, PHONE_IDS["AA"]] = 100
    seen[4, PHONE_IDS["AA"]] = 99
    seen[3, PHONE_IDS["SIL"]] = 1000
    units = tie_units(seen, 100)
    assert len(units.phones) == COUNT + 1
    own, shared = units.table[3, PHONE_IDS["AA"]], units.table[4, PHONE_IDS["AA"]]
    assert own == shared + 1
    assert set(units.table[:, PHONE_IDS["SIL"]]) == {0}
    assert all(one <= other for one, other in pairwise(units.phones))
