"""The tables of the journal and how older ones are brought up to date.

Two files: ``journal.sqlite`` holds the training log, ``health.sqlite`` what was said about pain.

Times are text in UTC with microseconds, which sorts as it reads; the name of the time zone stands
beside them, so that a set keeps the local time at which it was done. Sets of a session are in
the order of their rows: the clock of a small computer may be set in the middle of it.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

_TRAINING: Final = """
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE);
CREATE TABLE machine (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    unit TEXT NOT NULL, step REAL NOT NULL, start_phase TEXT NOT NULL, tempo TEXT NOT NULL);
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    machine INTEGER NOT NULL REFERENCES machine,
    began_at TEXT NOT NULL, ended_at TEXT NOT NULL, zone TEXT NOT NULL);
CREATE INDEX session_of ON session (person, machine, ended_at);
CREATE INDEX session_at ON session (ended_at);
CREATE TABLE done_set (
    id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    began_at TEXT NOT NULL, ended_at TEXT NOT NULL,
    kind TEXT NOT NULL, reps_planned INTEGER, reps INTEGER NOT NULL,
    weight REAL, unit TEXT, tempo TEXT NOT NULL DEFAULT '',
    pace_percent INTEGER NOT NULL DEFAULT 100,
    clean INTEGER, reserve INTEGER, effort REAL,
    counted INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '',
    deleted INTEGER NOT NULL DEFAULT 0,
    CHECK ((weight IS NULL) = (unit IS NULL)));
CREATE INDEX set_of ON done_set (session, id);
CREATE TABLE progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    began_at TEXT NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, reps_planned INTEGER NOT NULL, reps INTEGER NOT NULL,
    tempo TEXT NOT NULL, pace_percent INTEGER NOT NULL);
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    done_set INTEGER NOT NULL REFERENCES done_set ON DELETE CASCADE,
    kind TEXT NOT NULL, before TEXT NOT NULL);
CREATE TABLE weight_said (
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    machine INTEGER NOT NULL REFERENCES machine,
    purpose TEXT NOT NULL, weight REAL NOT NULL, unit TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (person, machine, purpose));
CREATE TABLE note (
    id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    at TEXT NOT NULL, zone TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE reminder (
    name TEXT NOT NULL, person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    due_at TEXT NOT NULL, slots TEXT NOT NULL,
    days TEXT NOT NULL DEFAULT '', hour INTEGER, minute INTEGER, last_on TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (name, person));
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

_TOLD: Final = """
ALTER TABLE machine ADD COLUMN told_unit TEXT;
ALTER TABLE progress ADD COLUMN number INTEGER NOT NULL DEFAULT 1;
ALTER TABLE progress ADD COLUMN sets INTEGER NOT NULL DEFAULT 1;
CREATE TABLE habit (
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    name TEXT NOT NULL, value NOT NULL, PRIMARY KEY (person, name));
"""

_START_PHASE: Final = "ALTER TABLE machine ADD COLUMN told_start_phase TEXT;"

_HEALTH: Final = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, person TEXT NOT NULL COLLATE NOCASE,
    at TEXT NOT NULL, zone TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX entry_of ON entry (person, id);
"""

TRAINING: Final[Sequence[str]] = (_TRAINING, _TOLD, _START_PHASE)
"""Script n brings the training log from version n to version n + 1; only ever append."""

HEALTH: Final[Sequence[str]] = (_HEALTH,)
"""The same for the health file."""


def version(connection: sqlite3.Connection) -> int:
    """Version of the tables in a file; 0 when it is new."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def bring_up_to_date(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Run the migrations a file has not seen yet, each wholly or not at all."""
    for number in range(version(connection), len(scripts)):
        connection.executescript(
            f"BEGIN IMMEDIATE; {scripts[number]} PRAGMA user_version = {number + 1}; COMMIT;"
        )
