"""The log as a CSV file, one row a set, and back again without loss.

``ended_utc`` is the exact moment; ``date`` and ``time`` are
the same moment as it was on the clock of ``zone``, for people. A file made by hand needs only
``date``, ``reps`` and, with a weight, ``weight`` and ``unit``.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from assistant.complaint import Complaint
from assistant.journal.columns import COLUMNS
from assistant.journal.moments import stamp, zone_named
from assistant.journal.rows import HealthRow, SetRow

Row: TypeAlias = SetRow | HealthRow
_YES_NO: Final = {True: "yes", False: "no", None: ""}


def write_csv(path: Path, rows: Iterable[Row]) -> int:
    """Write rows to a file; returns how many.

    Raises:
        Complaint: it cannot be written.
    """
    lines = [_set_cells(row) if isinstance(row, SetRow) else _pain_cells(row) for row in rows]
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(lines)
    except OSError as error:
        raise Complaint(
            f"{path} cannot be written ({error.strerror}); name a file in a folder that is yours"
        ) from error
    return len(lines)


def read_csv(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a file as text, each with the number of its line.

    Raises:
        Complaint: it cannot be read, or is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(path, reader.fieldnames or ())
            for cells in reader:
                if None in cells:
                    raise Complaint(f"{path}, line {reader.line_num}: has more cells than columns.")
                yield reader.line_num, {name: (text or "").strip() for name, text in cells.items()}
    except OSError as error:
        raise Complaint(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Complaint(f"{path} is not UTF-8 text; save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise Complaint(f"{path} is not a CSV file ({error}).") from error


def _check_header(path: Path, names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        known = ", ".join(COLUMNS)
        raise Complaint(f"{path}: there is no column {', '.join(unknown)}; known are {known}.")
    missing = [name for name in ("date", "reps") if name not in set(names)]
    if missing:
        raise Complaint(f"{path}: the column {' and '.join(missing)} is missing.")


def _set_cells(row: SetRow) -> dict[str, Any]:
    return {
        "person": row.person,
        "machine": row.machine,
        "session": row.session,
        "set": row.number,
        **_times(row.ended_at, row.zone),
        "type": row.kind,
        "weight": "" if row.weight is None else number(row.weight.amount),
        "unit": "" if row.weight is None else row.weight.unit,
        "reps": row.reps,
        "reps_planned": row.reps_planned,
        "tempo": row.tempo,
        "pace_percent": row.pace_percent,
        "clean": _YES_NO[row.clean],
        "rir": row.reserve,
        "rpe": "" if row.effort is None else number(row.effort),
        "source": "counted" if row.counted else "told",
        "reason": row.reason,
        "notes": row.notes,
        "began_utc": stamp(row.began_at),
    }


def _pain_cells(row: HealthRow) -> dict[str, Any]:
    return {
        "person": row.person,
        **_times(row.at, row.zone),
        "type": row.kind,
        "notes": json.dumps(row.detail, sort_keys=True, ensure_ascii=False),
    }


def _times(at: datetime, zone: str) -> dict[str, str]:
    local = at.astimezone(zone_named(zone))
    return {
        "date": local.date().isoformat(),
        "time": local.strftime("%H:%M:%S"),
        "zone": zone,
        "ended_utc": stamp(at.astimezone(UTC)),
    }


def number(value: float) -> str:
    """A number that reads back as itself: 80, 82.5."""
    return str(int(value)) if value == int(value) else repr(value)
