from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import TypeAdapter

from assistant.content.loader import ENGLISH
from assistant.content.logbook import Logbook
from assistant.dialogue.history import Condition, History
from assistant.journal.store import Journal

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="session")
def rules() -> Logbook:
    data = yaml.safe_load((ENGLISH / "logbook.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(Logbook).validate_python(data)


class Diary:
    """A journal with a clock that is set by hand."""

    def __init__(self, folder: Path, rules: Logbook, now: datetime = MONDAY) -> None:
        self.folder = folder
        self.rules = rules
        self.now = now
        self.journal = self._open()

    def _open(self) -> Journal:
        return Journal.open(self.folder, self.rules, now=self.now, zone=BERLIN)

    def reopen(self) -> None:
        self.journal.close(self.now)
        self.journal = self._open()

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def write(self, kind: str, /, *, private: bool = False, **detail: int | float | str) -> None:
        self.journal.write(kind, detail, now=self.now, private=private)

    def count_set(self, reps: int = 12, planned: int = 12, **more: int | float | str) -> None:
        """Do a set as the coach counts it: the progress of each repetition, then the set."""
        for rep in range(1, reps + 1):
            self.wait(seconds=7)
            self.journal.progress(rep, planned, tempo="3-1-2-1", now=self.now)
        detail = {"reps": reps, "reps_planned": planned, "tempo": "3-1-2-1", **more}
        self.journal.write("set", detail, now=self.now)

    def tell_set(self, reps: int, weight: float, unit: str = "kg") -> None:
        self.write("set", reps=reps, weight=weight, unit=unit, counted=0)

    def condition(self) -> Condition:
        return self.journal.condition

    def history(self) -> History:
        return self.journal.recall(self.now, as_of=100.0)


@pytest.fixture
def diary(tmp_path: Path, rules: Logbook) -> Iterator[Diary]:
    diary = Diary(tmp_path / "data", rules)
    yield diary
    diary.journal.close(diary.now)
