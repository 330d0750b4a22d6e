"""``plot``: the log as a picture."""

import argparse
from pathlib import Path

EXAMPLE = """\
example:
  workout-assistant plot training.png

It shows the top set, the estimated best and the volume of each session, the days of rest between
them, and when pain was reported. Sets without a weight are left out.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    from assistant.commands.options import add_data_option

    parser = subparsers.add_parser(
        "plot",
        help="draw the training log as PNG or SVG",
        description="Draw the training log of one person as PNG or SVG.",
        epilog=EXAMPLE,
    )
    parser.add_argument("out", type=Path, metavar="OUT.png|svg")
    parser.add_argument("--person", metavar="NAME", help="whose log (the one that is open)")
    parser.add_argument("--without-health", action="store_true", help="leave out the pain marks")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the picture."""
    from assistant.commands.records import open_records
    from assistant.journal.picture import draw
    from assistant.journal.rows import read_health, read_sets

    with open_records(args) as records:
        book = records.book
        person = records.person(args.person) or book.person_name()
        rows = list(read_sets(book, person))
        entries = () if args.without_health else tuple(read_health(book, person))
        unit = book.unit()
    pain = [entry.day for entry in entries if entry.kind == "pain"]
    draw(rows, pain, f"Training of {person}", unit, args.out)
    return 0
