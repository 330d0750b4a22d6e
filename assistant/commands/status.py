"""``status``: how the running coach is."""

import argparse
import json
import os
import sys
from typing import Any

NOT_RUNNING = 3


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "status",
        help="ask the running coach how it is",
        description=(
            "Ask the coach that runs, in a terminal or as a service, how it is. The exit code is"
            f" {NOT_RUNNING} when none runs."
        ),
        epilog="Example:  watch workout-assistant status",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what the coach tells of itself."""
    told = _ask()
    if told is None:
        sys.stdout.write("{}\n" if args.json else "no coach is running\n")
        return NOT_RUNNING
    if args.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return 0
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for name, value in told.items():
        table.add_row(name.replace("_", " "), _shown(value))
    Console(highlight=False).print(table)
    return 0


def _ask() -> dict[str, Any] | None:
    from assistant.complaint import Complaint
    from assistant.service.door import ask, places

    for place in places(os.environ):
        try:
            return ask(place)
        except PermissionError:
            raise Complaint(
                f"A coach runs as another user, who alone may ask at {place}; try it with sudo."
            ) from None
        except TimeoutError:
            raise Complaint("The coach that runs does not answer: it hangs.") from None
        except (OSError, ValueError):
            continue
    return None


def _shown(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value)) or "none"
        case _:
            return str(value)
