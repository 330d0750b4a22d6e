"""Lattice-free maximum mutual information: the objective, and its slope at the model's outputs.

Both sides are sums over paths in a graph of phones: the numerator over all ways to speak the text
(``pronouncing``), the denominator over all sequences of phones (``phonotactics``). A path that
enters a node takes the exponential of its unit's first output as probability of the frame, a path
that stays takes that of the second. With forward sums a, backward sums b and arcs A,

    a[t] = (a[t-1] A) first[t] + a[t-1] further[t]
    b[t] = A (first[t+1] b[t+1]) + further[t+1] b[t+1]

and the share of paths that pass through each output at each frame is both the derivative of the
logarithm of the sum and what is returned. Sums are brought to 1 at every frame, which cancels in
the shares; nothing is left to automatic differentiation, which would be slower and give NaN for
utterances that have no path.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from .phonotactics import Phonotactics
from .pronouncing import SpokenGraph
from .units import CONTEXT_AFTER, CONTEXTS, COUNT, NO_CONTEXT, Units

_FLOOR: Final = -40.0
"""Outputs further below the best of their frame count as this far."""
_TINY: Final = 1e-35


@dataclass(frozen=True, slots=True)
class Numerator:
    """Graphs of a batch of utterances, padded with nodes that nothing leads to."""

    arcs: Tensor
    """Probabilities (utterance, origin, target)."""
    outputs: Tensor
    """First output of each node (utterance, node)."""
    starts: Tensor
    """(utterance, node)"""
    ends: Tensor
    """(utterance, node)"""

    def to(self, device: str) -> "Numerator":
        """The same on another device."""
        parts = (self.arcs, self.outputs, self.starts, self.ends)
        return Numerator(*(part.to(device) for part in parts))


@dataclass(frozen=True, slots=True)
class Denominator:
    """All sequences of phones; a node is a phone (first axis) in a context (last axis)."""

    arcs: Tensor
    """Probabilities (phone, its context, next phone)."""
    kinds: Tensor
    """1 where a phone (row) is a context (column) for the next phone."""
    outputs: Tensor
    """First output of each node (phone, context), flattened."""
    starts: Tensor
    """(phone, context)"""
    ends: Tensor
    """(phone, context)"""

    def to(self, device: str) -> "Denominator":
        """The same on another device."""
        parts = (self.arcs, self.kinds, self.outputs, self.starts, self.ends)
        return Denominator(*(part.to(device) for part in parts))


def numerator(graphs: Sequence[SpokenGraph], units: Units) -> Numerator:
    """Stack the graphs of a batch."""
    count, nodes = len(graphs), max(len(graph.phones) for graph in graphs)
    arcs = np.zeros((count, nodes, nodes), np.float32)
    outputs = np.zeros((count, nodes), np.int64)
    starts = np.zeros((count, nodes), np.float32)
    ends = np.zeros((count, nodes), np.float32)
    for row, graph in enumerate(graphs):
        used = len(graph.phones)
        arcs[row, graph.arcs[:, 0], graph.arcs[:, 1]] = graph.weights
        outputs[row, :used] = 2 * units.table[graph.phones[:, 0], graph.phones[:, 1]]
        starts[row, :used] = graph.starts
        ends[row, :used] = graph.ends
    return Numerator(*(torch.from_numpy(part) for part in (arcs, outputs, starts, ends)))


def denominator(model: Phonotactics, units: Units) -> Denominator:
    """The competition, for a set of units."""
    starts = np.zeros((COUNT, len(CONTEXTS)))
    starts[:, NO_CONTEXT] = model.first
    kinds = np.zeros((COUNT, len(CONTEXTS)))
    kinds[np.arange(COUNT), CONTEXT_AFTER] = 1
    return Denominator(
        torch.tensor(model.follows.transpose(1, 0, 2).copy(), dtype=torch.float32),
        torch.tensor(kinds, dtype=torch.float32),
        torch.tensor(2 * units.table.T.reshape(-1).copy()),
        torch.tensor(starts, dtype=torch.float32),
        torch.tensor(model.ends.T.copy(), dtype=torch.float32),
    )


@torch.no_grad()
def slope(outputs: Tensor, said: Numerator, competition: Denominator) -> tuple[Tensor, Tensor]:
    """Objective of each utterance, and its derivative by the outputs.

    Args:
        outputs: of the model (utterance, frame, output).
        said: what is said in each utterance.
        competition: what else might be.

    Returns:
        Logarithm of the share of the right paths, by utterance (plus a constant that depends on
        the text only); derivatives like ``outputs``. Where an utterance has no path, its objective
        is not finite and its derivatives are zero.

    """
    shifted = outputs - outputs.amax(dim=2, keepdim=True)
    likely = shifted.clamp_(min=_FLOOR).exp_()
    right, through_right = _numerator_shares(likely, said)
    every, through_every = _denominator_shares(likely, competition)
    objective = right - every
    through_right.sub_(through_every)
    lost = ~torch.isfinite(objective) | ~torch.isfinite(through_right).all(dim=2).all(dim=1)
    through_right[lost] = 0.0
    return torch.where(lost, torch.nan, objective), through_right


def _numerator_shares(likely: Tensor, graph: Numerator) -> tuple[Tensor, Tensor]:
    frames = likely.shape[1]
    index = graph.outputs[:, None, :].expand(-1, frames, -1)
    first = likely.gather(2, index).transpose(0, 1).contiguous()
    further = likely.gather(2, index + 1).transpose(0, 1).contiguous()
    entered, reached = torch.empty_like(first), torch.empty_like(first)
    entered[0] = graph.starts
    total = likely.new_zeros(len(likely))
    for frame in range(frames):
        if frame:
            torch.bmm(reached[frame - 1, :, None], graph.arcs, out=entered[frame, :, None])
        now = torch.mul(entered[frame], first[frame], out=reached[frame])
        if frame:
            now.addcmul_(reached[frame - 1], further[frame])
        size = now.sum(dim=1, keepdim=True).clamp_(min=_TINY)
        now.div_(size)
        total += size[:, 0].log()
    total += (reached[-1] * graph.ends).sum(dim=1).log()
    back = graph.arcs.transpose(1, 2)
    later = graph.ends
    for frame in range(frames - 1, -1, -1):
        entering = first[frame].mul_(later)
        staying = further[frame].mul_(later)
        if frame:
            later = torch.bmm(entering[:, None], back)[:, 0].add_(staying)
        entering.mul_(entered[frame])
        staying.mul_(reached[frame - 1] if frame else 0.0)
        size = (entering + staying).sum(dim=1, keepdim=True).clamp_(min=_TINY)
        entering.div_(size)
        staying.div_(size)
        if frame:
            later = later / later.amax(dim=1, keepdim=True).clamp_(min=_TINY)
    shares = torch.zeros_like(likely)
    shares.scatter_add_(2, index, first.transpose(0, 1))
    shares.scatter_add_(2, index + 1, further.transpose(0, 1))
    return total, shares


def _denominator_shares(likely: Tensor, graph: Denominator) -> tuple[Tensor, Tensor]:
    count, frames, _ = likely.shape
    first = _by_node(likely, graph.outputs)
    further = _by_node(likely, graph.outputs + 1)
    entered, reached = torch.empty_like(first), torch.empty_like(first)
    entered[0] = graph.starts[:, None, :]
    total = likely.new_zeros(count)
    for frame in range(frames):
        if frame:
            onwards = torch.bmm(reached[frame - 1], graph.arcs)  # phone, utterance, next phone
            torch.matmul(onwards.permute(2, 1, 0), graph.kinds, out=entered[frame])
        now = torch.mul(entered[frame], first[frame], out=reached[frame])
        if frame:
            now.addcmul_(reached[frame - 1], further[frame])
        size = now.sum(dim=(0, 2)).clamp_(min=_TINY)
        now.div_(size[None, :, None])
        total += size.log()
    total += (reached[-1] * graph.ends[:, None, :]).sum(dim=(0, 2)).log()
    back = graph.arcs.transpose(1, 2).contiguous()
    later = graph.ends[:, None, :].expand(-1, count, -1)
    for frame in range(frames - 1, -1, -1):
        entering = first[frame].mul_(later)
        staying = further[frame].mul_(later)
        if frame:
            ahead = torch.matmul(entering, graph.kinds.T)  # next phone, utterance, phone
            later = torch.bmm(ahead.permute(2, 1, 0), back).add_(staying)
        entering.mul_(entered[frame])
        staying.mul_(reached[frame - 1] if frame else 0.0)
        size = entering.sum(dim=(0, 2)).add_(staying.sum(dim=(0, 2))).clamp_(min=_TINY)
        entering.div_(size[None, :, None])
        staying.div_(size[None, :, None])
        if frame:
            later = later / later.amax(dim=(0, 2)).clamp_(min=_TINY)[None, :, None]
    shares = likely.new_zeros(frames, count, likely.shape[2])
    for part, outputs in ((first, graph.outputs), (further, graph.outputs + 1)):
        nodes = part.permute(0, 2, 1, 3).reshape(frames, count, -1)
        shares.index_add_(2, outputs, nodes)
    return total, shares.transpose(0, 1)


def _by_node(likely: Tensor, outputs: Tensor) -> Tensor:
    """Probabilities by frame, phone, utterance and context."""
    count, frames, _ = likely.shape
    nodes = likely.transpose(0, 1).index_select(2, outputs)
    return nodes.view(frames, count, COUNT, len(CONTEXTS)).transpose(1, 2).contiguous()
