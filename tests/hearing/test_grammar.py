from typing import Any

import pytest

from assistant.hearing.grammar import Costs, Grammar, acceptor_job
from assistant.language.wordgraph import phrase_graph

IDS = {"yes": 1, "no": 2, "stop": 3, "the": 4, "set": 5, "um": 6, "[unk]": 7}
COSTS = Costs(unknown=2.0, filler=6.0)


def cheapest(job: dict[str, Any], words: str) -> float:
    """Price of a row of words, or infinity when the grammar has no such row."""
    labels = [IDS[word] for word in words.split()]
    best = {(0, 0): 0.0}
    waiting = [(0, 0)]
    while waiting:
        state, said = waiting.pop(0)
        for origin, label, to, cost in job["arcs"]:
            is_next = label == 0 or (said < len(labels) and label == labels[said])
            if origin == state and is_next:
                there = (to, said + (label != 0))
                price = best[state, said] + cost
                if price < best.get(there, float("inf")) - 1e-9:
                    best[there] = price
                    waiting.append(there)
    return min(
        (price for (state, said), price in best.items()
         if state in job["finals"] and said == len(labels)),
        default=float("inf"),
    )  # fmt: skip


def test_ways_out_can_be_shut() -> None:
    costs = Costs(decoys=0, unknown=None)
    job = acceptor_job(Grammar(phrase_graph(("yes", "stop"))), IDS, costs)
    assert (cheapest(job, "stop"), cheapest(job, "[unk]")) == (0.0, float("inf"))
    assert job["decoys"] == 0


def test_fillers_stand_around_a_sentence_at_a_price_and_never_alone() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",)), (("um",),)), IDS, COSTS)
    assert cheapest(job, "um stop") - cheapest(job, "stop") == pytest.approx(6)
    assert cheapest(job, "um um stop um") < float("inf")
    assert cheapest(job, "um um um stop") == float("inf")
    assert cheapest(job, "um") == float("inf")


def test_silence_is_free_and_foreign_speech_has_a_way_out() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",))), IDS, COSTS)
    assert cheapest(job, "") == 0.0
    assert cheapest(job, "[unk]") == 2.0
    assert cheapest(job, "[unk] [unk]") == 8.0


def test_frequent_words_compete_at_the_prices_asked() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",))), IDS, COSTS)
    assert job["decoy_costs"] == (COSTS.decoy, COSTS.decoy_again, COSTS.rarity)
