"""Compiles arcs over word ids into the file that a Vosk model reads its grammar from.

Run as a process of its own (``python -m assistant.hearing.acceptor BACKGROUND OUTPUT``, a job as
JSON on standard input, the words in it as JSON on standard output): kaldifst and vosk each bring
their own OpenFst, and whichever is loaded second hangs or crashes on the symbols of the first.
"""

import json
import sys
from typing import Any, Final, TypedDict

import kaldifst

_MOST_STATES: Final = 2_000_000


class Job(TypedDict):
    """What is to be compiled."""

    states: int
    """How many states there are; state 0 is the start."""
    arcs: list[tuple[int, int, int, float]]
    """Origin, word id (0 for none), target, cost."""
    finals: list[int]
    """States that end an utterance."""
    decoys: int
    """How many frequent words of the model compete with the grammar."""
    unknown: int
    """The word id that is none of them: what stands for foreign speech."""
    decoy_costs: tuple[float, float, float]
    """Of the first decoy, of every further one, and the share of its rarity in both."""


def compile_acceptor(job: Job, background: str, output: str) -> list[int]:
    """Write a deterministic minimal acceptor, and return the words in it, decoys included.

    Args:
        job: arcs and costs.
        background: the model's own ``Gr.fst``, which tells how frequent words are.
        output: file to write, a ``const`` FST as libvosk expects.

    """
    fst = kaldifst.StdVectorFst()
    for _ in range(job["states"]):
        fst.add_state()
    fst.start = 0
    for origin, word, target, cost in job["arcs"]:
        fst.add_arc(origin, kaldifst.StdArc(word, word, cost, target))
    for state in job["finals"]:
        fst.set_final(state, 0.0)
    kaldifst.rmepsilon(fst)
    fst = kaldifst.determinize(fst, nstate=_MOST_STATES)
    kaldifst.minimize(fst)
    decoys = _add_decoys(fst, job, background)
    kaldifst.arcsort(fst, "ilabel")
    kaldifst.StdConstFst(fst).write(output)
    return sorted({word for _, word, _, _ in job["arcs"]}.union(decoys))


def _add_decoys(fst: Any, job: Job, background: str) -> list[int]:
    """Add the words that compete with the sentences, and return them.

    They come last: to determinise them together with sentences of the same words takes minutes.
    """
    first, again, share = job["decoy_costs"]
    out = fst.add_state()
    fst.set_final(out, 0.0)
    decoys = _frequent(background, job["decoys"], job["unknown"])
    for rarity, word in decoys:
        fst.add_arc(fst.start, kaldifst.StdArc(word, word, first + share * rarity, out))
        fst.add_arc(out, kaldifst.StdArc(word, word, again + share * rarity, out))
    return [word for _, word in decoys]


def _frequent(background: str, count: int, unknown: int) -> list[tuple[float, int]]:
    """Return the most frequent words behind their costs above the first, most frequent first.

    Every word leaves the state that knows no history: the one with the most arcs.
    """
    if count == 0:
        return []
    model: Any = kaldifst.StdVectorFst(kaldifst.StdConstFst.read(background))
    widest = max(range(model.num_states), key=model.num_arcs)
    arcs = ((arc.weight.value, arc.ilabel) for arc in kaldifst.ArcIterator(model, widest))
    costs = sorted((cost, word) for cost, word in arcs if word not in (0, unknown))[:count]
    return [(cost - costs[0][0], word) for cost, word in costs]


if __name__ == "__main__":
    json.dump(compile_acceptor(json.load(sys.stdin), sys.argv[1], sys.argv[2]), sys.stdout)
