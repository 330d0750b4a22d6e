"""Compiles arcs over word ids into the file that a Vosk model reads its grammar from.

Run as a process of its own (``python -m assistant.hearing.acceptor BACKGROUND OUTPUT``, a job as
JSON on standard input): kaldifst and vosk each bring their own OpenFst, and whichever is loaded
second hangs or crashes on the symbols of the first.
"""

import json
import sys
from collections.abc import Collection
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
    decoy_costs: tuple[float, float]
    """Of the first decoy, and of every further one."""


def compile_acceptor(job: Job, background: str, output: str) -> None:
    """Write a deterministic minimal acceptor.

    Args:
        job: arcs and costs.
        background: the model's own ``Gr.fst``, which tells how frequent words are.
        output: file to write, a ``const`` FST as libvosk expects.

    """
    fst = kaldifst.StdVectorFst()
    for _ in range(job["states"] + 1):
        fst.add_state()
    fst.start = 0
    for origin, word, target, cost in job["arcs"]:
        fst.add_arc(origin, kaldifst.StdArc(word, word, cost, target))
    used = {word for _, word, _, _ in job["arcs"]}
    out = job["states"]
    first, again = job["decoy_costs"]
    for word in _frequent(background, job["decoys"], used):
        fst.add_arc(0, kaldifst.StdArc(word, word, first, out))
        fst.add_arc(out, kaldifst.StdArc(word, word, again, out))
    for state in (*job["finals"], out):
        fst.set_final(state, 0.0)
    kaldifst.rmepsilon(fst)
    fst = kaldifst.determinize(fst, nstate=_MOST_STATES)
    kaldifst.minimize(fst)
    kaldifst.arcsort(fst, "ilabel")
    kaldifst.StdConstFst(fst).write(output)


def _frequent(background: str, count: int, used: Collection[int]) -> list[int]:
    """Return the most frequent words beside those used, most frequent first.

    Every word leaves the state that knows no history: the one with the most arcs.
    """
    if count == 0:
        return []
    model: Any = kaldifst.StdVectorFst(kaldifst.StdConstFst.read(background))
    widest = max(range(model.num_states), key=model.num_arcs)
    arcs = ((arc.weight.value, arc.ilabel) for arc in kaldifst.ArcIterator(model, widest))
    return [word for _, word in sorted(arcs) if word and word not in used][:count]


if __name__ == "__main__":
    compile_acceptor(json.loads(sys.stdin.read()), sys.argv[1], sys.argv[2])
