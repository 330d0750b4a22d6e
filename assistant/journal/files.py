"""Opens the journal's files, whatever state they are in, and never overwrites one.

A damaged file is renamed with the date; one written by a newer version is left alone and another
one is begun beside it. Where nothing can be written the caller gets what can be read, in memory.
"""

import contextlib
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from assistant.dialogue.history import Condition
from assistant.journal import schema

TRAINING_FILE: Final = "journal.sqlite"
HEALTH_FILE: Final = "health.sqlite"

_PARTS: Final = ("", "-wal", "-shm")
"""SQLite keeps a file and, while it is open, two beside it."""
_WAIT_FOR_LOCK_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Files:
    """Connections to both files, and how they were found."""

    training: sqlite3.Connection
    health: sqlite3.Connection
    condition: Condition = Condition.SOUND
    is_on_disk: bool = True

    def tidy(self) -> None:
        """Leave no trace of what was deleted in the parts beside the files."""
        for connection in (self.training, self.health):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of both."""
        self.training.close()
        self.health.close()


def open_files(folder: Path, now: datetime) -> Files:
    """Open the journal in a folder, or, where that cannot be, an image of it in memory.

    Args:
        folder: made if it is missing, readable by its owner only.
        now: for the name of a file that is set aside.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        training, found = _open(folder / TRAINING_FILE, schema.TRAINING, now)
        health, also_found = _open(folder / HEALTH_FILE, schema.HEALTH, now)
    except (sqlite3.Error, OSError) as error:
        return image(folder, condition_of(error))
    return Files(training, health, also_found if found is Condition.SOUND else found)


def image(folder: Path | None, condition: Condition = Condition.SOUND) -> Files:
    """A copy in memory of what can be read in a folder; empty without one."""
    return Files(
        _copy(folder and folder / TRAINING_FILE, schema.TRAINING),
        _copy(folder and folder / HEALTH_FILE, schema.HEALTH),
        condition,
        is_on_disk=False,
    )


def condition_of(error: Exception) -> Condition:
    """What an error of the database or the file system means for the journal."""
    text = str(error).lower()
    if "full" in text or "no space" in text or "quota" in text:
        return Condition.FULL
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return Condition.READ_ONLY
    return Condition.LOST


def _open(
    path: Path, scripts: Sequence[str], now: datetime
) -> tuple[sqlite3.Connection, Condition]:
    """Open one file for writing; set aside what is damaged, step aside for what is newer."""
    condition = Condition.SOUND
    try:
        found = _examine(path, len(scripts))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        _set_aside(path, now)
        found = condition = Condition.SET_ASIDE
    if found is Condition.NEWER:
        condition = found
        path = path.with_suffix(f".schema-{len(scripts)}{path.suffix}")
    _make_private(path)
    connection = _connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        _settle(connection)
        schema.bring_up_to_date(connection, scripts)
        connection.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection, condition


def _examine(path: Path, known: int) -> Condition:
    """Say whether a file is sound or newer than this program.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    if not path.exists() or path.stat().st_size == 0:
        return Condition.SOUND
    with contextlib.closing(_connect(path)) as connection:
        if schema.version(connection) > known:
            return Condition.NEWER
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
    return Condition.SOUND


def _set_aside(path: Path, now: datetime) -> None:
    label = now.astimezone(UTC).strftime("damaged-%Y-%m-%dT%H%M%S")
    number = 0
    while (aside := path.with_name(f"{path.name}.{label}{f'-{number}' * bool(number)}")).exists():
        number += 1
    for part in _PARTS:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{part}").rename(f"{aside}{part}")


def _make_private(path: Path) -> None:
    """Create a file that only its owner can read; SQLite copies these rights to its other parts."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT_FOR_LOCK_S, isolation_level=None)


def _settle(connection: sqlite3.Connection) -> None:
    connection.executescript(
        # A commit is on the disk when it returns; what is deleted is overwritten.
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
    )


def _copy(path: Path | None, scripts: Sequence[str]) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    if path is not None and path.exists():
        _read_into(memory, path, len(scripts))
    _settle(memory)
    schema.bring_up_to_date(memory, scripts)
    return memory


def _read_into(memory: sqlite3.Connection, path: Path, known: int) -> None:
    # Without the right to write in the folder SQLite reads a file only as one that never changes.
    for mode in ("mode=ro", "immutable=1"):
        with contextlib.suppress(sqlite3.Error):
            uri = f"{path.absolute().as_uri()}?{mode}"
            with contextlib.closing(sqlite3.connect(uri, uri=True)) as source:
                if schema.version(source) <= known:
                    source.backup(memory)
                return
