"""What the dialogue core remembers between two events: one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from assistant.content.model import Content
from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue.effects import Say


@dataclass(frozen=True, slots=True)
class Idle:
    """Waiting for a command."""

    name = "idle"


@dataclass(frozen=True, slots=True)
class Asleep:
    """Listening for "wake up" and for danger words only."""

    name = "asleep"


@dataclass(frozen=True, slots=True)
class Checking:
    """Asking the set-up points one by one."""

    point: int
    """Index of the point being asked."""
    misses: int = 0
    """How often the present point got no usable answer."""

    name = "checklist"


@dataclass(frozen=True, slots=True)
class Fixing:
    """A point was not in order: the checklist goes on when the lifter says "ready"."""

    point: int
    """Index of the point to put right."""

    name = "fixing"


@dataclass(frozen=True, slots=True)
class SetPlan:
    """A set as ordered."""

    reps: int
    tempo: Tempo


@dataclass(frozen=True, slots=True)
class Lifting:
    """A cadence is sounding."""

    plan: SetPlan
    ticket: int
    """Ticket of the running cadence."""
    done: int = 0
    """Repetitions whose number has sounded."""

    name = "set"


@dataclass(frozen=True, slots=True)
class Paused:
    """A set was paused; it goes on only when told."""

    plan: SetPlan
    done: int

    name = "paused"


@dataclass(frozen=True, slots=True)
class Triaging:
    """Asking the warning-sign questions, most serious first."""

    question: int
    """Index of the question being asked."""
    misses: int = 0

    name = "triage"


@dataclass(frozen=True, slots=True)
class Alarmed:
    """The emergency sentence repeats until it is acknowledged."""

    level: Level
    name = "emergency"


Mode: TypeAlias = Idle | Asleep | Checking | Fixing | Lifting | Paused | Triaging | Alarmed


class Verbosity(StrEnum):
    """How much is spoken during a set."""

    FULL = "full"
    SHORT = "short"
    CLICKS = "clicks"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the coach speaks."""

    volume: int = 7
    """1 to 10."""
    words_per_minute: int = 165
    verbosity: Verbosity = Verbosity.FULL


@dataclass(frozen=True, slots=True)
class Awaited:
    """A prompt whose end starts the time in which an answer is expected."""

    ticket: int
    within_s: float


@dataclass(frozen=True, slots=True)
class Session:
    """One person at one machine, from wake-up to goodbye."""

    content: Content = field(repr=False)
    mode: Mode = field(default_factory=Idle)
    deadlines: Mapping[str, float] = field(default_factory=dict)
    """Name to monotonic seconds; the shell posts ``DeadlinePassed`` when one is reached."""
    manner: Manner = field(default_factory=Manner)
    tickets: int = 0
    """The last ticket given out."""
    spoken: int = 0
    """The last ticket known to have been heard to its end, or dropped."""
    awaited: Awaited | None = None
    last_said: tuple[Say, ...] = ()
    """What was said in reply to the last utterance, for "repeat"."""
    blocked: Level | None = None
    """A warning sign was reported: no set until the person says it has been checked."""
    open_points: tuple[str, ...] = ()
    """Codes of checklist points that are not in order: no set starts while there are any."""
    checked: bool = False
    """The checklist of this session ended well, or was overridden."""

    @property
    def is_speaking(self) -> bool:
        """Whether a prompt is still sounding or waiting to."""
        return self.tickets > self.spoken
