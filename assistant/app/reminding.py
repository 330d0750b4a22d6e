"""The journal's reminders on virtual time."""

from collections.abc import Callable, Mapping

from assistant.dialogue.events import Event, SlotValue
from assistant.journal.agenda import Agenda
from assistant.runtime.clock import VirtualClock


class VirtualReminders:
    """Wakes nobody: it is asked what is due whenever the virtual clock has moved."""

    def __init__(self, agenda: Agenda, clock: VirtualClock, changed: Callable[[], None]) -> None:
        """Args: the reminders, the clock they follow, what is told when they have changed."""
        self._agenda = agenda
        self._clock = clock
        self._changed = changed

    def schedule(self, name: str, after_s: float, slots: Mapping[str, SlotValue]) -> None:
        """Have ``ReminderDue(name)`` later; an earlier one of that name is replaced."""
        self._agenda.plan(name, after_s, slots, self._clock.wall())
        self._changed()

    def schedule_weekly(self, name: str, days: tuple[int, ...], hour: int, minute: int) -> None:
        """Have ``ReminderDue(name)`` at a local time on some days of each week, 0 being Monday."""
        self._agenda.plan_weekly(name, days, hour, minute, self._clock.wall())
        self._changed()

    def cancel(self, name: str) -> None:
        """Forget a reminder, or with ``*`` all of the person whose log is open."""
        self._agenda.cancel(name, self._clock.wall())
        self._changed()

    @property
    def next_due(self) -> float | None:
        """Virtual seconds at which the next one is due."""
        due = min(self._agenda.due_times().values(), default=None)
        return None if due is None else self._clock.seconds_to(due)

    def take_due(self) -> list[Event]:
        """The reminders that are to be spoken now, each once."""
        if self.next_due is None or self.next_due > self._clock.elapsed_s:
            return []
        released: list[Event] = [*self._agenda.take_due(self._clock.wall())]
        self._changed()
        return released
