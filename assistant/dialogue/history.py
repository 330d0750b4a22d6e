"""What the core knows of the past: an immutable digest of the journal.

The shell reads it from the journal at the start and after each entry, and posts it as
``HistoryRecalled``. Times are ages, counted back from the monotonic moment ``as_of``, so that the
core never meets a date.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.content.training import StartPhase
from assistant.progress import Evidence, Unit, Weight

_S_PER_H = 3600.0
_H_PER_DAY = 24.0

GUEST = "guest"
"""The person who trains when nobody has given a name."""


class Condition(StrEnum):
    """How the journal is."""

    SOUND = "sound"
    SET_ASIDE = "set_aside"
    """A damaged file was renamed; a new one was begun."""
    NEWER = "newer"
    """The file was written by a newer version and is left alone; another one was begun."""
    READ_ONLY = "read_only"
    """Nothing can be written; entries are kept in memory."""
    FULL = "full"
    """The disk is full; entries are kept in memory until there is room."""
    LOST = "lost"
    """The files cannot be reached; entries are kept in memory."""


class SetKind(StrEnum):
    """What a set was for."""

    WARM_UP = "warm_up"
    """Left out of volume, records and suggestions."""
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of the machine."""

    name: str = "leg press"
    unit: Unit = Unit.KG
    """What its plates are marked in."""
    step: float = 5.0
    """Smallest change of its weight, in its unit."""
    start_phase: StartPhase = StartPhase.LOWER
    tempo: str = ""
    """Of a set ordered without one, such as ``3-1-2-1``."""

    @property
    def smallest_step(self) -> Weight:
        """The smallest change as a weight."""
        return Weight(self.step, self.unit)


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set in the log."""

    row: int
    """How the journal knows it."""
    number: int
    """Position in its session, from 1."""
    reps: int
    weight: Weight | None = None
    """None: nobody has said."""
    kind: SetKind = SetKind.WORK
    clean: bool | None = None
    """None: nobody has said."""
    reserve: int | None = None
    """Repetitions left in reserve."""
    effort: float | None = None
    """Perceived effort, 1 to 10."""
    counted: bool = True
    """Counted by the coach; false: told by the lifter."""


@dataclass(frozen=True, slots=True)
class SessionDone:
    """One session in the log."""

    ended_h: float
    """Hours from its last set to ``as_of``."""
    sets: tuple[SetDone, ...]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A set that was being counted when the coach went down."""

    reps: int
    """Repetitions that sounded."""
    reps_planned: int
    tempo: str
    """Such as ``3-1-2-1``."""
    kind: SetKind = SetKind.WORK
    age_s: float = 0.0
    """From its last repetition to ``as_of``."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that has been scheduled."""

    name: str
    in_s: float
    """From ``as_of`` until it is due."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of the log, which "undo" would take back."""

    kind: str
    """``added``, ``amended`` or ``deleted``."""
    number: int
    """Of the set, in its session."""


@dataclass(frozen=True, slots=True)
class History:
    """What the past looks like at one moment."""

    as_of: float = 0.0
    """Monotonic seconds."""
    person: str = GUEST
    people: tuple[str, ...] = (GUEST,)
    """Everybody with a log on this box."""
    machine: Machine = field(default_factory=Machine)
    today: tuple[SetDone, ...] = ()
    """Sets of the session under way."""
    last: SessionDone | None = None
    """The session before the one under way."""
    session_ages_h: tuple[float, ...] = ()
    """Ages of the sessions of the last two weeks, the one under way left out, latest first."""
    evidence: Evidence = field(default_factory=Evidence)
    """What the next weight is suggested from; ages as of ``as_of``."""
    load: Weight | None = None
    """The weight the lifter has said is on the machine in this session."""
    agreed: Weight | None = None
    """A suggestion the lifter has accepted for the next session."""
    warning: str | None = None
    """Level of a warning sign that has not been checked since."""
    unfinished: Unfinished | None = None
    reminders: tuple[Planned, ...] = ()
    """In order of time."""
    change: Change | None = None
    condition: Condition = Condition.SOUND
    is_clock_doubtful: bool = False
    """The journal holds entries later than now: the clock is not set."""

    def hours_later(self, now: float) -> float:
        """Hours from ``as_of`` to a monotonic moment."""
        return (now - self.as_of) / _S_PER_H

    def days_since_pain(self, now: float) -> float | None:
        """Days since pain was last reported; None when it never was."""
        days = self.evidence.days_since_pain
        return None if days is None else days + self.hours_later(now) / _H_PER_DAY

    @property
    def is_new(self) -> bool:
        """Whether this person has no finished session and no set yet."""
        return self.last is None and not self.today
