"""What has happened, in the past tense: the only things the dialogue core ever learns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from assistant.dialogue.cadence import Cue
from assistant.dialogue.history import History

SlotValue: TypeAlias = int | float | str


@dataclass(frozen=True, slots=True)
class Started:
    """The coach has come up, and every part of it works."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance that matched one sentence as a whole."""

    intent: str
    """Name of the intent in the sentence files, such as ``StartSet``."""
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    """Slot name to value, numbers already as numbers."""
    text: str = ""
    """The words as recognised, lower case."""
    amid_talk: bool = False
    """Whether people were talking just before, and the coach was not named."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and no sentence matched."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class PromptStarted:
    """The first sample of a prompt has left the mixer."""

    ticket: int
    """The ticket its ``Say`` carried."""


@dataclass(frozen=True, slots=True)
class PromptSpoken:
    """The last sample of a prompt has left the mixer."""

    ticket: int
    """The ticket its ``Say`` carried."""


@dataclass(frozen=True, slots=True)
class CueSounded:
    """A cue of the running cadence has begun to sound."""

    ticket: int
    """The ticket its ``StartCadence`` carried."""
    cue: Cue
    frame: int
    """Mixer frame of the cue's beat, counted from the opening of the stream."""


@dataclass(frozen=True, slots=True)
class CadenceFinished:
    """The last cue of a cadence has sounded to its end."""

    ticket: int


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """A moment the session asked to be woken at has come."""

    name: str
    """Key of the deadline in ``Session.deadlines``; already removed there."""


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """A reminder scheduled earlier has come due."""

    name: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryRecalled:
    """The journal has been read, at the start or after an entry."""

    history: History


@dataclass(frozen=True, slots=True)
class MicrophoneDoubted:
    """The microphone delivers something, but nothing that is of much use."""

    reason: str
    """``quiet``, ``clipped``, or ``monitor`` for one that hears only the coach itself."""


@dataclass(frozen=True, slots=True)
class FaultRaised:
    """A part has failed; the shell is already trying to mend it."""

    part: str
    """``microphone``, ``speaker``, ``recogniser``, ``synthesiser``, ``journal`` or ``disk``."""


@dataclass(frozen=True, slots=True)
class FaultCleared:
    """A part that had failed works again."""

    part: str


Event: TypeAlias = (
    Started
    | Heard
    | NotUnderstood
    | PromptStarted
    | PromptSpoken
    | CueSounded
    | CadenceFinished
    | DeadlinePassed
    | ReminderDue
    | HistoryRecalled
    | MicrophoneDoubted
    | FaultRaised
    | FaultCleared
)
