"""The plan of a set on the beat: which cue sounds how many seconds after the start.

Nothing here knows about samples. The mixer places a cue's beat at
``start + round(at_s * rate)``, so rounding never adds up from beat to beat.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias


class Phase(StrEnum):
    """Where in a repetition a cue belongs."""

    COUNT_IN = "count_in"
    BRACE = "brace"
    """The pause at the top, where the lifter breathes in and braces."""
    ECCENTRIC = "eccentric"
    """Lowering."""
    HOLD = "hold"
    """The pause at the bottom."""
    CONCENTRIC = "concentric"
    """Pressing."""
    DONE = "done"
    """The repetition is complete; its number is spoken."""
    RACK = "rack"
    """After the last repetition."""


class Click(StrEnum):
    """The clicks a lifter tells apart without thinking."""

    HIGH = "high"
    WARM = "warm"
    """In a warm-up set it stands for the high one."""
    LOW = "low"
    SOFT = "soft"
    DOUBLE = "double"
    LAST = "last"
    """Marks the start of the last repetition."""
    END = "end"
    """The set is over."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words spoken on the beat: their first stressed vowel falls on it."""

    text: str
    within_s: float
    """The longest they may sound, so that they never run into the next cue."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound of a set."""

    at_s: float
    """Seconds from the start of the cadence to the beat."""
    rep: int
    """The repetition it belongs to, from 1; 0 in the count-in."""
    phase: Phase
    sound: "Click | Word"

    @property
    def clip(self) -> str:
        """Name of its clip in timelines and cue lists: ``click:high``, ``word:lower``."""
        match self.sound:
            case Click() as click:
                return f"click:{click}"
            case Word(text=text):
                return f"word:{text.lower()}"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A whole set, or the rest of one: its cues in order of time."""

    cues: tuple[Cue, ...]
    duration_s: float
    """Seconds from the start to the end of the last beat."""

    def after(self, rep: int) -> "Cadence":
        """What follows a repetition, its first cue at the start."""
        rest = [cue for cue in self.cues if cue.rep > rep]
        start_s = rest[0].at_s if rest else self.duration_s
        cues = (replace(cue, at_s=cue.at_s - start_s) for cue in rest)
        return Cadence(tuple(cues), self.duration_s - start_s)


Sound: TypeAlias = Click | Word
