"""When reminders come due, and what becomes of one that could not be spoken then.

Theory of operation. A reminder is a row of the journal with the moment at which it is due, so a
restart finds it again. Whoever watches the time asks ``due_times`` and, when one is reached, hands
its ``ReminderDue`` to ``release``, which decides: to speak it, to drop it because it is too late,
to keep it for the end of the quiet hours, or that it is not due after all. A reminder is taken off
the agenda before it is spoken, so none is spoken twice.

Two kinds of time are kept apart. A span, such as twenty minutes of ice, is moved along when the
clock is set; an appointment stays at its place on the wall clock. An appointment of every week is
planned one occurrence at a time, by local date, and never twice for the same date: so it survives
the hour that a summer time repeats or leaves out, and a clock that is set back.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from assistant.content.logbook import Lateness, Logbook
from assistant.dialogue.events import ReminderDue, SlotValue
from assistant.journal.moments import moment, stamp
from assistant.journal.store import Journal

_DAYS_A_WEEK: Final = 7
_HOURS_A_DAY: Final = 24
_JUMP_S: Final = 2.0
"""The two clocks of a computer may drift apart by so much without having been set."""
_EARLY: Final = timedelta(seconds=1)
_USUAL: Final = Lateness(say_within_s=3600, waits_for_day=True, is_span=False)
"""For a reminder that the content files do not name."""


@dataclass(frozen=True, slots=True)
class _Appointment:
    """One row of the agenda."""

    name: str
    person: str
    due_at: datetime
    slots: Mapping[str, SlotValue]
    days: tuple[int, ...] = ()
    """For one that comes every week; 0 is Monday."""
    hour: int = 0
    minute: int = 0
    last_on: str = ""
    """Local date for which it was spoken or dropped last."""


class Agenda:
    """The reminders of this box. Used by the thread that uses the journal."""

    def __init__(
        self, journal: Journal, rules: Logbook, zone: ZoneInfo, now: datetime, monotonic: float
    ) -> None:
        """Take up the reminders of earlier runs.

        Args:
            journal: where they are kept.
            rules: what becomes of a late one, by its name.
            zone: in which days and quiet hours are meant.
            now: an aware moment.
            monotonic: the same moment on the monotonic clock.
        """
        self._journal = journal
        self._rules = rules
        self._zone = zone
        self._offset_s = now.timestamp() - monotonic
        self._begun_here: set[str] = set()
        """Spans that began in this run; of older ones only the wall time is known."""

    def plan(
        self, name: str, after_s: float, slots: Mapping[str, SlotValue], now: datetime
    ) -> None:
        """Remind the person whose log is open; an earlier reminder of that name is replaced."""
        due_at = now + timedelta(seconds=after_s)
        self._begun_here.add(name)
        self._keep(_Appointment(name, self._person(), due_at, slots), now)

    def plan_weekly(
        self, name: str, days: Iterable[int], hour: int, minute: int, now: datetime
    ) -> None:
        """Remind at a local time on some days of every week, 0 being Monday."""
        wanted = tuple(days)
        weekly = _Appointment(name, self._person(), now, {}, wanted, hour, minute)
        self._keep(self._next(weekly, now), now)

    def cancel(self, name: str, now: datetime) -> None:
        """Forget a reminder, or with ``*`` all of the person whose log is open."""
        self._journal.write("cancel_reminder", {"name": name}, now=now)

    def due_times(self) -> Mapping[str, datetime]:
        """Name to the moment at which it should be handed to ``release``.

        Reminders about health are left out while the log of another person is open.
        """
        latest_first = reversed(self._appointments())
        return {it.name: it.due_at for it in latest_first}

    def take_due(self, now: datetime) -> Iterator[ReminderDue]:
        """Release all whose time has come."""
        for name, due_at in self.due_times().items():
            if due_at <= now and (released := self.release(ReminderDue(name), now)):
                yield released

    def release(self, reminder: ReminderDue, now: datetime) -> ReminderDue | None:
        """Decide on a reminder whose time has come; None when it is not to be spoken now."""
        found = next((it for it in self._appointments() if it.name == reminder.name), None)
        if found is None or found.due_at > now + _EARLY:
            return None
        rule = self._rule(found)
        until = self._quiet_until(now) if rule.waits_for_day else None
        if until is not None:
            self._keep(replace(found, due_at=until), now)
            return None
        self._take_off(found, now)
        is_late = (now - found.due_at).total_seconds() > rule.say_within_s
        return None if is_late else ReminderDue(found.name, found.slots)

    def keep_time(self, now: datetime, monotonic: float) -> bool:
        """Notice that the clock was set, and move spans along; true when times have changed.

        Call it now and then, at least once a minute.
        """
        offset_s = now.timestamp() - monotonic
        jump_s = offset_s - self._offset_s
        self._offset_s = offset_s
        if abs(jump_s) < _JUMP_S:
            return False
        for appointment in self._appointments():
            if self._rule(appointment).is_span and appointment.name in self._begun_here:
                due_at = appointment.due_at + timedelta(seconds=jump_s)
                self._keep(replace(appointment, due_at=due_at), now)
        return True

    def _person(self) -> str:
        return self._journal.book.person_name()

    def _rule(self, appointment: _Appointment) -> Lateness:
        return self._rules.reminders.get(appointment.name, _USUAL)

    def _next(self, weekly: _Appointment, now: datetime) -> _Appointment:
        at = time(weekly.hour, weekly.minute)
        due_at = next_occurrence(weekly.days, at, self._zone, now, weekly.last_on)
        return replace(weekly, due_at=due_at)

    def _take_off(self, appointment: _Appointment, now: datetime) -> None:
        """Make sure that an appointment does not come due again."""
        if appointment.days:
            spoken_on = appointment.due_at.astimezone(self._zone).date().isoformat()
            self._keep(self._next(replace(appointment, last_on=spoken_on), now), now)
            return
        detail = {"name": appointment.name, "person": appointment.person}
        self._journal.write("cancel_reminder", detail, now=now)

    def _quiet_until(self, now: datetime) -> datetime | None:
        """The end of the quiet hours, when now lies in them."""
        local = now.astimezone(self._zone)
        begin, end = self._rules.quiet_from_hour, self._rules.quiet_until_hour
        if (local.hour - begin) % _HOURS_A_DAY >= (end - begin) % _HOURS_A_DAY:
            return None
        day = local.date() + timedelta(days=int(local.hour >= end))
        return datetime.combine(day, time(end), self._zone).astimezone(UTC)

    def _keep(self, appointment: _Appointment, now: datetime) -> None:
        detail: dict[str, SlotValue] = {
            "name": appointment.name,
            "person": appointment.person,
            "due_at": stamp(appointment.due_at),
            "slots": json.dumps(dict(appointment.slots)),
            "days": "".join(map(str, appointment.days)),
            "hour": appointment.hour,
            "minute": appointment.minute,
            "last_on": appointment.last_on,
        }
        self._journal.write("remind", detail, now=now)

    def _appointments(self) -> list[_Appointment]:
        """Those that may be heard while the present log is open, the earliest first."""
        rows = self._journal.book.training.execute(
            "SELECT reminder.name, person.name, due_at, slots, days, hour, minute, last_on"
            " FROM reminder JOIN person ON person.id = reminder.person ORDER BY due_at"
        )
        mine = self._person()
        return [
            it
            for it in map(_appointment, rows)
            if it.person == mine or not self._rule(it).is_private
        ]


def next_occurrence(
    days: Iterable[int], at: time, zone: ZoneInfo, now: datetime, last_on: str = ""
) -> datetime:
    """When a local time comes next on one of some days of the week.

    A time that summer time leaves out comes an hour later; of one that is repeated, the first.

    Args:
        days: 0 is Monday; at least one.
        at: local time.
        zone: whose.
        now: an aware moment; the result lies after it.
        last_on: a local date, as text, that is over, whatever the clock says.
    """
    wanted = frozenset(days)
    today = now.astimezone(zone).date()
    begin = max(today, date.fromisoformat(last_on)) if last_on else today
    for ahead in range(2 * _DAYS_A_WEEK + 1):
        day = begin + timedelta(days=ahead)
        moment_utc = datetime.combine(day, at, zone).astimezone(UTC)
        if day.weekday() in wanted and day.isoformat() != last_on and moment_utc > now:
            return moment_utc
    raise ValueError(days)


def _appointment(row: sqlite3.Row) -> _Appointment:
    name, person, due_at, slots, days, hour, minute, last_on = row
    return _Appointment(
        name=name,
        person=person,
        due_at=moment(due_at),
        slots=json.loads(slots),
        days=tuple(int(day) for day in days),
        hour=hour or 0,
        minute=minute or 0,
        last_on=last_on,
    )
