"""``export``: the log as a CSV file."""

import argparse
import sys
from itertools import chain
from pathlib import Path

EXAMPLE = """\
columns:
{columns}

`workout-assistant import` reads the same file.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    from assistant.commands.options import add_data_option
    from assistant.journal.columns import COLUMNS

    columns = "\n".join(f"  {name:<13} {meaning}" for name, meaning in COLUMNS.items())
    parser = subparsers.add_parser(
        "export",
        help="write the training log as CSV",
        description="Write the training log as CSV, one row a set.",
        epilog=EXAMPLE.format(columns=columns),
    )
    parser.add_argument("out", type=Path, metavar="OUT.csv")
    parser.add_argument("--person", metavar="NAME", help="one person's log only")
    parser.add_argument(
        "--include-health",
        action="store_true",
        help="also what was said about pain; think twice about who gets that file",
    )
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file."""
    from assistant.commands.records import open_records
    from assistant.journal.rows import read_health, read_sets
    from assistant.journal.spreadsheet import write_csv

    with open_records(args) as records:
        person = records.person(args.person)
        health = read_health(records.book, person) if args.include_health else iter(())
        count = write_csv(args.out, chain(read_sets(records.book, person), health))
    sys.stderr.write(f"{count} rows written to {args.out}\n")
    return 0
