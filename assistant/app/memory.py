"""The journal as the shell uses it: every entry is stamped, and what it changes is told."""

from collections.abc import Callable, Mapping

from assistant.dialogue.events import (
    Event,
    FaultCleared,
    FaultRaised,
    HistoryRecalled,
    SlotValue,
)
from assistant.dialogue.history import Condition
from assistant.journal.store import Journal
from assistant.runtime.clock import Clock

_PART = "journal"


class Memory:
    """Writes entries, and posts the past anew after each."""

    def __init__(self, journal: Journal, clock: Clock, post: Callable[[Event], None]) -> None:
        """Args: the open journal, what tells the time, where events go."""
        self._journal = journal
        self._clock = clock
        self._post = post
        self._was_sound = True

    @property
    def is_at_disk(self) -> bool:
        """Whether the brain waits for the disk just now; any thread may ask."""
        return self._journal.is_at_disk

    def recall(self) -> None:
        """Post what the dialogue needs to know of the past."""
        history = self._journal.recall(self._clock.wall(), self._clock.monotonic())
        self._post(HistoryRecalled(history))
        self._tell_condition()

    def write(self, kind: str, detail: Mapping[str, SlotValue], *, private: bool) -> None:
        """Make one entry durable, or keep it in memory and say so."""
        self._journal.write(kind, detail, now=self._clock.wall(), private=private)
        self.recall()

    def people(self) -> tuple[str, ...]:
        """Everybody with a log."""
        return self._journal.people()

    def close(self) -> None:
        """Let go of the files."""
        self._journal.close(self._clock.wall())

    def _tell_condition(self) -> None:
        is_sound = self._journal.condition is Condition.SOUND
        if is_sound != self._was_sound:
            self._was_sound = is_sound
            self._post(FaultCleared(_PART) if is_sound else FaultRaised(_PART))
