"""``import``: a CSV file into the log."""

import argparse
import sqlite3
import sys
from pathlib import Path

EXAMPLE = """\
example of a file made by hand (times are optional, see `workout-assistant export --help`):
  date,reps,weight,unit
  2026-01-31,12,80,kg

Rows that are in the log already are left out, so a file may be imported twice.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    from assistant.commands.options import add_data_option

    parser = subparsers.add_parser(
        "import",
        help="add the sets of a CSV file to the training log",
        description="Add the sets of a CSV file to the training log: all of them, or none.",
        epilog=EXAMPLE,
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read the file, then write all of it."""
    from assistant.commands.records import open_records
    from assistant.complaint import Complaint
    from assistant.journal.filling import fill
    from assistant.journal.intake import Intake

    with open_records(args, for_writing=True) as records:
        rows = Intake(records.book, records.rules, records.now).read(args.file)
        try:
            taken = fill(records.book, rows)
        except sqlite3.Error as error:
            raise Complaint(
                f"the log in {records.folder} cannot be written ({error}); nothing was imported"
            ) from error
    known = f", {taken.known} were there already" if taken.known else ""
    sys.stderr.write(f"{taken.added} rows added{known}\n")
    return 0
