"""What the dialogue core remembers between two events: one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from assistant.content.model import Content
from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue.effects import Say
from assistant.dialogue.history import History, SetKind
from assistant.dialogue.notes import Notes


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
    kind: SetKind = SetKind.WORK
    number: int = 1
    """Which set of a series it is."""
    sets: int = 1
    """Sets of the series."""
    pace_percent: int = 100
    """Length of a beat in percent of a second."""
    is_talked_through: bool = False
    """The words of every phase are spoken in every repetition."""


@dataclass(frozen=True, slots=True)
class Lifting:
    """A cadence is sounding."""

    plan: SetPlan
    ticket: int
    """Ticket of the running cadence."""
    done: int = 0
    """Repetitions whose number has sounded."""
    rep: int = 0
    """The repetition under way; 0 in the count-in."""

    name = "set"


@dataclass(frozen=True, slots=True)
class Paused:
    """A set was paused; it goes on only when told."""

    plan: SetPlan
    done: int

    name = "paused"


@dataclass(frozen=True, slots=True)
class Resting:
    """The rest between two sets is being timed."""

    length_s: float
    """Seconds of the whole rest, what was added included."""
    ends_at: float
    """Monotonic seconds."""
    left_s: float | None = None
    """Seconds that were left when it was paused; None while it runs."""

    name = "rest"


@dataclass(frozen=True, slots=True)
class Triaging:
    """Asking the warning-sign questions, most serious first."""

    question: int
    """Index of the question being asked."""
    misses: int = 0
    """How often the present question got no usable answer."""
    reported: tuple[str, ...] = ()
    """Codes of the signs that were reported, or could not be ruled out."""
    ticket: int = 0
    """Ticket of the question as spoken last."""
    heard: bool = False
    """The question has been heard to its end, so that a no is an answer to all of it."""

    name = "triage"


@dataclass(frozen=True, slots=True)
class Alarmed:
    """The emergency sentence repeats until it is acknowledged."""

    level: Level
    ticket: int = 0
    """Ticket of the emergency sentence as spoken last."""
    heard: bool = False
    """It has been heard to its end at least once."""

    name = "emergency"


@dataclass(frozen=True, slots=True)
class AskingPain:
    """A question about pain has been answered; asking whether it hurts now."""

    row: str
    """Code of the answer that ended in the question."""
    misses: int = 0

    name = "question"


@dataclass(frozen=True, slots=True)
class OfferingIce:
    """After self-care advice: asking whether to time the ice."""

    misses: int = 0

    name = "question"


@dataclass(frozen=True, slots=True)
class Confirming:
    """Asking whether a professional has allowed training again."""

    misses: int = 0

    name = "question"


Mode: TypeAlias = (
    Idle
    | Asleep
    | Checking
    | Fixing
    | Lifting
    | Paused
    | Resting
    | Triaging
    | Alarmed
    | AskingPain
    | OfferingIce
    | Confirming
)


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
class Habits:
    """How this person trains, where it differs from the content files."""

    tempo: Tempo | None = None
    """Of every set that is ordered without one."""
    rest_s: int | None = None
    """After a work set."""
    times_rest: bool = True
    """The rest timer starts by itself."""


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
    usual_manner: Manner = field(default_factory=Manner)
    """How the coach speaks to a person who has not asked for anything else."""
    tickets: int = 0
    """The last ticket given out."""
    spoken: int = 0
    """The last ticket known to have been heard to its end, or dropped."""
    awaited: Awaited | None = None
    last_said: tuple[Say, ...] = ()
    """What was said in reply to the last utterance, for "repeat"."""
    blocked: Level | None = None
    """Pain was reported: no set until the person says it has been checked.

    At ``Level.SELF_CARE`` it also ends by itself, with the two days of rest.
    """
    cleared: bool = False
    """Every warning question of the last triage got a clear no: self-care may be spoken about."""
    last_pain_days: float | None = None
    """Days between the last report of pain and this session; 0 after a report in this session."""
    open_points: tuple[str, ...] = ()
    """Codes of checklist points that are not in order: no set starts while there are any."""
    habits: Habits = field(default_factory=Habits)
    up_next: SetPlan | None = None
    """The set that "start" or "next set" begins."""
    history: History = field(default_factory=History)
    """What the journal held when it was read last."""
    notes: Notes = field(default_factory=Notes)
    """What the conversation about the log is in the middle of."""
    checked_at: float | None = None
    """Monotonic moment at which the checklist last ended well, was overridden, or was missed."""

    @property
    def is_speaking(self) -> bool:
        """Whether a prompt is still sounding or waiting to."""
        return self.tickets > self.spoken
