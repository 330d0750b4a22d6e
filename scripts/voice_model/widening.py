"""A wider network that begins by computing what a narrower one does.

What is new in a layer starts at random and unheard: nothing old takes it in yet. So training goes
on from what is known instead of from nothing (after Chen et al., Net2Net, 2016).
"""

import torch
from torch import Tensor, nn

from .network import Network, components

_BLOCKS = {"inp": 1, "pre": 1, "out": 1}
"""How often the layer below is side by side in a layer's input; twice in all others."""


def widened(narrow: Network, width: int, bottleneck: int) -> Network:
    """A network of at least this size, with the same outputs as ``narrow``."""
    if width <= narrow.width and bottleneck <= narrow.bottleneck:
        return narrow
    outputs = narrow.out.out_features
    wide = Network(outputs, max(width, narrow.width), max(bottleneck, narrow.bottleneck))
    wide.mean.copy_(narrow.mean)
    wide.deviation.copy_(narrow.deviation)
    with torch.no_grad():
        for (name, old), (_, new) in zip(components(narrow), components(wide), strict=True):
            if isinstance(old, nn.BatchNorm1d):
                _put_first(_statistics(old), _statistics(new))
            else:
                assert isinstance(new, nn.Linear)
                _put_weight(old.weight, new.weight, _BLOCKS.get(name, 2))
                if old.bias is not None:
                    _put_first([old.bias], [new.bias])
    return wide


def _put_weight(old: Tensor, new: Tensor, blocks: int) -> None:
    """Old rows take in what they took in before, and nothing of what is new."""
    rows = len(old)
    new[:rows] = 0.0
    for given, taken in zip(old.chunk(blocks, 1), new.chunk(blocks, 1), strict=True):
        taken[:rows, : given.shape[1]] = given


def _put_first(old: list[Tensor], new: list[Tensor]) -> None:
    for given, taken in zip(old, new, strict=True):
        taken[: len(given)] = given


def _statistics(norm: nn.Module) -> list[Tensor]:
    assert isinstance(norm, nn.BatchNorm1d)
    assert norm.running_mean is not None
    assert norm.running_var is not None
    return [norm.running_mean, norm.running_var]
