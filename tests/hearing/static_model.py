"""Makes a model of ten words with a static graph, around the acoustic model of the program.

Run as a process of its own (``python -m tests.hearing.static_model FOLDER``): kaldifst cannot share
a process with vosk.
"""

import shutil
import sys
from pathlib import Path

import kaldifst

from scripts.voice_model.graph import word_transducer
from scripts.voice_model.units import Units
from tests.voice_model.ten_words import COACH, lexicon

_WORD_COST = 5.0


def write_static_graph(folder: Path) -> None:
    """Write the words in a loop: what the model hears is any row of them."""
    ids = {word: number for number, word in enumerate(sorted(lexicon().words), start=1)}
    decoded = word_transducer(lexicon(), ids, Units.read(COACH / "am" / "units.txt"))
    silent = set(decoded.disambiguations)
    graph = kaldifst.StdVectorFst()
    states = 1 + max(max(arc.origin, arc.target) for arc in decoded.transducer.arcs)
    for _ in range(states):
        graph.add_state()
    graph.start = 0
    for arc in decoded.transducer.arcs:
        reads = 0 if arc.reads in silent else arc.reads
        cost = arc.cost + _WORD_COST * bool(arc.writes)
        graph.add_arc(arc.origin, kaldifst.StdArc(reads, arc.writes, cost, arc.target))
    for state in decoded.transducer.finals:
        graph.set_final(state, 0.0)
    kaldifst.StdConstFst(graph).write(str(folder / "HCLG.fst"))
    rows = ["<eps> 0", *(f"{word} {number}" for word, number in ids.items())]
    (folder / "words.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    made = Path(sys.argv[1])
    for part in ("am", "conf"):
        shutil.copytree(COACH / part, made / part)
    (made / "graph").mkdir()
    write_static_graph(made / "graph")
