"""What the shell needs from the devices, whichever they are."""

from collections.abc import Mapping
from typing import Protocol

from assistant.dialogue.cadence import Cadence
from assistant.dialogue.effects import Signal
from assistant.dialogue.events import SlotValue


class Mouth(Protocol):
    """Everything audible. All methods return at once; what sounded comes back as events."""

    def say(self, text: str, ticket: int) -> None:
        """Speak after what is being spoken already; ``PromptStarted``, ``PromptSpoken`` follow."""

    def count(self, cadence: Cadence, ticket: int) -> None:
        """Play a cadence when speech has ended; ``CueSounded`` and ``CadenceFinished`` follow."""

    def change(self, cadence: Cadence, ticket: int) -> None:
        """Let a running cadence go on by other cues, on its beat, from a repetition on."""

    def hush(self) -> None:
        """Drop speech, keep a running cadence."""

    def cut(self) -> None:
        """Drop everything that sounds or waits to sound."""

    def set_volume(self, level: int) -> None:
        """Set the loudness, 1 to 10."""

    def set_pace(self, words_per_minute: int) -> None:
        """Set how fast prompts are spoken from now on."""


class Journal(Protocol):
    """Where the coach writes down what happened."""

    def write(self, kind: str, detail: Mapping[str, SlotValue], *, private: bool) -> None:
        """Make one entry durable."""


class Reminders(Protocol):
    """Wakes the coach on the wall clock, also after a restart."""

    def schedule(self, name: str, after_s: float, slots: Mapping[str, SlotValue]) -> None:
        """Post ``ReminderDue(name, slots)`` later; replaces an earlier one of that name."""

    def schedule_weekly(self, name: str, days: tuple[int, ...], hour: int, minute: int) -> None:
        """Post ``ReminderDue(name)`` at that local time on these days, 0 being Monday."""

    def cancel(self, name: str) -> None:
        """Forget a reminder, or all of them where ``name`` is ``*``."""


class Lamp(Protocol):
    """A light beside the machine."""

    def show(self, signal: Signal) -> None:
        """Show one signal until the next."""
