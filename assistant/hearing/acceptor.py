"""Compiles arcs over word ids into the file that a Vosk model reads its grammar from.

Run as a process of its own (``python -m assistant.hearing.acceptor OUTPUT``, arcs as JSON on
standard input): kaldifst and vosk each bring their own OpenFst, and whichever is loaded second
hangs or crashes on the symbols of the first.
"""

import json
import sys
from collections.abc import Iterable
from typing import Final

import kaldifst

_MOST_STATES: Final = 2_000_000


def compile_acceptor(
    states: int, arcs: Iterable[tuple[int, int, int, float]], finals: Iterable[int], output: str
) -> None:
    """Write a deterministic minimal acceptor.

    Args:
        states: how many states there are; state 0 is the start.
        arcs: origin, word id (0 for none), target, cost.
        finals: states that end an utterance.
        output: file to write, a ``const`` FST as libvosk expects.

    """
    fst = kaldifst.StdVectorFst()
    for _ in range(states):
        fst.add_state()
    fst.start = 0
    for origin, word, target, cost in arcs:
        fst.add_arc(origin, kaldifst.StdArc(word, word, cost, target))
    for state in finals:
        fst.set_final(state, 0.0)
    kaldifst.rmepsilon(fst)
    fst = kaldifst.determinize(fst, nstate=_MOST_STATES)
    kaldifst.minimize(fst)
    kaldifst.arcsort(fst, "ilabel")
    kaldifst.StdConstFst(fst).write(output)


if __name__ == "__main__":
    job = json.load(sys.stdin)
    compile_acceptor(job["states"], job["arcs"], job["finals"], sys.argv[1])
