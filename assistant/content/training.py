"""Types of the training rules: tempos, repetitions, rests, and the words of a set."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class StartPhase(StrEnum):
    """What the first movement of a repetition is on a machine."""

    LOWER = "lower"
    """A sled: starts at the top."""
    PRESS = "press"
    """A seated push machine: starts at the bottom."""


class CountAt(StrEnum):
    """Where in a repetition its number is spoken."""

    PRESS = "press"
    """At the end of the press."""
    BOTTOM = "bottom"
    """When the weight has been lowered."""


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

    @classmethod
    def of(cls, text: str) -> "Tempo":
        """The tempo that ``str`` has written as this text."""
        return cls(*(int(digit) for digit in text.split("-")))

    def __str__(self) -> str:
        return f"{self.eccentric}-{self.hold}-{self.concentric}-{self.brace}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A spoken cue in two lengths."""

    full: str
    brief: str
    """Spoken where the full form would run into the next cue."""
    needs_s: float
    """The full form is spoken where it has at least this long."""


@dataclass(frozen=True, slots=True)
class CueWords:
    """What is spoken on the beat of a set."""

    numbers: tuple[str, ...]
    """``one`` first; as many as the most repetitions a set may have."""
    count_in: tuple[str, ...]
    """One word a beat before the first repetition."""
    brace: Phrase
    lower: Phrase
    hold: Phrase
    press: Phrase
    left: tuple[str, ...]
    """Spoken for the number when one, two, ... repetitions are left, nearest the end first."""
    rack: str
    """After the last repetition."""
    number_s: float
    """A number sounds no longer than this."""
    shortest_s: float
    """A word that gets less room than this is left out."""
    worded_reps: int
    """So many repetitions at the start of a set have the words of every phase."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a lifter may stretch the beat, in percent of a second."""

    step: int
    quickest: int
    slowest: int


@dataclass(frozen=True, slots=True)
class Rest:
    """The rest timer between two sets, in seconds."""

    default_s: int
    warm_up_s: int
    """After a warm-up set."""
    least_s: int
    most_s: int
    last_s: int
    """So many seconds before its end the rest is announced to be nearly over."""


@dataclass(frozen=True, slots=True)
class Training:
    """The numbers and words a set is planned with."""

    presets: Mapping[str, Tempo]
    """Name to tempo: ``learn``, ``standard``, ``brisk``."""
    default_preset: str
    """The preset of a set ordered without a tempo."""
    default_reps: int
    most_reps: int
    most_sets: int
    warn_above_s: int
    """A repetition longer than this is spoken about."""
    refuse_above_s: int
    """A repetition longer than this is refused."""
    start_phase: StartPhase
    count_at: CountAt
    pace: Pace
    rest: Rest
    words: CueWords
