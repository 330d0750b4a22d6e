"""What the core knows of the past: an immutable digest of the journal.

The shell reads it from the journal at the start and after each entry, and posts it as
``HistoryRecalled``. Times are ages, counted back from the monotonic moment ``as_of``, so that the
core never meets a date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    pace_percent: int = 100
    """Length of its beat in percent of a second."""
    age_s: float = 0.0
    """From its last repetition to ``as_of``."""
    number: int = 1
    """Which set of a series it is."""
    sets: int = 1
    """Sets of the series."""


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
    habits: Mapping[str, int | float | str] = field(default_factory=dict)
    """How this person has asked to train, by name."""
    today: tuple[SetDone, ...] = ()
    """Sets of the session under way."""
    today_ended_h: float = 0.0
    """Hours from the last of them to ``as_of``."""
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
    """Most urgent level of pain for which no set may start now; one of ``triage.Level``."""
    unfinished: Unfinished | None = None
    reminders: tuple[Planned, ...] = ()
    """In order of time."""
    change: Change | None = None
    condition: Condition = Condition.SOUND
    is_clock_doubtful: bool = False
    """The journal holds entries later than now: the clock is not set."""

    def seen_at(self, now: float, same_session_h: float) -> "History":
        """The same past, seen from a later monotonic moment.

        Args:
            now: that moment.
            same_session_h: the session under way has become the last one when its last set is
                longer ago than this.
        """
        hours = (now - self.as_of) / _S_PER_H
        later = replace(
            self,
            as_of=now,
            today_ended_h=self.today_ended_h + hours,
            last=self.last and replace(self.last, ended_h=self.last.ended_h + hours),
            session_ages_h=tuple(age + hours for age in self.session_ages_h),
            evidence=self.evidence.seen_later(hours / _H_PER_DAY),
            reminders=tuple(replace(it, in_s=it.in_s - hours * _S_PER_H) for it in self.reminders),
        )
        if not later.today or later.today_ended_h <= same_session_h:
            return later
        return replace(
            later,
            today=(),
            last=SessionDone(later.today_ended_h, later.today),
            session_ages_h=(later.today_ended_h, *later.session_ages_h),
            load=None,
            change=None,
        )

    @property
    def is_new(self) -> bool:
        """Whether this person has no finished session and no set yet."""
        return self.last is None and not self.today


def best_set(sets: Sequence[SetDone]) -> SetDone | None:
    """The work set with the greatest weight; of several, the one with the best repetitions."""
    work = [done for done in sets if done.kind is SetKind.WORK and done.weight is not None]
    return max(work, key=_merit, default=None)


def _merit(done: SetDone) -> tuple[float, bool, int, bool, int]:
    weight_kg = done.weight.kg if done.weight else 0.0
    return weight_kg, done.clean is not False, done.reps, done.clean is True, done.number
