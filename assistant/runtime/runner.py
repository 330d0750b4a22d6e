"""Feeds events to the core and carries its effects out. Decides nothing."""

from collections.abc import Callable, Iterable
from typing import assert_never

from assistant.dialogue.effects import (
    Advise,
    CancelReminder,
    ChangeCadence,
    Cut,
    Effect,
    Hush,
    Light,
    Log,
    Remind,
    RemindWeekly,
    Say,
    SetPace,
    SetVolume,
    StartCadence,
)
from assistant.dialogue.events import DeadlinePassed, Event
from assistant.dialogue.session import Session
from assistant.dialogue.step import step
from assistant.runtime.ports import Journal, Lamp, Mouth, Reminders
from assistant.runtime.timeline import Kind, Record, Timeline


class Runner:
    """The brain's shell: one session, one turn at a time, on one thread."""

    def __init__(
        self,
        session: Session,
        *,
        mouth: Mouth,
        journal: Journal,
        reminders: Reminders,
        lamp: Lamp,
        observe: Callable[[Record], None],
    ) -> None:
        self.session = session
        self._mouth = mouth
        self._journal = journal
        self._reminders = reminders
        self._lamp = lamp
        self._observe = observe
        self._timeline = Timeline()

    @property
    def next_deadline(self) -> float | None:
        """Monotonic seconds at which ``turn`` must be called even if nothing happens."""
        return min(self.session.deadlines.values(), default=None)

    def turn(self, events: Iterable[Event], now: float) -> None:
        """Let the core answer these events, then whatever deadlines have passed by ``now``."""
        for event in events:
            self._take(event, now)
        while (due := self._due(now)) is not None:
            self._take(DeadlinePassed(due), now)

    def _due(self, now: float) -> str | None:
        deadlines = self.session.deadlines
        name = min(deadlines, key=deadlines.__getitem__, default=None)
        return name if name is not None and deadlines[name] <= now else None

    def _take(self, event: Event, now: float) -> None:
        for record in self._timeline.of_event(event, now):
            self._observe(record)
        before = self.session.mode.name
        self.session, effects = step(self.session, event, now)
        for effect in effects:
            self._do(effect)
            for record in self._timeline.of_effect(effect, now):
                self._observe(record)
        if self.session.mode.name != before:
            self._observe(Record(now, Kind.STATE, {"text": self.session.mode.name}))

    def _do(self, effect: Effect) -> None:  # noqa: C901, PLR0912  (a line each)
        match effect:
            case Say(_, text, ticket):
                self._mouth.say(text, ticket)
            case Hush():
                self._mouth.hush()
            case Cut():
                self._mouth.cut()
            case StartCadence(cadence, ticket):
                self._mouth.count(cadence, ticket)
            case ChangeCadence(cadence, ticket):
                self._mouth.change(cadence, ticket)
            case SetVolume(level):
                self._mouth.set_volume(level)
            case SetPace(words_per_minute):
                self._mouth.set_pace(words_per_minute)
            case Log(kind, detail, private):
                self._journal.write(kind, detail, private=private)
            case Remind(name, after_s, slots):
                self._reminders.schedule(name, after_s, slots)
            case RemindWeekly(name, days, hour, minute):
                self._reminders.schedule_weekly(name, days, hour, minute)
            case CancelReminder(name):
                self._reminders.cancel(name)
            case Light(signal):
                self._lamp.show(signal)
            case Advise():
                pass  # It is reported in the timeline; the sentence itself is a Say.
            case _:
                assert_never(effect)
