"""When each word of a text is said: the best path through its graph, for the model's outputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from .checkpoint import Trained
from .corpus import Samples
from .features import cepstra, without_mean
from .network import SUBSAMPLING
from .pronouncing import SpokenGraph
from .units import Units

_SECONDS_A_FRAME: Final = 0.01 * SUBSAMPLING
_NEVER: Final = -1e30

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """One word of an utterance."""

    word: int
    """Its place in the text."""
    begins_s: float
    ends_s: float


@torch.no_grad()
def outputs_of(trained: Trained, sound: Samples) -> Scores:
    """What the model makes of a sound between -1 and 1: (every third frame, output)."""
    rows = cepstra(sound * np.float32(32_768))
    features = without_mean(rows, trained.mean, rows.mean(axis=0), len(rows))
    trained.network.eval()
    outputs: Scores = trained.network(torch.from_numpy(features)[None])[0].numpy()
    return outputs


def words_said(outputs: Scores, graph: SpokenGraph, units: Units) -> list[Said]:
    """When the words of a graph are said; nothing when the sound is too short for them.

    Args:
        outputs: (frame, output).
        graph: all ways to say the text.
        units: which output is which.
    """
    path = _best_path(outputs, graph, units)
    if path is None:
        return []
    words = graph.words[path]
    changes = np.flatnonzero(np.diff(words)) + 1
    bounds = [0, *changes.tolist(), len(words)]
    return [
        Said(int(words[begin]), begin * _SECONDS_A_FRAME, end * _SECONDS_A_FRAME)
        for begin, end in pairwise(bounds)
        if words[begin] >= 0
    ]


def _best_path(outputs: Scores, graph: SpokenGraph, units: Units) -> npt.NDArray[np.int64] | None:
    """Node of each frame."""
    first = 2 * units.table[graph.phones[:, 0], graph.phones[:, 1]]
    nodes, frames = len(first), len(outputs)
    arcs = np.full((nodes, nodes), _NEVER, np.float32)
    arcs[graph.arcs[:, 0], graph.arcs[:, 1]] = np.log(graph.weights)
    best = _logarithm(graph.starts) + outputs[0, first]
    came: list[Sequence[int] | npt.NDArray[np.int64]] = []
    for frame in range(1, frames):
        moved = best[:, None] + arcs
        origin = moved.argmax(axis=0)
        entered = moved[origin, np.arange(nodes)] + outputs[frame, first]
        stayed = best + outputs[frame, first + 1]
        came.append(np.where(entered > stayed, origin, np.arange(nodes)))
        best = np.maximum(entered, stayed)
    best = best + _logarithm(graph.ends)
    node = int(best.argmax())
    if best[node] < _NEVER / 2:
        return None
    path = [node]
    for origins in reversed(came):
        node = int(origins[node])
        path.append(node)
    return np.array(path[::-1], np.int64)


def _logarithm(shares: Scores) -> Scores:
    return np.where(shares > 0, np.log(np.maximum(shares, 1e-30)), _NEVER).astype(np.float32)
