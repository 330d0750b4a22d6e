"""A wider network goes on from what a narrower one knows."""

import pytest

torch = pytest.importorskip("torch", reason="needed for training only")

from scripts.voice_model.features import DIM  # noqa: E402
from scripts.voice_model.network import Network  # noqa: E402
from scripts.voice_model.widening import widened  # noqa: E402


def _trained(width: int, bottleneck: int) -> Network:
    """A network that has seen something, so that no number of it is a default."""
    torch.manual_seed(3)
    network = Network(7, width, bottleneck)
    network.normalise_inputs(torch.randn(DIM).numpy(), torch.rand(DIM).add(0.5).numpy())
    torch.nn.init.normal_(network.out.weight)
    torch.nn.init.normal_(network.out.bias)
    for _ in range(3):
        network(2 * torch.randn(2, 60, DIM) + 1)
    return network


def test_computes_what_the_narrow_one_computes() -> None:
    narrow = _trained(32, 8).eval()
    wide = widened(narrow, 48, 12).eval()
    features = torch.randn(2, 60, DIM)
    assert (wide.width, wide.bottleneck) == (48, 12)
    assert torch.allclose(wide(features), narrow(features), atol=1e-4)
    assert wide(features).std() > 0.1


def test_does_so_while_it_trains() -> None:
    narrow = _trained(32, 8).train()
    wide = widened(narrow, 48, 12).train()
    features = torch.randn(2, 60, DIM)
    assert torch.allclose(wide(features), narrow(features), atol=1e-4)


def test_learns_with_what_is_new() -> None:
    wide = widened(_trained(32, 8), 48, 12).train()
    wide(torch.randn(2, 60, DIM)).square().sum().backward()
    unheard = wide.out.weight.grad
    assert unheard is not None
    assert bool((unheard[:, 16:] != 0).any())


def test_a_network_wide_enough_stays_as_it_is() -> None:
    narrow = _trained(32, 8)
    assert widened(narrow, 32, 8) is narrow
    assert widened(narrow, 16, 4) is narrow
