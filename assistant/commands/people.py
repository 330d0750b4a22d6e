"""``people``: who has a log on this box."""

import argparse
import os
import re
import sys

from assistant.complaint import Complaint

EXAMPLE = """\
example:
  workout-assistant people anna ben     then say: switch to anna

A name must be one that the voice model can hear.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    from assistant.commands.options import add_data_option

    parser = subparsers.add_parser(
        "people",
        help="list those who have a log, or add some",
        description="List those who have a log on this box, or begin a log for more of them.",
        epilog=EXAMPLE,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="first names to begin a log for")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Add the names, then print all."""
    from assistant.commands.records import open_records

    names = [name.strip().lower() for name in args.names]
    for name in names:
        if not re.fullmatch(r"[a-z][a-z']*( [a-z][a-z']*)?", name):
            raise Complaint(f'"{name}" cannot be spoken as a name; use letters, at most two words')
    if names:
        _require_hearing(names, args)
    with open_records(args, for_writing=bool(names)) as records:
        for name in names:
            records.journal.write("register", {"name": name}, now=records.now)
        for person in records.journal.people():
            sys.stdout.write(f"{person}\n")
    return 0


def _require_hearing(names: list[str], args: argparse.Namespace) -> None:
    from assistant.hearing.models import find_model, words
    from assistant.settings import load_settings

    model = find_model(load_settings(args.config, os.environ).hearing.model)
    known = words(model)
    strange = [word for name in names for word in name.split() if known and word not in known]
    if strange:
        raise Complaint(
            f"the voice model {model.name} does not know {', '.join(strange)};"
            " choose a name that sounds alike"
        )
