"""The folder that libvosk opens."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from . import acoustic, features
from .checkpoint import Trained
from .graph_files import write_graph
from .kaldi import Writer
from .lexicon import PHONE_IDS, SPOKEN, Lexicon
from .network import SUBSAMPLING, Matrix, weights_of
from .units import Units

DECODING: Final[Mapping[str, str]] = {
    "min-active": "200",
    "max-active": "3000",
    "beam": "10.0",
    "lattice-beam": "4.0",
    "acoustic-scale": "1.0",
    "frame-subsampling-factor": str(SUBSAMPLING),
    "endpoint.silence-phones": "1",
    "endpoint.rule2.min-trailing-silence": "0.5",
    "endpoint.rule3.min-trailing-silence": "0.75",
    "endpoint.rule4.min-trailing-silence": "1.0",
}
"""Of ``conf/model.conf``."""


def export(
    trained: Trained,
    lexicon: Lexicon,
    costs: Mapping[str, float],
    folder: Path,
    caution: float = 0.0,
) -> None:
    """Write a model folder, whole or not at all.

    Args:
        trained: the acoustic model.
        lexicon: the words it is to know.
        costs: negative logarithm of each word's probability, for the grammar when none is given.
        folder: where; what is there is replaced.
        caution: added to the outputs of unknown speech; the more, the more is rejected.
    """
    unfinished = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in ("am", "conf", "graph"):
        (unfinished / name).mkdir(parents=True)
    weights = weights_of(trained.network)
    weights["out"]["BiasParams"] = cautious(weights["out"]["BiasParams"], trained.units, caution)
    model = acoustic.model_file(trained.units, weights)
    (unfinished / "am" / "final.mdl").write_bytes(model)
    (unfinished / "am" / "global_cmvn.stats").write_bytes(_mean_file(trained))
    _write_options(features.OPTIONS, unfinished / "conf" / "mfcc.conf")
    _write_options(DECODING, unfinished / "conf" / "model.conf")
    trained.units.write(unfinished / "am" / "units.txt")
    write_graph(lexicon, trained.units, costs, unfinished / "graph")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def cautious(bias: Matrix, units: Units, caution: float) -> Matrix:
    """Bias of the outputs, raised for unknown speech."""
    is_unknown = np.repeat(units.phones == PHONE_IDS[SPOKEN], 2)
    return np.asarray(bias + caution * is_unknown, np.float32)


def _mean_file(trained: Trained) -> bytes:
    """``global_cmvn.stats``: sum and count of the features; squares are not used."""
    stats = np.zeros((2, features.DIM + 1))
    stats[0, :-1] = trained.mean * trained.frames
    stats[0, -1] = trained.frames
    out = Writer()
    out.array(stats)
    return out.finished()


def _write_options(options: Mapping[str, str], file: Path) -> None:
    text = "".join(f"--{name}={value}\n" for name, value in options.items())
    file.write_text(text, encoding="ascii")
