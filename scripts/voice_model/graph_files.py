"""``graph/``: the transducer of words, stored for look-ahead by words, and what belongs to it.

Storing it that way renumbers the words; ``words.txt`` and all grammars use the new numbers.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from assistant.complaint import Complaint

from .graph import Arc, Transducer, word_transducer
from .lexicon import PHONE_IDS, SPOKEN, UNKNOWN, Lexicon
from .units import Units

_UNKNOWN_COST: Final = 12.0
"""Of ``[unk]`` in the grammar that is used when none is given."""


def write_graph(lexicon: Lexicon, units: Units, costs: Mapping[str, float], folder: Path) -> None:
    """Write all files of a model's ``graph`` folder.

    Args:
        lexicon: the words it is to know; ``[unk]`` is added.
        units: of the acoustic model.
        costs: negative logarithm of each word's probability, for the grammar when none is given.
        folder: exists.
    """
    known = Lexicon({**lexicon.words, UNKNOWN: ((PHONE_IDS[SPOKEN],),)})
    ids = {word: number for number, word in enumerate(sorted(known.words), 1)}
    made = word_transducer(known, ids, units)
    renumbered = _write_lookahead(made.transducer, folder)
    numbers = {word: renumbered[old] for word, old in ids.items()}
    rows = [("<eps>", 0), *sorted(numbers.items(), key=lambda pair: pair[1])]
    text = "".join(f"{word} {number}\n" for word, number in rows)
    (folder / "words.txt").write_text(text, encoding="utf-8")
    symbols = "".join(f"{symbol}\n" for symbol in made.disambiguations)
    (folder / "disambig_tid.int").write_text(symbols, encoding="ascii")
    rarest = max(costs.values(), default=0.0)
    prices = {number: costs.get(word, rarest) for word, number in numbers.items()}
    prices[numbers[UNKNOWN]] = _UNKNOWN_COST
    _write_grammar(_unigram(prices), folder / "Gr.fst")


def _unigram(costs: Mapping[int, float]) -> Transducer:
    """One state where every word may be said at its cost: the grammar when none is given."""
    return Transducer([Arc(0, word, word, 0, cost) for word, cost in costs.items()], [0])


def _write_lookahead(transducer: Transducer, folder: Path) -> dict[int, int]:
    """Write ``HCLr.fst`` into a folder; return the new number of each word."""
    relabelled = folder / "relabelled"
    steps = (
        ["fstcompile"],
        ["fstconnect"],
        ["fstarcsort", "--sort_type=olabel"],
        ["fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={relabelled}"],
    )
    _pipe(transducer, steps, folder / "HCLr.fst")
    rows = (line.split() for line in relabelled.read_text(encoding="ascii").splitlines())
    numbers = {int(old): int(new) for old, new in rows}
    relabelled.unlink()
    return numbers


def _write_grammar(transducer: Transducer, file: Path) -> None:
    """Write an acceptor of words as libvosk reads it."""
    steps = (
        ["fstcompile"],
        ["fstarcsort", "--sort_type=ilabel"],
        ["fstconvert", "--fst_type=const"],
    )
    _pipe(transducer, steps, file)


def _pipe(transducer: Transducer, steps: Iterable[list[str]], file: Path) -> None:
    """Run programs of OpenFst one after another, the last one's output into a file."""
    data = "".join(_lines(transducer)).encode("ascii")
    for step in steps:
        try:
            done = subprocess.run(
                step, input=data, capture_output=True, check=True, env=_environment()
            )
        except FileNotFoundError as error:
            raise Complaint(
                f"{step[0]} is missing: install libfst-tools and libfst22-plugins-base."
            ) from error
        except subprocess.CalledProcessError as error:
            raise Complaint(f"{step[0]}: {error.stderr.decode(errors='replace')}") from error
        data = done.stdout
    file.write_bytes(data)


def _environment() -> dict[str, str]:
    """OpenFst's plug-ins lie where the loader does not look."""
    places = [str(path) for path in Path("/usr/lib").glob("*/fst/*") if path.is_dir()]
    known = os.environ.get("LD_LIBRARY_PATH")
    return {**os.environ, "LD_LIBRARY_PATH": ":".join([*places, *([known] if known else [])])}


def _lines(transducer: Transducer) -> Iterator[str]:
    """AT&T text; the start state comes first."""
    for arc in sorted(transducer.arcs, key=lambda arc: arc.origin != 0):
        yield f"{arc.origin} {arc.target} {arc.reads} {arc.writes} {arc.cost:g}\n"
    for state in transducer.finals:
        yield f"{state}\n"
