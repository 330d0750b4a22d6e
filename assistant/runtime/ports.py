"""What the shell needs from the devices, whichever they are."""

from collections.abc import Mapping
from typing import Protocol

from assistant.dialogue.cadence import Cadence
from assistant.dialogue.events import SlotValue


class Mouth(Protocol):
    """Everything audible. All methods return at once; what sounded comes back as events."""

    def say(self, text: str, ticket: int) -> None:
        """Speak after what is being spoken or counted in already; ``PromptSpoken`` follows."""

    def count(self, cadence: Cadence, ticket: int) -> None:
        """Play a cadence when speech has ended; ``CueSounded`` and ``CadenceFinished`` follow."""

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
