"""Reads from the journal what the dialogue core needs to know of the past."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from assistant.content.logbook import Logbook
from assistant.content.triage import Level, most_urgent
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import (
    Change,
    History,
    Machine,
    Planned,
    SessionDone,
    SetDone,
    SetKind,
    Unfinished,
    best_set,
)
from assistant.journal.book import Book
from assistant.journal.corrections import last_change
from assistant.journal.moments import hours_between, moment, stamp
from assistant.progress import Evidence, Unit, Weight

_AGES_H: Final = 14 * 24
_MOST_SESSIONS: Final = 60
"""More than fit into the days whose ages are told."""
_CLOCK_SLACK: Final = timedelta(minutes=5)
"""An entry may lie ahead by so much after the clock was set."""


@dataclass(frozen=True, slots=True)
class _Session:
    row: int
    ended: str
    age_h: float


@dataclass(frozen=True, slots=True)
class Digest:
    """One reading of the journal."""

    book: Book
    rules: Logbook
    now: datetime

    def history(self, as_of: float) -> History:
        """What the past looks like now, which is the monotonic moment ``as_of``."""
        person = self.book.person()
        under_way = self.book.session_under_way(self.now, person)
        sessions = self._sessions(person)
        before = [session for session in sessions if session.row != under_way]
        today = self._sets(under_way) if under_way is not None else ()
        return History(
            as_of=as_of,
            person=self.book.person_name(),
            people=people(self.book),
            machine=self._machine(),
            habits=self._habits(person),
            today=today,
            today_ended_h=sessions[0].age_h if today else 0.0,
            last=SessionDone(before[0].age_h, self._sets(before[0].row)) if before else None,
            session_ages_h=tuple(past.age_h for past in before if 0 <= past.age_h < _AGES_H),
            evidence=self._evidence(sessions),
            load=self._told(person, "load"),
            agreed=self._told(person, "agreed"),
            warning=self._warning(),
            unfinished=self._unfinished(person),
            reminders=tuple(self._reminders(person)),
            change=self._change(under_way),
            condition=self.book.files.condition,
            is_clock_doubtful=self._is_clock_doubtful(),
        )

    def _machine(self) -> Machine:
        """The machine as it was told to be."""
        machine = replace(self.book.machine, start_phase=self.book.start_phase())
        unit = self.book.unit()
        if unit is machine.unit:
            return machine
        return replace(machine, unit=unit, step=self.rules.steps[unit])

    def _habits(self, person: int) -> dict[str, SlotValue]:
        query = "SELECT name, value FROM habit WHERE person = ?"
        return dict(self.book.training.execute(query, (person,)).fetchall())

    def _sessions(self, person: int) -> list[_Session]:
        """The latest sessions of a person that have sets, latest first."""
        rows = self.book.training.execute(
            "SELECT id, ended_at FROM session WHERE person = ? AND machine = ? AND EXISTS"
            " (SELECT 1 FROM done_set WHERE session = session.id AND NOT deleted)"
            " ORDER BY ended_at DESC, id DESC LIMIT ?",
            (person, self.book.machine_row(), _MOST_SESSIONS),
        )
        return [_Session(row, ended, hours_between(ended, self.now)) for row, ended in rows]

    def _sets(self, session: int) -> tuple[SetDone, ...]:
        rows = self.book.training.execute(
            "SELECT id, reps, weight, unit, kind, clean, reserve, effort, counted FROM done_set"
            " WHERE session = ? AND NOT deleted ORDER BY id",
            (session,),
        )
        return tuple(
            SetDone(
                row=row,
                number=number,
                reps=reps,
                weight=None if weight is None else Weight(weight, Unit(unit)),
                kind=SetKind(kind),
                clean=None if clean is None else bool(clean),
                reserve=reserve,
                effort=effort,
                counted=bool(counted),
            )
            for number, (
                row,
                reps,
                weight,
                unit,
                kind,
                clean,
                reserve,
                effort,
                counted,
            ) in enumerate(rows, start=1)
        )

    def _evidence(self, sessions: Sequence[_Session]) -> Evidence:
        """What the next weight is suggested from: the best set of the latest session."""
        since_pain = self._days_since("pain")
        for position, session in enumerate(sessions):
            best = best_set(self._sets(session.row))
            if best is not None and best.weight is not None:
                row_of_sessions = sessions[
                    position : position + self.rules.progression.sessions_in_a_row
                ]
                return Evidence(
                    weight=best.weight,
                    reps=best.reps,
                    clean=best.clean,
                    clean_sessions=self._clean_in_a_row(row_of_sessions, best.weight),
                    days_off=max(0.0, session.age_h) / 24,
                    days_since_pain=since_pain,
                )
        return Evidence(days_since_pain=since_pain)

    def _clean_in_a_row(self, sessions: Sequence[_Session], weight: Weight) -> int:
        bests = (best_set(self._sets(session.row)) for session in sessions)
        return len(list(takewhile(lambda best: self._is_earned(best, weight), bests)))

    def _is_earned(self, best: SetDone | None, weight: Weight) -> bool:
        return (
            best is not None
            and best.weight is not None
            and bool(best.clean)
            and best.reps >= self.rules.progression.clean_reps
            and best.weight.kg >= weight.kg - 1e-6
        )

    def _told(self, person: int, purpose: str) -> Weight | None:
        row = self.book.training.execute(
            "SELECT weight, unit, at FROM weight_said"
            " WHERE person = ? AND machine = ? AND purpose = ?",
            (person, self.book.machine_row(), purpose),
        ).fetchone()
        if row is None or (purpose == "load" and not self.book.is_recent(row[2], self.now)):
            return None
        return Weight(row[0], Unit(row[1]))

    def _days_since(self, kind: str) -> float | None:
        row = self.book.health.execute(
            "SELECT at FROM entry WHERE person = ? AND kind = ? ORDER BY id DESC LIMIT 1",
            (self.book.person_name(), kind),
        ).fetchone()
        return None if row is None else max(0.0, hours_between(row[0], self.now)) / 24

    def _warning(self) -> str | None:
        """Most urgent level of pain since somebody was last allowed to train again.

        Pain without a warning sign keeps nobody from training for longer than the days of rest.
        """
        found: list[Level] = []
        for kind, at, text in self.book.health.execute(
            "SELECT kind, at, detail FROM entry"
            " WHERE person = ? AND kind IN ('pain', 'checked') ORDER BY id DESC LIMIT 200",
            (self.book.person_name(),),
        ):
            detail = json.loads(text)
            if kind == "checked":
                if detail.get("allowed", "yes") == "yes":
                    break
                continue
            level = Level(detail.get("level", Level.EMERGENCY))
            age_h = hours_between(at, self.now)
            if level is not Level.SELF_CARE or age_h < self.rules.progression.pain_rest_h:
                found.append(level)
        return most_urgent(found).value if found else None

    def _unfinished(self, person: int) -> Unfinished | None:
        row = self.book.training.execute(
            "SELECT reps, reps_planned, tempo, kind, pace_percent, at, number, sets FROM progress"
            " WHERE person = ?",
            (person,),
        ).fetchone()
        if row is None:
            return None
        reps, planned, tempo, kind, pace, at, *series = row
        age_s = abs(hours_between(at, self.now)) * 3600
        return Unfinished(reps, planned, tempo, SetKind(kind), pace, age_s, *series)

    def _reminders(self, person: int) -> Iterator[Planned]:
        for name, due_at in self.book.training.execute(
            "SELECT name, due_at FROM reminder WHERE person = ? ORDER BY due_at", (person,)
        ):
            yield Planned(name, (moment(due_at) - self.now).total_seconds())

    def _change(self, session: int | None) -> Change | None:
        """What "undo" would take back, told with the number the set has, or had."""
        found = last_change(self.book, self.now)
        if found is None or session is None:
            return None
        _, row, kind, _ = found
        (number,) = self.book.training.execute(
            "SELECT COUNT(*) FROM done_set"
            " WHERE session = ? AND id <= ? AND (NOT deleted OR id = ?)",
            (session, row, row),
        ).fetchone()
        return Change(kind, number)

    def _is_clock_doubtful(self) -> bool:
        row = self.book.training.execute(
            "SELECT 1 FROM session WHERE ended_at > ? LIMIT 1",
            (stamp(self.now + _CLOCK_SLACK),),
        ).fetchone()
        return row is not None


def people(book: Book) -> tuple[str, ...]:
    """Everybody with a log, in the order in which they came."""
    rows = book.training.execute("SELECT name FROM person ORDER BY id")
    return tuple(name for (name,) in rows)
