"""The journal as the commands that look at it or fill it open it."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant import paths
from assistant.app.knowledge import machine_of, owners_content
from assistant.complaint import Complaint
from assistant.content.logbook import Logbook
from assistant.dialogue.history import Condition
from assistant.journal.book import Book
from assistant.journal.moments import local_zone
from assistant.journal.store import Journal
from assistant.runtime.clock import SystemClock
from assistant.settings import load_settings

_PROBLEMS = {
    Condition.SET_ASIDE: "was damaged; the old file was renamed, and a new one begun",
    Condition.NEWER: "was written by a newer version of this program; install that version",
    Condition.READ_ONLY: "may not be written by you; give yourself the right to, or use another"
    " folder in the settings, [files] data_dir",
    Condition.FULL: "cannot be written, because the disk is full; make room first",
    Condition.LOST: "cannot be opened; check the disk, or use another folder in the settings,"
    " [files] data_dir",
}


@dataclass(frozen=True, slots=True)
class Records:
    """An open journal and what belongs to it."""

    journal: Journal
    folder: Path
    rules: Logbook
    now: datetime

    @property
    def book(self) -> Book:
        """The open files."""
        return self.journal.book

    def person(self, name: str | None) -> str | None:
        """The name of a person as it is written in the journal; None for nobody in particular.

        Raises:
            Complaint: there is no such person.
        """
        if name is None:
            return None
        people = self.journal.people()
        for known in people:
            if known.lower() == name.lower():
                return known
        raise Complaint(f'there is no log of "{name}"; there are logs of {", ".join(people)}')


@contextmanager
def open_records(args: argparse.Namespace, *, for_writing: bool = False) -> Iterator[Records]:
    """The journal of this user, or the one in ``args.data``.

    Raises:
        Complaint: the journal is not sound; a damaged one is set aside by then.
    """
    settings = load_settings(args.config, os.environ)
    folder = args.data or paths.data_folder(settings.files.data_dir)
    content = owners_content(settings)
    now = SystemClock().wall()
    machine, rules = machine_of(content, settings), content.logbook
    journal = Journal.open(folder, rules, now=now, zone=local_zone(), machine=machine)
    try:
        condition = journal.condition
        is_usable = condition is Condition.READ_ONLY and not for_writing
        if condition is not Condition.SOUND and not is_usable:
            raise Complaint(f"the log in {folder} {_PROBLEMS[condition]}")
        yield Records(journal, folder, rules, now)
    finally:
        journal.close(now)
