"""What is to be done, in the imperative: the only ways the dialogue core acts on the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from assistant.content.triage import Level
from assistant.dialogue.cadence import Cadence
from assistant.dialogue.events import SlotValue


class Signal(StrEnum):
    """What a light beside the machine shows."""

    LISTENING = "listening"
    SPEAKING = "speaking"
    FAULT = "fault"
    ASLEEP = "asleep"


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a prompt after whatever is being spoken now."""

    prompt: str
    """Key of the prompt in the content files."""
    text: str
    """The words to speak, slots already filled in."""
    ticket: int
    """Comes back in ``PromptSpoken`` when it has been heard to its end."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Drop all speech, spoken or waiting; a running cadence goes on."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Silence everything at once: speech, waiting speech and cadence. Nothing resumes by itself."""


@dataclass(frozen=True, slots=True)
class StartCadence:
    """Play the cues of a set on the audio clock, after whatever is being spoken now."""

    cadence: Cadence
    ticket: int


@dataclass(frozen=True, slots=True)
class ChangeCadence:
    """Let the running cadence go on by other cues, without a break in the beat.

    The first repetition of the new cues takes the place of the one with its number, on the same
    beat. Where that one has begun by then, the next does.
    """

    cadence: Cadence
    """Nothing but whole repetitions, and what follows the last."""
    ticket: int
    """Of the running cadence; its new cues report under it too."""


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the loudness of everything that sounds."""

    level: int
    """1 (quietest) to 10 (loudest)."""


@dataclass(frozen=True, slots=True)
class SetPace:
    """Set how fast prompts are spoken."""

    words_per_minute: int


@dataclass(frozen=True, slots=True)
class Advise:
    """Tell the outside which level of help the triage has reached."""

    level: Level


@dataclass(frozen=True, slots=True)
class Log:
    """Write down something that happened."""

    kind: str
    """``set``, ``checklist``, ``override``, ``pain``, ``checked``."""
    detail: Mapping[str, SlotValue] = field(default_factory=dict)
    private: bool = False
    """Health data: kept apart from the training log, never exported by default."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Schedule a reminder on the wall clock; an earlier one of that name is replaced."""

    name: str
    after_s: float
    slots: Mapping[str, SlotValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemindWeekly:
    """Schedule a reminder at a local time on some days of each week."""

    name: str
    days: tuple[int, ...]
    """0 is Monday, 6 is Sunday."""
    hour: int
    minute: int = 0


@dataclass(frozen=True, slots=True)
class CancelReminder:
    """Forget a reminder; an unknown name is forgotten already."""

    name: str
    """``*`` stands for all of them."""


@dataclass(frozen=True, slots=True)
class Light:
    """Show a signal on a light beside the machine."""

    signal: Signal


Effect: TypeAlias = (
    Say
    | Hush
    | Cut
    | StartCadence
    | ChangeCadence
    | SetVolume
    | SetPace
    | Advise
    | Log
    | Remind
    | RemindWeekly
    | CancelReminder
    | Light
)
