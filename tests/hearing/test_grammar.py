from typing import Any

import pytest

from assistant.hearing.grammar import Costs, Grammar, acceptor_job
from assistant.language.wordgraph import phrase_graph

IDS = {"yes": 1, "no": 2, "stop": 3, "the": 4, "set": 5, "um": 6, "[unk]": 7}
COSTS = Costs(letter=1.0, sentence_share=0.5, head_start=5.0, unknown=2.0, filler=6.0)


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


def test_letters_are_what_a_sentence_is_allowed_to_be_worse_by() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",))), IDS, COSTS)
    # One sentence is no crowd; the four letters come on top of the head start.
    assert cheapest(job, "stop") == pytest.approx(-(0.5 * 4 + 5))


def test_the_more_sentences_there_are_the_dearer_is_each() -> None:
    few = acceptor_job(Grammar(phrase_graph(("yes",))), IDS, COSTS)
    more = acceptor_job(Grammar(phrase_graph(("yes", "no", "stop", "set"))), IDS, COSTS)
    assert cheapest(more, "yes") - cheapest(few, "yes") == pytest.approx(1.386, abs=1e-3)


def test_words_behind_the_first_cost_what_the_crowd_grows_by() -> None:
    graph = phrase_graph(("stop", "stop the set"))
    job = acceptor_job(Grammar(graph), IDS, COSTS)
    grown = 0.693 / 3  # one sentence of one word, two of up to four
    assert cheapest(job, "stop the set") - cheapest(job, "stop") == pytest.approx(
        2 * grown - 0.5 * len("theset"), abs=1e-3
    )


def test_what_is_allowed_is_what_the_search_charges() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop the set",))), IDS, COSTS)
    allowed = COSTS.letter * COSTS.letters("stop the set", "star ter")
    assert allowed == COSTS.letter * len("starter") - cheapest(job, "stop the set")


def test_ways_out_can_be_shut() -> None:
    costs = Costs(letter=0.0, crowd=0.0, decoys=0, unknown=None)
    job = acceptor_job(Grammar(phrase_graph(("yes", "stop"))), IDS, costs)
    assert (cheapest(job, "stop"), cheapest(job, "[unk]")) == (0.0, float("inf"))
    assert job["decoys"] == 0


def test_fillers_stand_around_a_sentence_at_a_price_and_never_alone() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",)), (("um",),)), IDS, COSTS)
    assert cheapest(job, "um stop") - cheapest(job, "stop") == pytest.approx(6 - 0.5 * 2)
    assert cheapest(job, "um um stop um") < float("inf")
    assert cheapest(job, "um um um stop") == float("inf")
    assert cheapest(job, "um") == float("inf")


def test_silence_is_free_and_foreign_speech_has_a_way_out() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",))), IDS, COSTS)
    assert cheapest(job, "") == 0.0
    assert cheapest(job, "[unk]") == 2.0
    assert cheapest(job, "[unk] [unk]") == 8.0


def test_a_frequent_word_is_charged_the_same_letters() -> None:
    job = acceptor_job(Grammar(phrase_graph(("stop",))), IDS, COSTS)
    assert job["decoy_costs"] == (0.0, 1.0, 1.0)
