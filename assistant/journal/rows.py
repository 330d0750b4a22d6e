"""The whole log as plain rows: for tables, pictures and files."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from assistant.dialogue.history import SetKind
from assistant.journal.book import Book
from assistant.journal.moments import moment, zone_named
from assistant.progress import Unit, Weight


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set with all that is known of it."""

    person: str
    machine: str
    session: int
    """Number of the session of this person at this machine, from 1."""
    number: int
    """Number of the set in its session, from 1."""
    began_at: datetime
    """UTC."""
    ended_at: datetime
    """UTC."""
    zone: str
    """Name of the time zone in which it was done."""
    kind: SetKind
    reps: int
    reps_planned: int | None
    weight: Weight | None
    tempo: str
    pace_percent: int
    """Length of the beat in percent of a second."""
    clean: bool | None
    reserve: int | None
    effort: float | None
    counted: bool
    """Counted by the coach; false: told by the lifter."""
    reason: str
    """Why it ended."""
    notes: str

    @property
    def day(self) -> date:
        """The local day on which it was done."""
        return self.ended_at.astimezone(zone_named(self.zone)).date()


@dataclass(frozen=True, slots=True)
class HealthRow:
    """One entry about health."""

    person: str
    at: datetime
    """UTC."""
    zone: str
    kind: str
    """``pain`` or ``checked``."""
    detail: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The local day on which it was told."""
        return self.at.astimezone(zone_named(self.zone)).date()


_SETS: Final = """
SELECT person.name, machine.name, session.id, done_set.began_at, done_set.ended_at, zone, kind,
    reps, reps_planned, weight, done_set.unit, done_set.tempo, pace_percent, clean, reserve,
    effort, counted, reason, notes
FROM done_set
JOIN session ON session.id = done_set.session
JOIN person ON person.id = session.person
JOIN machine ON machine.id = session.machine
WHERE NOT deleted AND (:person IS NULL OR person.name = :person)
ORDER BY person.id, machine.id, session.ended_at, session.id, done_set.id
"""


def read_sets(book: Book, person: str | None = None) -> Iterator[SetRow]:
    """All sets, or those of one person, in the order in which they were done."""
    of: tuple[object, object] = (None, None)
    last_session = session = number = 0
    for row in book.training.execute(_SETS, {"person": person}):
        if (row[0], row[1]) != of:
            of, session, last_session = (row[0], row[1]), 0, 0
        if row[2] != last_session:
            last_session, session, number = row[2], session + 1, 0
        number += 1
        yield _set_row(row, session, number)


def read_health(book: Book, person: str | None = None) -> Iterator[HealthRow]:
    """All entries about health, or those of one person, in the order in which they were made."""
    for name, at, zone, kind, detail in book.health.execute(
        "SELECT person, at, zone, kind, detail FROM entry"
        " WHERE ? IS NULL OR person = ? ORDER BY at, id",
        (person, person),
    ):
        yield HealthRow(name, moment(at), zone, kind, json.loads(detail))


def _set_row(row: sqlite3.Row, session: int, number: int) -> SetRow:
    person, machine, _, began_at, ended_at, zone, kind, reps, planned, weight, unit, *more = row
    tempo, pace, clean, reserve, effort, counted, reason, notes = more
    return SetRow(
        person=person,
        machine=machine,
        session=session,
        number=number,
        began_at=moment(began_at),
        ended_at=moment(ended_at),
        zone=zone,
        kind=SetKind(kind),
        reps=reps,
        reps_planned=planned,
        weight=None if weight is None else Weight(weight, Unit(unit)),
        tempo=tempo,
        pace_percent=pace,
        clean=None if clean is None else bool(clean),
        reserve=reserve,
        effort=effort,
        counted=bool(counted),
        reason=reason,
        notes=notes,
    )
