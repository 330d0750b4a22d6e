"""The journal: durable where the disk allows it, in memory where it does not, never silent.

Theory of operation. Everything that is written is an ``Entry``. When the disk refuses one, the
journal goes over to an image of its files in memory, writes there, and keeps the refused entries in
order. Each further entry tries the disk again, the kept ones first; when all have been written the
image is dropped. So nothing is lost while the program runs, and every question is answered from
all that was said.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.content.logbook import Logbook
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import GUEST, Condition, History, Machine
from assistant.journal import digest, entries
from assistant.journal.book import Book, Detail, Entry
from assistant.journal.digest import Digest
from assistant.journal.files import Files, condition_of, image, open_files


def people_in(folder: Path) -> tuple[str, ...]:
    """Everybody with a log in a folder, or who will have one; the files are left as they are."""
    files = image(folder)
    try:
        rows = files.training.execute("SELECT name FROM person ORDER BY id")
        return tuple(name for (name,) in rows) or (GUEST,)
    finally:
        files.close()


class Journal:
    """What was trained, by whom and when. Used by one thread, the one that opened it."""

    def __init__(self, book: Book, rules: Logbook, folder: Path | None) -> None:
        self._book = book
        self._rules = rules
        self._folder = folder
        self._refused: list[Entry] = []
        self.is_at_disk = False
        """Whether its thread waits for the disk just now; a worn card may take seconds."""

    @classmethod
    def open(
        cls,
        folder: Path | None,
        rules: Logbook,
        *,
        now: datetime,
        zone: ZoneInfo,
        machine: Machine | None = None,
    ) -> "Journal":
        """Open the journal in a folder; without one, an empty journal in memory.

        This never fails: ``condition`` tells how the files were found.

        Args:
            folder: where ``journal.sqlite`` and ``health.sqlite`` lie, or will.
            rules: the numbers of the log.
            now: an aware moment.
            zone: where the machine stands.
            machine: the machine that sets are done on.
        """
        files = open_files(folder, now) if folder is not None else image(None)
        book = Book(files, machine or Machine(), zone, rules.same_session_h)
        journal = cls(book, rules, folder)
        journal.write("opened", {}, now=now)
        return journal

    @property
    def condition(self) -> Condition:
        """How the journal is; anything but sound is worth saying."""
        return self._book.files.condition

    @property
    def book(self) -> Book:
        """The open files, for the commands that read or fill them as a whole."""
        return self._book

    def write(
        self, kind: str, detail: Mapping[str, SlotValue], *, now: datetime, private: bool = False
    ) -> None:
        """Make one entry durable, or keep it in memory and change ``condition``."""
        with self._at_disk():
            self._write(Entry(kind, now, dict(detail), private))

    def _write(self, entry: Entry) -> None:
        if not self._book.files.is_on_disk:
            entries.write(self._book, entry)
            self._refused.append(entry)
            self._try_disk(entry.at)
            return
        try:
            entries.write(self._book, entry)
            if entry.kind == "forget":
                self._book.files.tidy()
        except sqlite3.Error as error:
            self._leave_disk(condition_of(error), entry)

    def progress(
        self, reps: int, reps_planned: int, *, tempo: str, now: datetime, kind: str = "work"
    ) -> None:
        """Keep the count of a running set, so that it survives a power cut.

        Args:
            reps: repetitions that have sounded; call it for each one.
            reps_planned: as ordered.
            tempo: such as ``3-1-2-1``.
            now: an aware moment.
            kind: ``work`` or ``warm_up``.
        """
        detail: Detail = {"reps": reps, "reps_planned": reps_planned, "tempo": tempo, "kind": kind}
        self.write("progress", detail, now=now)

    def recall(self, now: datetime, as_of: float) -> History:
        """What the dialogue core needs to know of the past.

        Args:
            now: an aware moment.
            as_of: the same moment on the monotonic clock.
        """
        with self._at_disk():
            return Digest(self._book, self._rules, now).history(as_of)

    def people(self) -> tuple[str, ...]:
        """Everybody with a log, in the order in which they came."""
        return digest.people(self._book)

    def close(self, now: datetime) -> None:
        """Let go of the files, after a last attempt to write what was refused."""
        if self._refused:
            self._try_disk(now)
        self._book.files.close()

    @contextmanager
    def _at_disk(self) -> Iterator[None]:
        self.is_at_disk = True
        try:
            yield
        finally:
            self.is_at_disk = False

    def _leave_disk(self, condition: Condition, entry: Entry) -> None:
        """Go on in memory with an entry that the disk has refused."""
        copy = image(self._folder, condition)
        self._book.files.close()
        self._use(copy)
        entries.write(self._book, entry)
        self._refused.append(entry)

    def _try_disk(self, now: datetime) -> None:
        """Write what was refused, if the disk takes it now."""
        if self._folder is None:
            self._refused.clear()
            return
        files = open_files(self._folder, now)
        if not files.is_on_disk:
            files.close()
            return
        book = replace(self._book, files=files)
        try:
            while self._refused:
                entries.write(book, self._refused[0])
                del self._refused[0]
        except sqlite3.Error:
            files.close()
            return
        self._book.files.close()
        self._use(files)

    def _use(self, files: Files) -> None:
        self._book = replace(self._book, files=files)
