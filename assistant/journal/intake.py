"""Reads the cells of a CSV file into rows of the log, and says all that is wrong with them."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.complaint import Complaint
from assistant.content.logbook import Logbook
from assistant.dialogue.history import SetKind
from assistant.journal.book import Book
from assistant.journal.rows import HealthRow, SetRow
from assistant.journal.spreadsheet import Row, read_csv
from assistant.progress import Unit, Weight

Cells: TypeAlias = Mapping[str, str]
T = TypeVar("T")

_MOST_ERRORS: Final = 10
_MOST_REPS: Final = 99
_NOON: Final = "12:00:00"
_HEALTH: Final = ("pain", "checked")
_TYPES: Final = (*SetKind, *_HEALTH)
_EXAMPLES: Final = {
    "date": "2026-01-31",
    "time": "18:05:00",
    "began_utc": "2026-01-31T17:05:00+00:00",
    "ended_utc": "2026-01-31T17:05:00+00:00",
}
_CLEAN: Final = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads cells into rows, with what holds where a cell is empty."""

    book: Book
    rules: Logbook
    now: datetime

    def read(self, path: Path) -> list[Row]:
        """The rows of a file.

        Raises:
            Complaint: everything that is wrong, with its line; at most ten of them.
        """
        rows: list[Row] = []
        errors: list[str] = []
        for line, cells in read_csv(path):
            try:
                rows.append(self._row(cells))
            except ValueError as error:
                errors.append(f"{path}, line {line}: {error}.")
        if errors:
            hidden = len(errors) - _MOST_ERRORS
            more = [f"and {hidden} more; nothing was imported."] if hidden > 0 else []
            raise Complaint("\n".join([*errors[:_MOST_ERRORS], *more]))
        return rows

    def _row(self, cells: Cells) -> Row:
        kind = cells.get("type") or SetKind.WORK
        if kind not in _TYPES:
            raise ValueError(f'type "{kind}" is unknown; it must be one of {", ".join(_TYPES)}')
        ended_at, zone = self._ended(cells)
        person = cells.get("person") or self.book.person_name()
        if kind in _HEALTH:
            return HealthRow(person, ended_at, zone, kind, _json(cells.get("notes", "")))
        return SetRow(
            person=person,
            machine=cells.get("machine") or self.book.machine.name,
            session=_whole(cells, "session", 0, 10**6) or 0,
            number=0,
            began_at=_exact(cells, "began_utc") or ended_at,
            ended_at=ended_at,
            zone=zone,
            kind=SetKind(kind),
            reps=_needed(_whole(cells, "reps", 1, _MOST_REPS), "reps"),
            reps_planned=_whole(cells, "reps_planned", 1, _MOST_REPS),
            weight=self._weight(cells),
            tempo=cells.get("tempo", ""),
            pace_percent=_whole(cells, "pace_percent", 1, 1000) or 100,
            clean=_choice(cells, "clean", _CLEAN),
            reserve=_whole(cells, "rir", 0, _MOST_REPS),
            effort=_decimal(cells, "rpe", 1, 10),
            counted=_choice(cells, "source", {"counted": True, "told": False, "": False}),
            reason=cells.get("reason", ""),
            notes=cells.get("notes", ""),
        )

    def _ended(self, cells: Cells) -> tuple[datetime, str]:
        zone = _zone(cells.get("zone") or self.book.zone.key)
        ended_at = _exact(cells, "ended_utc")
        if ended_at is None:
            day = _parse(cells["date"], date.fromisoformat, "date")
            at = _parse(cells.get("time") or _NOON, time.fromisoformat, "time")
            ended_at = datetime.combine(day, at, zone)
        if ended_at > self.now + timedelta(days=1):
            raise ValueError(f"{ended_at.date()} lies in the future")
        return ended_at.astimezone(UTC), zone.key

    def _weight(self, cells: Cells) -> Weight | None:
        if not cells.get("weight"):
            return None
        unit = cells.get("unit") or self.book.unit()
        if unit not in list(Unit):
            raise ValueError(f'unit "{unit}" is unknown; it must be kg or lb')
        plausible = self.rules.plausible
        amount = _decimal(cells, "weight", plausible.lightest[unit], plausible.heaviest[unit])
        return Weight(_needed(amount, "weight"), Unit(unit))


def _exact(cells: Cells, name: str) -> datetime | None:
    text = cells.get(name)
    if not text:
        return None
    at = _parse(text, datetime.fromisoformat, name)
    if at.tzinfo is None:
        raise ValueError(f'{name} is "{text}", without a time zone; end it in +00:00')
    return at.astimezone(UTC)


def _parse(text: str, parse: Callable[[str], T], name: str) -> T:
    try:
        return parse(text)
    except ValueError:
        raise ValueError(f'{name} is "{text}", and must look like {_EXAMPLES[name]}') from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'zone "{name}" is unknown; write a name such as Europe/Berlin') from None


def _whole(cells: Cells, name: str, least: int, most: int) -> int | None:
    number = _decimal(cells, name, least, most)
    if number is not None and number != int(number):
        raise ValueError(f"{name} is {cells[name]}, and must be a whole number")
    return None if number is None else int(number)


def _decimal(cells: Cells, name: str, least: float, most: float) -> float | None:
    text = cells.get(name)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:
        raise ValueError(f'{name} is "{text}", and must be a number from {least:g} to {most:g}')
    return number


def _choice(cells: Cells, name: str, choices: Mapping[str, T]) -> T:
    text = cells.get(name, "")
    if text not in choices:
        known = ", ".join(choice for choice in choices if choice)
        raise ValueError(f'{name} is "{text}", and must be one of {known}, or empty')
    return choices[text]


def _needed(value: T | None, name: str) -> T:
    if value is None:
        raise ValueError(f"{name} is missing")
    return value


def _json(text: str) -> Mapping[str, Any]:
    try:
        detail = json.loads(text or "{}")
    except json.JSONDecodeError:
        detail = None
    if not isinstance(detail, dict):
        raise ValueError("notes of an entry about health must be a JSON object")  # noqa: TRY004
    return detail
