"""Changes to sets that are in the log, each of which can be taken back."""

import json
from datetime import datetime
from typing import Final

from assistant.journal.book import Book, Entry

_AMENDABLE: Final = ("reps", "weight", "unit", "clean", "reserve", "effort", "kind", "notes")


def remember(book: Book, done_set: int, kind: str, **before: object) -> None:
    """Remember a change of a set, and what it was like before, for "undo"."""
    book.training.execute(
        "INSERT INTO change (done_set, kind, before) VALUES (?, ?, ?)",
        (done_set, kind, json.dumps(before)),
    )


def amend(book: Book, entry: Entry) -> None:
    """Change columns of a set; detail: ``row`` and the columns."""
    row = entry.detail["row"]
    columns = [name for name in _AMENDABLE if name in entry.detail]
    found = book.training.execute(
        f"SELECT {', '.join(columns)} FROM done_set WHERE id = ?",  # noqa: S608  (names from a list)
        (row,),
    ).fetchone()
    if found is None:
        return
    _assign(book, int(row), {name: entry.detail[name] for name in columns})
    remember(book, int(row), "amended", **dict(zip(columns, found, strict=True)))


def delete(book: Book, entry: Entry) -> None:
    """Take a set out of the log; detail: ``row``."""
    row = int(entry.detail["row"])
    _assign(book, row, {"deleted": 1})
    remember(book, row, "deleted", deleted=0)


def undo(book: Book, entry: Entry) -> None:
    """Take back the last change in the session under way; detail is empty."""
    found = last_change(book, entry.at)
    if found is None:
        return
    change, row, kind, before = found
    _assign(book, row, {"deleted": 1} if kind == "added" else json.loads(before))
    book.training.execute("DELETE FROM change WHERE id = ?", (change,))


def last_change(book: Book, now: datetime) -> tuple[int, int, str, str] | None:
    """What "undo" takes back: row of the change, row of the set, kind, columns before as JSON."""
    session = book.session_under_way(now, book.person())
    found: tuple[int, int, str, str] | None = book.training.execute(
        "SELECT change.id, done_set, change.kind, before FROM change"
        " JOIN done_set ON done_set.id = done_set WHERE session = ?"
        " ORDER BY change.id DESC LIMIT 1",
        (session,),
    ).fetchone()
    return found


def _assign(book: Book, row: int, columns: dict[str, object]) -> None:
    assignments = ", ".join(f"{name} = ?" for name in columns)
    book.training.execute(
        f"UPDATE done_set SET {assignments} WHERE id = ?",  # noqa: S608  (names from a list)
        (*columns.values(), row),
    )
