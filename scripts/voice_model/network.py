"""The acoustic model: a time-delay network of factored layers.

Names and shapes are those of the file libvosk reads (``export``). Everything above the first layer
is computed at every third frame only. The upper layers look back only, since whatever the network
looks ahead is time that a "stop" waits for.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import DIM

Matrix = npt.NDArray[np.float32]

SPLICE: Final = 4
"""Frames before and after, of 10 ms, that the first layer sees."""
SUBSAMPLING: Final = 3
"""Frames for each output."""
SPANS: Final = ((1, 1), (1, 1), (1, 1), (1, 1), (4, 0), (4, 0), (4, 0), (2, 0))
"""Outputs that each factored layer looks back, and ahead."""
BYPASS: Final = 0.66
"""Share of its input that a layer passes on."""
EPSILON: Final = 1e-3
"""Of batch normalisation."""
BACK: Final = SPLICE + SUBSAMPLING * sum(back for back, _ in SPANS)
"""Frames the model looks back."""
AHEAD: Final = SPLICE + SUBSAMPLING * sum(ahead for _, ahead in SPANS)
"""Frames the model looks ahead."""


class _Normalised(nn.Module):
    """Affine, ReLU, batch normalisation."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.affine = nn.Linear(inputs, outputs)
        self.norm = nn.BatchNorm1d(outputs, eps=EPSILON, affine=False)

    def forward(self, rows: Tensor) -> Tensor:
        active = functional.relu(self.affine(rows))
        normal: Tensor = self.norm(active.flatten(0, 1))
        return normal.view_as(active)


class _Factored(nn.Module):
    """A bottleneck of two moments, an affine layer of two bottlenecks, and a bypass."""

    def __init__(self, width: int, bottleneck: int, back: int, ahead: int) -> None:
        super().__init__()
        self.back, self.stride = back, (back + ahead) // 2
        self.linear = nn.Linear(2 * width, bottleneck, bias=False)
        self.rest = _Normalised(2 * bottleneck, width)

    def forward(self, rows: Tensor, dropout: float) -> Tensor:
        step = self.stride
        narrow = self.linear(torch.cat((rows[:, :-step], rows[:, step:]), 2))
        wide = self.rest(torch.cat((narrow[:, :-step], narrow[:, step:]), 2))
        if dropout and self.training:
            kept = torch.rand_like(wide[:, :1]) >= dropout
            wide = wide * (kept / (1 - dropout))
        passed: Tensor = wide + BYPASS * rows[:, self.back : self.back + wide.shape[1]]
        return passed


class Network(nn.Module):
    """From features to outputs."""

    def __init__(self, outputs: int, width: int = 384, bottleneck: int = 96) -> None:
        super().__init__()
        self.width, self.bottleneck = width, bottleneck
        self.register_buffer("mean", torch.zeros(DIM))
        self.register_buffer("deviation", torch.ones(DIM))
        self.inp = _Normalised((2 * SPLICE + 1) * DIM, width)
        self.layers = nn.ModuleList(_Factored(width, bottleneck, *span) for span in SPANS)
        self.pre = _Normalised(width, width // 2)
        self.out = nn.Linear(width // 2, outputs)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    mean: Tensor
    deviation: Tensor

    def forward(self, features: Tensor, dropout: float = 0.0) -> Tensor:
        """Outputs of utterances.

        Args:
            features: without their running mean (utterance, frame, 40).
            dropout: probability of silencing a channel of a layer, in training.

        Returns:
            (utterance, every third frame, output)

        """
        normal = (features - self.mean) / self.deviation
        padded = functional.pad(normal.transpose(1, 2), (BACK, AHEAD), mode="replicate")
        windows = padded.transpose(1, 2).unfold(1, 2 * SPLICE + 1, SUBSAMPLING)
        rows: Tensor = self.inp(windows.transpose(2, 3).flatten(2))
        for layer in self.layers:
            rows = layer(rows, dropout)
        outputs: Tensor = self.out(self.pre(rows))
        return outputs

    def normalise_inputs(self, mean: Matrix, deviation: Matrix) -> None:
        """Bring inputs to mean 0 and deviation 1 without changing what the network computes."""
        new_mean, new_deviation = torch.from_numpy(mean), torch.from_numpy(deviation)
        times = 2 * SPLICE + 1
        with torch.no_grad():
            weight = self.inp.affine.weight
            raw = weight / self.deviation.repeat(times)
            bias = self.inp.affine.bias - raw @ self.mean.repeat(times)
            weight.copy_(raw * new_deviation.repeat(times))
            self.inp.affine.bias.copy_(bias + raw @ new_mean.repeat(times))
            self.mean.copy_(new_mean)
            self.deviation.copy_(new_deviation)


Weights = Mapping[str, Mapping[str, Matrix]]
"""Component name to its matrices and vectors, named as in Kaldi's file without brackets."""


def weights_of(network: Network) -> dict[str, dict[str, Matrix]]:
    """All numbers of the network, its input normalisation folded into the first layer."""
    network.normalise_inputs(np.zeros(DIM, np.float32), np.ones(DIM, np.float32))
    found: dict[str, dict[str, Matrix]] = {}
    for name, part in components(network):
        if isinstance(part, nn.BatchNorm1d):
            mean, variance = part.running_mean, part.running_var
            assert mean is not None
            assert variance is not None
            found[name] = {"StatsMean": mean.numpy(), "StatsVar": variance.numpy()}
        else:
            weight = part.weight.detach().numpy()
            bias = np.zeros(len(weight), np.float32)
            if part.bias is not None:
                bias = part.bias.detach().numpy()
            found[name] = {"LinearParams": weight, "BiasParams": bias}
    return found


def network_of(weights: Weights) -> Network:
    """The network with these numbers, as read from a model; batch normalisations included."""
    width, bottleneck = len(weights["inp"]["BiasParams"]), len(weights["lin0"]["BiasParams"])
    network = Network(len(weights["out"]["BiasParams"]), width, bottleneck)
    with torch.no_grad():
        for name, part in components(network):
            given = {key: torch.from_numpy(value.copy()) for key, value in weights[name].items()}
            if isinstance(part, nn.BatchNorm1d):
                assert part.running_mean is not None
                assert part.running_var is not None
                part.running_mean.copy_(given["StatsMean"])
                part.running_var.copy_(given["StatsVar"])
            else:
                part.weight.copy_(given["LinearParams"])
                if part.bias is not None:
                    part.bias.copy_(given["BiasParams"])
    return network


def components(network: Network) -> list[tuple[str, nn.Linear | nn.BatchNorm1d]]:
    """Parts by the name of the component that holds them in Kaldi's file."""
    parts: list[tuple[str, nn.Linear | nn.BatchNorm1d]] = []
    named = [("inp", network.inp), ("pre", network.pre)]
    for number, layer in enumerate(network.layers):
        assert isinstance(layer, _Factored)
        parts.append((f"lin{number}", layer.linear))
        named.append((f"aff{number}", layer.rest))
    for name, part in named:
        parts += [(name, part.affine), (f"{name}b", part.norm)]
    return [*parts, ("out", network.out)]
