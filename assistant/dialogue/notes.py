"""What the conversation about the log is in the middle of."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from assistant.dialogue.events import ReminderDue
from assistant.dialogue.history import Condition
from assistant.progress import Weight


class Part(StrEnum):
    """The numbers of a set that may be misheard."""

    REPS = "reps"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Order:
    """A change of the log that the lifter wants; nothing is written before it is clear."""

    row: int | None
    """The set to change; None: a new one or, without repetitions, the weight of sets to come."""
    number: int
    """Of that set, as it is read back."""
    reps: int | None = None
    """None: as it is."""
    weight: Weight | None = None
    """None: as it is."""
    sure: frozenset[Part] = frozenset()
    """Numbers the lifter has confirmed."""


@dataclass(frozen=True, slots=True)
class Which:
    """Asked which of two numbers that sound alike was meant."""

    part: Part
    lower: Order
    higher: Order


@dataclass(frozen=True, slots=True)
class Sure:
    """Asked whether a number is meant that is hard to believe."""

    part: Part
    order: Order


@dataclass(frozen=True, slots=True)
class Missing:
    """Asked for the numbers of a set."""

    order: Order
    """What is known of it."""


@dataclass(frozen=True, slots=True)
class WereClean:
    """Asked whether the repetitions of a set were clean."""

    row: int


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Asked whether a weight shall be noted for the next session."""

    weight: Weight


@dataclass(frozen=True, slots=True)
class Deleting:
    """Asked to confirm that everything about this person shall be deleted."""


@dataclass(frozen=True, slots=True)
class TooSoon:
    """Asked to rest longer; "start anyway" is possible."""

    hours_left: float


Question: TypeAlias = Which | Sure | Missing | WereClean | Agreeing | Deleting | TooSoon


@dataclass(frozen=True, slots=True)
class Notes:
    """Questions that are open, and what is still to be said."""

    question: Question | None = None
    why: str = ""
    """The reason of what was suggested last, in words."""
    since: float = 0.0
    """Monotonic moment of the question, or of the suggestion."""
    is_suggesting: bool = False
    """A weight is suggested as soon as the journal has been read again."""
    waiting: tuple[ReminderDue, ...] = field(default=())
    """Reminders that came due at a bad moment."""
    told: Condition = Condition.SOUND
    """The condition of the journal that the lifter knows of."""
    is_begun: bool = False
    """The journal has been read once."""
    went_ahead_at: float | None = None
    """Monotonic moment at which the lifter decided to train before the rest was over."""
