"""Trains the acoustic model for as long as it is given.

The learning rate follows a cosine over that time, not over a number of steps, so that a run on a
busy machine ends when it should and is finished whenever it ends. While the process is stopped, as
on a machine that sleeps, no time is counted.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import torch
from rich.console import Console
from torch import multiprocessing, nn

from assistant.runtime.clock import SystemClock

from .batches import Batch, Batches, input_spread
from .checkpoint import Trained, read_folder, save
from .lexicon import Lexicon
from .network import Network
from .objective import denominator, numerator, slope
from .phonotactics import phonotactics
from .preparation import Examples
from .pronouncing import Mishearing, random_phones, ways_to_say
from .units import Units, tie_units
from .widening import widened

_RARE: Final = 150.0
"""Occurrences below which a unit shares that of its phone."""
_WARM_UP_STEPS: Final = 100
_OUTPUT_DECAY: Final = 5e-5
_STEPS_A_REPORT: Final = 25
_STEPS_A_CHECKPOINT: Final = 100
_STEEPEST: Final = 5.0
_LONGEST_STEP_S: Final = 20.0
"""A step that takes longer was interrupted."""
_WILD: Final = 8.0
"""Objective a frame beyond which an utterance has the wrong text, or no path."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    minutes: float
    """How long."""
    rate: float = 3e-3
    """Largest learning rate."""
    dropout: float = 0.1
    """Probability of silencing a channel, falling to 0 over the run."""
    width: int = 384
    bottleneck: int = 96
    start: Path | None = None
    """A model of this pipeline to begin with, widened where it is narrower than this plan; None
    begins from nothing."""
    processes: int = 2
    """How many work on the same network at once, each on its own batches."""
    device: str = "cpu"
    """Where to compute; on a graphics card one process is enough."""
    is_half: bool = False
    """Whether the network computes with 16-bit numbers, twice as fast where there is hardware."""
    seed: int = 1
    company: float = 0.0
    """Share of examples that other people talk into."""
    mishearing: Mishearing = field(default_factory=Mishearing)


def train(examples: Examples, lexicon: Lexicon, plan: Plan, folder: Path) -> Trained:
    """Train, and keep ``folder/checkpoint.pt`` after every pass over the examples."""
    run = _Run(examples, lexicon, plan, folder)
    return run.finish()


class _Run:
    def __init__(self, examples: Examples, lexicon: Lexicon, plan: Plan, folder: Path) -> None:
        torch.manual_seed(plan.seed)
        self._plan = plan
        self._file = folder / "checkpoint.pt"
        self._console = Console(highlight=False)
        chance = random.Random(plan.seed)  # noqa: S311  (no secret)
        model = phonotactics(_spoken(examples, lexicon, plan.mishearing, chance))
        network, units = _beginning(plan, tie_units(model.seen, _RARE))
        self._units, self._competition = units, denominator(model, units).to(plan.device)
        self._batches = Batches(examples, lexicon, plan.mishearing, chance, plan.company)
        network.normalise_inputs(*input_spread(self._batches))
        self._network = network.to(plan.device)
        self._optimiser = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=1e-4)
        self._frames = len(examples.rows)
        self._clock = SystemClock()
        self._looked_s = self._clock.monotonic()
        self._spent_s = 0.0
        self._steps = 0
        self._mean = 0.0

    def finish(self) -> Trained:
        """Go over the examples again and again until time is up."""
        self._report(f"{self._units.outputs} outputs, {_size(self._network):,} parameters")
        if self._plan.processes > 1:
            self._network.share_memory()
        others = [
            multiprocessing.Process(target=self._work, args=(number,), daemon=True)
            for number in range(1, self._plan.processes)
        ]
        for other in others:
            other.start()
        self._work(0)
        for other in others:
            other.join()
        self._report(f"step {self._steps}: held out {self._held_out():.4f}")
        save(self._trained(), self._file)
        self._network.cpu()
        return self._trained()

    def _work(self, number: int) -> None:
        """Train until time is up; the first process reports and keeps checkpoints.

        The processes write to the same parameters without waiting for each other. Steps are small
        and many, so that nothing is lost by one overwriting a little of another's.
        """
        torch.set_num_threads(1)
        torch.manual_seed(self._plan.seed + number)
        self._batches.chance.seed(self._plan.seed + number)
        is_flat = self._plan.start is None
        while self._share() < 1.0:
            for batch in self._batches.epoch(shortest_first=is_flat):
                self._step(batch)
                if number == 0:
                    self._look()
                if self._share() >= 1.0:
                    return
            is_flat = False

    def _look(self) -> None:
        """Report and keep what there is, now and then."""
        if self._steps % _STEPS_A_REPORT == 0:
            self._report(f"step {self._steps}: {self._mean / _STEPS_A_REPORT:.4f} a frame")
            self._mean = 0.0
        if self._steps % _STEPS_A_CHECKPOINT == 0:
            save(self._trained(), self._file)

    def _trained(self) -> Trained:
        return Trained(self._network, self._units, self._batches.mean, self._frames)

    def _share(self) -> float:
        """How much of the time is spent."""
        now_s = self._clock.monotonic()
        self._spent_s += min(now_s - self._looked_s, _LONGEST_STEP_S)
        self._looked_s = now_s
        return self._spent_s / (60 * self._plan.minutes)

    def _step(self, batch: Batch) -> None:
        share = min(1.0, self._share())
        warm = min(1.0, (self._steps + 1) / _WARM_UP_STEPS)
        for group in self._optimiser.param_groups:
            group["lr"] = self._plan.rate * warm * 0.5 * (1 + math.cos(math.pi * share))
        self._network.train()
        device = self._plan.device
        with torch.autocast(device, torch.bfloat16, enabled=self._plan.is_half):
            outputs = self._network(batch.features.to(device), self._plan.dropout * (1 - share))
        outputs = outputs.float()
        said = numerator(batch.graphs, self._units).to(device)
        objective, uphill = slope(outputs.detach(), said, self._competition)
        wild = objective.nan_to_num(_WILD * 2 * outputs.shape[1]).abs() > _WILD * outputs.shape[1]
        uphill[wild] = 0.0
        self._optimiser.zero_grad()
        downhill = _OUTPUT_DECAY * outputs.detach() - uphill
        outputs.backward(downhill / downhill.shape[:2].numel())
        nn.utils.clip_grad_norm_(self._network.parameters(), _STEEPEST)
        self._optimiser.step()
        self._steps += 1
        self._mean += float(objective.nanmean()) / outputs.shape[1]

    @torch.no_grad()
    def _held_out(self) -> float:
        """Objective a frame on what is not trained on."""
        self._network.eval()
        total, frames = 0.0, 0
        for batch in self._batches.held_out():
            outputs = self._network(batch.features.to(self._plan.device))
            said = numerator(batch.graphs, self._units).to(self._plan.device)
            objective, _ = slope(outputs, said, self._competition)
            total += float(objective.nansum())
            frames += outputs.shape[:2].numel()
        return total / frames

    def _report(self, text: str) -> None:
        self._console.print(f"{self._spent_s / 60:6.1f} min  {text}")


def _spoken(
    examples: Examples, lexicon: Lexicon, mishearing: Mishearing, chance: random.Random
) -> Iterator[list[int]]:
    """Phones of every text, once as they may be spoken."""
    for one in examples.listed:
        if one.text:
            yield random_phones(ways_to_say(one.text, lexicon, chance, mishearing), chance)


def _beginning(plan: Plan, units: Units) -> tuple[Network, Units]:
    """A new network for these units, or that of a model, with the units it has."""
    if plan.start is None:
        return Network(units.outputs, plan.width, plan.bottleneck), units
    model = read_folder(plan.start)
    return widened(model.network, plan.width, plan.bottleneck), model.units


def _size(network: Network) -> int:
    return sum(part.numel() for part in network.parameters())
