"""``history``: the log as a table."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.complaint import Complaint

if TYPE_CHECKING:
    from assistant.journal.rows import SetRow

_NUMBERS = ("set", "reps", "weight", "in reserve", "effort")
_PAPER_WIDTH = 120
"""Columns of text where the table is not shown in a terminal."""

EXAMPLE = """\
example:
  workout-assistant history --last 3
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    from assistant.commands.options import add_data_option

    parser = subparsers.add_parser(
        "history",
        help="show the training log",
        description="Show the training log, one line a set.",
        epilog=EXAMPLE,
    )
    parser.add_argument("--person", metavar="NAME", help="one person's log only")
    parser.add_argument("--last", type=int, metavar="N", help="the last N sessions only")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the log."""
    from assistant.commands.records import open_records
    from assistant.journal.rows import read_sets

    if args.last is not None and args.last < 1:
        raise Complaint(f"--last {args.last} is out of range: choose 1 or more")
    with open_records(args) as records:
        rows = list(read_sets(records.book, records.person(args.person)))
    rows = _last_sessions(rows, args.last)
    if args.json:
        for row in rows:
            sys.stdout.write(json.dumps(_as_dict(row), ensure_ascii=False) + "\n")
    elif rows:
        _print_table(rows)
    else:
        sys.stderr.write("The log is empty. Train a set, or import a file.\n")
    return 0


def _last_sessions(rows: "Sequence[SetRow]", count: int | None) -> "list[SetRow]":
    if count is None:
        return list(rows)
    ended: dict[tuple[str, str, int], Any] = {}
    for row in rows:
        ended[row.person, row.machine, row.session] = row.ended_at
    latest = sorted(ended, key=ended.__getitem__)[-count:]
    return [row for row in rows if (row.person, row.machine, row.session) in latest]


def _as_dict(row: "SetRow") -> dict[str, Any]:
    return {
        "person": row.person,
        "machine": row.machine,
        "session": row.session,
        "set": row.number,
        "began": row.began_at.isoformat(),
        "ended": row.ended_at.isoformat(),
        "zone": row.zone,
        "type": row.kind.value,
        "reps": row.reps,
        "reps_planned": row.reps_planned,
        "weight": row.weight and row.weight.amount,
        "unit": row.weight and row.weight.unit.value,
        "tempo": row.tempo,
        "pace_percent": row.pace_percent,
        "clean": row.clean,
        "rir": row.reserve,
        "rpe": row.effort,
        "source": "counted" if row.counted else "told",
        "reason": row.reason,
        "notes": row.notes,
    }


def _print_table(rows: "Sequence[SetRow]") -> None:
    """Print the columns that have something in them, with a gap between sessions."""
    from rich.console import Console
    from rich.table import Table

    lines = [_cells(row) for row in rows]
    columns = [name for name in lines[0] if any(line[name] for line in lines)]
    if len({row.person for row in rows}) == 1:
        columns.remove("person")
    table = Table(box=None)
    for name in columns:
        table.add_column(name, justify="right" if name in _NUMBERS else "left", no_wrap=True)
    for row, line in zip(rows, lines, strict=True):
        if row.number == 1 and row is not rows[0]:
            table.add_row()
        table.add_row(*(line[name] for name in columns))
    Console(highlight=False, width=None if sys.stdout.isatty() else _PAPER_WIDTH).print(table)


def _cells(row: "SetRow") -> dict[str, str]:
    from assistant.journal.moments import zone_named
    from assistant.journal.spreadsheet import number

    local = row.ended_at.astimezone(zone_named(row.zone))
    planned = f"/{row.reps_planned}" if row.reps_planned not in (None, row.reps) else ""
    return {
        "person": row.person,
        "date": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
        "set": str(row.number),
        "reps": f"{row.reps}{planned}",
        "weight": f"{number(row.weight.amount)} {row.weight.unit}" if row.weight else "",
        "tempo": row.tempo,
        "clean": {True: "yes", False: "no", None: ""}[row.clean],
        "in reserve": "" if row.reserve is None else str(row.reserve),
        "effort": "" if row.effort is None else number(row.effort),
        "remarks": _remarks(row),
    }


def _remarks(row: "SetRow") -> str:
    ended = "" if row.reason in ("", "finished") else row.reason
    warm_up = "warm-up" if row.kind.value == "warm_up" else ""
    return ", ".join(text for text in (warm_up, ended, row.notes) if text)
