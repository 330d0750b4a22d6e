"""The open journal: whose it is, which machine stands here, which session is under way."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from assistant.content.training import StartPhase
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import GUEST, Machine
from assistant.journal.files import Files
from assistant.journal.moments import hours_between, stamp
from assistant.progress import Unit

Detail: TypeAlias = Mapping[str, SlotValue]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to write down, as data: it can be kept while the disk is full and written later."""

    kind: str
    at: datetime
    detail: Detail = field(default_factory=dict)
    is_private: bool = False
    """It is about health and belongs in the file of its own."""


@dataclass(frozen=True, slots=True)
class Book:
    """The open files, and what is true of everything written to them now."""

    files: Files
    machine: Machine
    zone: ZoneInfo
    same_session_h: float
    """A set so long after the last begins a new session."""

    @property
    def training(self) -> sqlite3.Connection:
        """The training log."""
        return self.files.training

    @property
    def health(self) -> sqlite3.Connection:
        """What was said about pain."""
        return self.files.health

    def person_name(self) -> str:
        """Whose log is open."""
        row = self.training.execute("SELECT value FROM state WHERE key = 'person'").fetchone()
        return str(row[0]) if row else GUEST

    def person(self) -> int:
        """Row of the person whose log is open."""
        return self._row("person", self.person_name())

    def unit(self) -> Unit:
        """What the machine is marked in: as its lifter has told, else as its owner has set."""
        told = self._told_of_machine("told_unit")
        return self.machine.unit if told is None else Unit(told)

    def start_phase(self) -> StartPhase:
        """The movement it begins with: as its lifter has told, else as its owner has set."""
        told = self._told_of_machine("told_start_phase")
        return self.machine.start_phase if told is None else StartPhase(told)

    def _told_of_machine(self, column: str) -> str | None:
        query = f"SELECT {column} FROM machine WHERE name = ?"  # noqa: S608  (one of two columns)
        (told,) = self.training.execute(query, (self.machine.name,)).fetchone()
        return None if told is None else str(told)

    def machine_row(self) -> int:
        """Row of the machine."""
        return self._row("machine", self.machine.name)

    def _row(self, table: str, name: str) -> int:
        query = f"SELECT id FROM {table} WHERE name = ?"  # noqa: S608  (one of two tables)
        (row,) = self.training.execute(query, (name,)).fetchone()
        return int(row)

    def session_under_way(self, now: datetime, person: int) -> int | None:
        """Row of the session that a set of this person done now belongs to, if any."""
        span = timedelta(hours=self.same_session_h)
        row = self.training.execute(
            "SELECT id FROM session WHERE person = ? AND machine = ?"
            " AND ended_at BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
            (person, self.machine_row(), stamp(now - span), stamp(now + span)),
        ).fetchone()
        return int(row[0]) if row else None

    def is_recent(self, text: str, now: datetime) -> bool:
        """Whether something happened in the session that is under way now."""
        return abs(hours_between(text, now)) <= self.same_session_h


def person_row(training: sqlite3.Connection, name: str) -> int:
    """Row of a person, made when there is none."""
    training.execute("INSERT OR IGNORE INTO person (name) VALUES (?)", (name,))
    (row,) = training.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()
    return int(row)


def machine_row(training: sqlite3.Connection, machine: Machine) -> int:
    """Row of a machine, made when there is none, its unit and step as they are now.

    A unit that was told holds until the owner sets another one than before.
    """
    training.execute(
        "INSERT INTO machine (name, unit, step, start_phase, tempo) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET"
        " told_unit = CASE unit WHEN excluded.unit THEN told_unit END,"
        " unit = excluded.unit, step = excluded.step,"
        " start_phase = excluded.start_phase, tempo = excluded.tempo"
        " WHERE (unit, step, start_phase, tempo) IS NOT"
        " (excluded.unit, excluded.step, excluded.start_phase, excluded.tempo)",
        (machine.name, machine.unit, machine.step, machine.start_phase, machine.tempo),
    )
    (row,) = training.execute("SELECT id FROM machine WHERE name = ?", (machine.name,)).fetchone()
    return int(row)
