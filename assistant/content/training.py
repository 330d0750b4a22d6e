"""Types of the training rules: tempos, repetitions, rests."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class StartPhase(StrEnum):
    """What the first movement of a repetition is on a machine."""

    LOWER = "lower"
    """A sled: starts at the top."""
    PRESS = "press"
    """A seated push machine: starts at the bottom."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Whole seconds of the four phases, always in this order."""

    eccentric: int
    hold: int
    concentric: int
    brace: int

    @property
    def rep_s(self) -> int:
        """Seconds of one repetition."""
        return self.eccentric + self.hold + self.concentric + self.brace

    def __str__(self) -> str:
        return f"{self.eccentric}-{self.hold}-{self.concentric}-{self.brace}"


@dataclass(frozen=True, slots=True)
class Training:
    """The numbers a set is planned with."""

    presets: Mapping[str, Tempo]
    """Name to tempo: ``learn``, ``standard``, ``brisk``."""
    default_reps: int
    most_reps: int
    warn_above_s: int
    """A repetition longer than this is spoken about."""
    refuse_above_s: int
    """A repetition longer than this is refused."""
