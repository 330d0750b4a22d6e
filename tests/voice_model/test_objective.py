"""The objective is what counting all paths one by one gives."""

import itertools
import math

import numpy as np
import pytest

pytest.importorskip("torch", reason="needed for training only")

import torch
from torch import Tensor

from scripts.voice_model.objective import denominator, numerator, slope
from scripts.voice_model.phonotactics import Phonotactics, Table, phonotactics
from scripts.voice_model.pronouncing import SpokenGraph, spoken_graph
from scripts.voice_model.units import CONTEXT_AFTER, COUNT, NO_CONTEXT, Units, tie_units

FRAMES = 4
SAID = (((2, 3), (4,)),)
"""One word with two pronunciations."""


@pytest.fixture
def model() -> Phonotactics:
    return phonotactics([[0, 2, 3, 0], [2, 3], [4, 0], [0, 4]] * 30)


@pytest.fixture
def units(model: Phonotactics) -> Units:
    return tie_units(model.seen, 10)


@pytest.fixture
def outputs(units: Units) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(1, FRAMES, units.outputs, generator=generator)


def likely(outputs: Tensor) -> Table:
    """Probabilities as the objective takes them from outputs."""
    frames = outputs[0].double().numpy()
    chances: Table = np.exp(frames - frames.max(axis=1, keepdims=True))
    return chances


def numerator_by_hand(graph: SpokenGraph, units: Units, chances: Table) -> float:
    """Sum over every sequence of nodes, with every way to tell staying from entering."""
    first = [2 * units.table[context, phone] for context, phone in graph.phones]
    arcs = {(int(a), int(b)): float(w) for (a, b), w in zip(graph.arcs, graph.weights, strict=True)}
    total = 0.0
    for path in itertools.product(range(len(first)), repeat=FRAMES):
        share = float(graph.starts[path[0]]) * chances[0, first[path[0]]]
        for frame, (before, node) in enumerate(itertools.pairwise(path), 1):
            entering = arcs.get((before, node), 0.0) * chances[frame, first[node]]
            staying = chances[frame, first[node] + 1] if before == node else 0.0
            share *= entering + staying
        total += share * float(graph.ends[path[-1]])
    return total


def denominator_by_hand(model: Phonotactics, units: Units, chances: Table) -> float:
    """The same over all phones, frame by frame."""
    reached = {(NO_CONTEXT, phone): float(model.first[phone]) for phone in range(COUNT)}
    for node in reached:
        reached[node] *= chances[0, 2 * units.table[node]]
    for frame in range(1, FRAMES):
        after: dict[tuple[int, int], float] = {}
        for (context, phone), share in reached.items():
            output = 2 * units.table[context, phone]
            stay = share * chances[frame, output + 1]
            after[context, phone] = after.get((context, phone), 0.0) + stay
            for following in range(COUNT):
                node = (int(CONTEXT_AFTER[phone]), following)
                enter = share * model.follows[context, phone, following]
                after[node] = after.get(node, 0.0) + enter * chances[frame, 2 * units.table[node]]
        reached = after
    return float(sum(share * model.ends[node] for node, share in reached.items()))


def test_the_objective_is_the_share_of_the_right_paths(
    model: Phonotactics, units: Units, outputs: Tensor
) -> None:
    graph = spoken_graph(SAID)
    objective, _ = slope(outputs, numerator([graph], units), denominator(model, units))
    chances = likely(outputs)
    right = numerator_by_hand(graph, units, chances)
    every = denominator_by_hand(model, units, chances)
    assert float(objective[0]) == pytest.approx(math.log(right / every), abs=1e-4)


def test_the_slope_is_the_change_of_the_objective(
    model: Phonotactics, units: Units, outputs: Tensor
) -> None:
    said, competition = numerator([spoken_graph(SAID)], units), denominator(model, units)
    _, found = slope(outputs, said, competition)
    chance = np.random.default_rng(1)
    for _ in range(12):
        frame, output = int(chance.integers(FRAMES)), int(chance.integers(units.outputs))
        step = torch.zeros_like(outputs)
        step[0, frame, output] = 0.02
        above, _ = slope(outputs + step, said, competition)
        below, _ = slope(outputs - step, said, competition)
        change = float(above[0] - below[0]) / 0.04
        assert float(found[0, frame, output]) == pytest.approx(change, abs=2e-3)


def test_an_utterance_too_short_for_its_text_teaches_nothing(
    model: Phonotactics, units: Units, outputs: Tensor
) -> None:
    long = spoken_graph(((tuple(range(2, 12)),),))
    short = spoken_graph(SAID)
    both = torch.cat((outputs, outputs))
    objective, found = slope(both, numerator([long, short], units), denominator(model, units))
    assert not torch.isfinite(objective[0])
    assert torch.isfinite(objective[1])
    assert not found[0].any()
    assert found[1].any()


def test_padding_a_batch_changes_nothing(
    model: Phonotactics, units: Units, outputs: Tensor
) -> None:
    competition = denominator(model, units)
    short, long = spoken_graph(SAID), spoken_graph(SAID * 2)
    _, alone = slope(outputs, numerator([short], units), competition)
    _, padded = slope(torch.cat((outputs,) * 2), numerator([short, long], units), competition)
    assert torch.allclose(alone[0], padded[0], atol=1e-6)
