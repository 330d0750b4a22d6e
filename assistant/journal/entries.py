"""What each kind of entry does to the tables."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

from assistant.dialogue.history import GUEST, SetKind
from assistant.journal import corrections
from assistant.journal.book import Book, Detail, Entry, machine_row, person_row
from assistant.journal.moments import moment, stamp


def write(book: Book, entry: Entry) -> None:
    """Make one entry durable, wholly or not at all.

    Raises:
        sqlite3.Error: it could not be written.
    """
    connection = book.health if entry.is_private else book.training
    writer = _keep_private if entry.is_private else _WRITERS.get(entry.kind, _note)
    connection.execute("BEGIN IMMEDIATE")
    try:
        writer(book, entry)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep_private(book: Book, entry: Entry) -> None:
    book.health.execute(
        "INSERT INTO entry (person, at, zone, kind, detail) VALUES (?, ?, ?, ?, ?)",
        (book.person_name(), stamp(entry.at), book.zone.key, entry.kind, as_text(entry.detail)),
    )


def _note(book: Book, entry: Entry) -> None:
    """Write down an entry of a kind that no table is made for."""
    book.training.execute(
        "INSERT INTO note (person, at, zone, kind, detail) VALUES (?, ?, ?, ?, ?)",
        (book.person(), stamp(entry.at), book.zone.key, entry.kind, as_text(entry.detail)),
    )


def _keep_progress(book: Book, entry: Entry) -> None:
    """Keep the count of a running set; a count that has not risen belongs to another set."""
    began = at = stamp(entry.at)
    detail = entry.detail
    before = book.training.execute("SELECT reps, began_at FROM progress").fetchone()
    if before is not None and int(detail["reps"]) > before[0]:
        began = before[1]
    elif before is not None:
        _log_interrupted(book, entry)
    kind = detail.get("kind", SetKind.WORK)
    counts = (detail["reps_planned"], detail["reps"], detail["tempo"])
    pace = detail.get("pace_percent", 100)
    series = (detail.get("number", 1), detail.get("sets", 1))
    book.training.execute(
        "INSERT OR REPLACE INTO progress VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (book.person(), began, at, kind, *counts, pace, *series),
    )


def _log_interrupted(book: Book, _: Entry) -> None:
    """Log the set whose count was kept, as far as it went, for the person and time it was done."""
    row = book.training.execute(
        "SELECT person, at, began_at, kind, reps_planned, reps, tempo, pace_percent FROM progress"
    ).fetchone()
    if row is None:
        return
    person, at, began, kind, planned, reps, tempo, pace = row
    detail = {
        "kind": kind,
        "reps_planned": planned,
        "reps": reps,
        "tempo": tempo,
        "pace_percent": pace,
        "reason": "interrupted",
    }
    _insert_set(book, Entry("set", moment(at), detail), began, person)
    book.training.execute("DELETE FROM progress")


def _log_set(book: Book, entry: Entry) -> None:
    """Log a finished set; one that was counted ends the count that was kept of it."""
    began = stamp(entry.at)
    if entry.detail.get("counted", 1):
        row = book.training.execute("SELECT began_at FROM progress").fetchone()
        began = row[0] if row else began
        book.training.execute("DELETE FROM progress")
    if int(entry.detail["reps"]) > 0:
        _insert_set(book, entry, began, book.person())


def _insert_set(book: Book, entry: Entry, began: str, person: int) -> None:
    at, detail = stamp(entry.at), entry.detail
    weight, unit = detail.get("weight"), detail.get("unit")
    if weight is None:
        weight, unit = _weight_on_machine(book, entry.at, person)
    session = book.session_under_way(entry.at, person)
    if session is None:
        session = book.training.execute(
            "INSERT INTO session (person, machine, began_at, ended_at, zone)"
            " VALUES (?, ?, ?, ?, ?)",
            (person, book.machine_row(), began, at, book.zone.key),
        ).lastrowid
    done = book.training.execute(
        "INSERT INTO done_set (session, began_at, ended_at, weight, unit,"
        " kind, reps_planned, reps, tempo, pace_percent, clean, counted, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(session, began, at, weight, unit),
            *(detail.get("kind", SetKind.WORK), detail.get("reps_planned"), detail["reps"]),
            *(detail.get("tempo", ""), detail.get("pace_percent", 100), detail.get("clean")),
            *(detail.get("counted", 1), detail.get("reason", "")),
        ),
    ).lastrowid
    book.training.execute("UPDATE session SET ended_at = ? WHERE id = ?", (at, session))
    corrections.remember(book, done or 0, "added")


def _weight_on_machine(
    book: Book, now: datetime, person: int
) -> tuple[float, str] | tuple[None, None]:
    """The weight the lifter has told in this session."""
    row = book.training.execute(
        "SELECT weight, unit, at FROM weight_said"
        " WHERE person = ? AND machine = ? AND purpose = 'load'",
        (person, book.machine_row()),
    ).fetchone()
    return (row[0], row[1]) if row and book.is_recent(row[2], now) else (None, None)


def _keep_weight(book: Book, entry: Entry) -> None:
    """Keep a weight that was told: ``load`` on the machine now, ``agreed`` for next time."""
    book.training.execute(
        "INSERT OR REPLACE INTO weight_said (person, machine, purpose, weight, unit, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(book.person(), book.machine_row(), entry.kind),
            *(entry.detail["weight"], entry.detail["unit"], stamp(entry.at)),
        ),
    )


def _keep_machine(book: Book, entry: Entry) -> None:
    """Keep what the lifter has told of the machine: ``unit``, ``start_phase``, or both."""
    told = (entry.detail.get("unit"), entry.detail.get("start_phase"))
    book.training.execute(
        "UPDATE machine SET told_unit = COALESCE(?, told_unit),"
        " told_start_phase = COALESCE(?, told_start_phase) WHERE id = ?",
        (*told, book.machine_row()),
    )


def _keep_habits(book: Book, entry: Entry) -> None:
    """Keep what this person has asked for, each thing by its name."""
    book.training.executemany(
        "INSERT OR REPLACE INTO habit (person, name, value) VALUES (?, ?, ?)",
        [(book.person(), name, value) for name, value in entry.detail.items()],
    )


def _discard(book: Book, entry: Entry) -> None:
    """Drop the count of a set that was interrupted, and note that it was dropped."""
    book.training.execute("DELETE FROM progress")
    _note(book, entry)


def _set_up(book: Book, _: Entry) -> None:
    """Make the rows that everything else refers to: the guest and the machine."""
    person_row(book.training, GUEST)
    machine_row(book.training, book.machine)


def _open_log_of(book: Book, entry: Entry) -> None:
    """Open the log of another person; a new name begins one."""
    name = str(entry.detail["name"])
    person_row(book.training, name)
    book.training.execute("INSERT OR REPLACE INTO state VALUES ('person', ?)", (name,))


def _register(book: Book, entry: Entry) -> None:
    person_row(book.training, str(entry.detail["name"]))


def _forget_person(book: Book, _: Entry) -> None:
    """Delete all that is known of the person whose log is open, health first."""
    book.health.execute("DELETE FROM entry WHERE person = ?", (book.person_name(),))
    book.training.execute("DELETE FROM person WHERE id = ?", (book.person(),))
    person_row(book.training, GUEST)
    book.training.execute("DELETE FROM state WHERE key = 'person'")


def _remind(book: Book, entry: Entry) -> None:
    """Keep a reminder; detail: name, due_at and, if it comes every week, days, hour, minute."""
    detail = entry.detail
    book.training.execute(
        "INSERT OR REPLACE INTO reminder (name, person, due_at, slots, days, hour, minute, last_on)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(detail["name"], _owner(book, detail.get("person")), detail["due_at"]),
            *(detail.get("slots", "{}"), detail.get("days", "")),
            *(detail.get("hour"), detail.get("minute"), detail.get("last_on", "")),
        ),
    )


def _cancel_reminder(book: Book, entry: Entry) -> None:
    owner = _owner(book, entry.detail.get("person"))
    name = entry.detail["name"]
    book.training.execute(
        "DELETE FROM reminder WHERE person = ? AND (? = '*' OR name = ?)", (owner, name, name)
    )


def _owner(book: Book, name: object) -> int:
    return book.person() if name is None else person_row(book.training, str(name))


def as_text(detail: Detail) -> str:
    """A detail as it stands in the tables."""
    return json.dumps(dict(detail), sort_keys=True, ensure_ascii=False)


_WRITERS: Final[dict[str, Callable[[Book, Entry], None]]] = {
    "opened": _set_up,
    "set": _log_set,
    "progress": _keep_progress,
    "interrupted": _log_interrupted,
    "discarded": _discard,
    "amend": corrections.amend,
    "delete": corrections.delete,
    "undo": corrections.undo,
    "load": _keep_weight,
    "machine": _keep_machine,
    "habit": _keep_habits,
    "agreed": _keep_weight,
    "person": _open_log_of,
    "register": _register,
    "forget": _forget_person,
    "remind": _remind,
    "cancel_reminder": _cancel_reminder,
}
