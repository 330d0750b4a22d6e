"""Puts rows into the journal's tables: all of them, or none; those it has already are left out."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from assistant.dialogue.history import Machine
from assistant.journal.book import Book, machine_row, person_row
from assistant.journal.moments import stamp
from assistant.journal.rows import HealthRow, SetRow
from assistant.progress import Unit

_Place: TypeAlias = tuple[str, str, int]
"""Person, machine, and the number of the session in the file."""
_Likeness: TypeAlias = tuple[str, str, str, int, float | None, str | None]
"""What two records of one set have in common: person, machine, end, repetitions, weight, unit."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows of a file."""

    added: int
    known: int
    """Rows that were in the journal already."""


def fill(book: Book, rows: Iterable[SetRow | HealthRow]) -> Taken:
    """Add rows to the journal.

    Raises:
        sqlite3.Error: they cannot be written; nothing has been added.
    """
    filler = _Filler(book)
    connections = (book.training, book.health)
    for connection in connections:
        connection.execute("BEGIN IMMEDIATE")
    try:
        added = [filler.add(row) for row in _in_sessions(rows, book.same_session_h)]
    except BaseException:
        for connection in connections:
            connection.execute("ROLLBACK")
        raise
    for connection in connections:
        connection.execute("COMMIT")
    return Taken(sum(added), len(added) - sum(added))


def _in_sessions(
    rows: Iterable[SetRow | HealthRow], same_session_h: float
) -> Iterator[SetRow | HealthRow]:
    """Give sets without the number of a session one: a long pause begins another session."""
    before: dict[tuple[str, str], tuple[datetime, int]] = {}
    gap = timedelta(hours=same_session_h)
    for row in sorted(rows, key=_moment_of):
        if isinstance(row, HealthRow) or row.session:
            yield row
            continue
        whose = (row.person, row.machine)
        ended_at, session = before.get(whose, (row.ended_at, -1))
        if row.ended_at - ended_at > gap:
            session -= 1
        before[whose] = (row.ended_at, session)
        yield replace(row, session=session)


def _moment_of(row: SetRow | HealthRow) -> datetime:
    return row.at if isinstance(row, HealthRow) else row.ended_at


@dataclass(slots=True)
class _Filler:
    """Adds rows one by one and remembers the sessions they belong to."""

    book: Book
    sessions: dict[_Place, int] = field(default_factory=dict)
    known: dict[_Likeness, list[int]] = field(init=False)
    """Sets of the journal that no row has been found to be, by the sessions they are in."""

    def __post_init__(self) -> None:
        self.known = defaultdict(list)
        for *likeness, session in self.book.training.execute(
            "SELECT LOWER(person.name), LOWER(machine.name), done_set.ended_at, reps, weight,"
            " done_set.unit, session.id FROM done_set"
            " JOIN session ON session.id = done_set.session"
            " JOIN person ON person.id = session.person"
            " JOIN machine ON machine.id = session.machine WHERE NOT deleted"
        ):
            person, machine, ended_at, reps, weight, unit = likeness
            self.known[person, machine, ended_at, reps, weight, unit].append(session)

    def add(self, row: SetRow | HealthRow) -> bool:
        """Add a row; false when the journal has it already."""
        return self._add_health(row) if isinstance(row, HealthRow) else self._add_set(row)

    def _add_set(self, row: SetRow) -> bool:
        place = (row.person.lower(), row.machine.lower(), row.session)
        weight = (None, None) if row.weight is None else (row.weight.amount, row.weight.unit.value)
        likeness = (*place[:2], stamp(row.ended_at), row.reps, *weight)
        if sessions := self.known[likeness]:
            self.sessions[place] = sessions.pop(0)
            return False
        session = self.sessions.get(place) or self._begin_session(row)
        self.sessions[place] = session
        self._insert(row, session, weight)
        return True

    def _begin_session(self, row: SetRow) -> int:
        training = self.book.training
        unit = row.weight.unit if row.weight else self.book.unit()
        is_known = row.machine.lower() == self.book.machine.name.lower()
        machine = self.book.machine if is_known else Machine(row.machine, Unit(unit))
        session = training.execute(
            "INSERT INTO session (person, machine, began_at, ended_at, zone)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                *(person_row(training, row.person), machine_row(training, machine)),
                *(stamp(row.began_at), stamp(row.ended_at), row.zone),
            ),
        ).lastrowid
        return session or 0

    def _insert(
        self, row: SetRow, session: int, weight: tuple[float, str] | tuple[None, None]
    ) -> None:
        self.book.training.execute(
            "INSERT INTO done_set (session, began_at, ended_at, kind, reps_planned, reps, weight,"
            " unit, tempo, pace_percent, clean, reserve, effort, counted, reason, notes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(session, stamp(row.began_at), stamp(row.ended_at), row.kind),
                *(row.reps_planned, row.reps, *weight, row.tempo, row.pace_percent),
                *(row.clean, row.reserve, row.effort, row.counted, row.reason, row.notes),
            ),
        )
        self.book.training.execute(
            "UPDATE session SET began_at = MIN(began_at, ?), ended_at = MAX(ended_at, ?)"
            " WHERE id = ?",
            (stamp(row.began_at), stamp(row.ended_at), session),
        )

    def _add_health(self, row: HealthRow) -> bool:
        values = (row.person, stamp(row.at), row.kind)
        found = self.book.health.execute(
            "SELECT 1 FROM entry WHERE person = ? AND at = ? AND kind = ?", values
        ).fetchone()
        if found is not None:
            return False
        detail = json.dumps(dict(row.detail), sort_keys=True, ensure_ascii=False)
        self.book.health.execute(
            "INSERT INTO entry (person, at, kind, zone, detail) VALUES (?, ?, ?, ?, ?)",
            (*values, row.zone, detail),
        )
        return True
