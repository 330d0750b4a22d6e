"""``check``: what is wrong with this machine, and how to mend it."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.app.inspection import Finding

BROKEN = 2
"""Exit code when the coach could not work."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "check",
        help="see whether microphone, speaker, voice and model are ready, and how to mend them",
        description=(
            "Look at microphone, speaker, model, voice, folders, disk and clock. The exit code is"
            f" {BROKEN} when the coach could not work."
        ),
        epilog="Example:  workout-assistant check --listen",
    )
    parser.add_argument(
        "--listen", action="store_true", help="play a tone and listen for it (it is not loud)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Look, print, and return 0 if the coach could work."""
    from assistant.app.inspection import State

    worst = 0
    for finding in _findings(args):
        _print(finding, as_json=args.json)
        if finding.state is State.FAIL:
            worst = BROKEN
    return worst


def _findings(args: argparse.Namespace) -> "Iterator[Finding]":
    from assistant.app.inspection import Finding, State, inspect
    from assistant.complaint import Complaint
    from assistant.runtime.clock import SystemClock
    from assistant.settings import Settings, load_settings

    try:
        settings = load_settings(args.config, os.environ)
    except Complaint as complaint:
        yield Finding("settings", State.FAIL, str(complaint), "correct them, then check again")
        settings = Settings()
    yield from inspect(settings, SystemClock(), listen=args.listen)


def _print(finding: "Finding", *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(finding.as_dict(), ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    from rich.console import Console
    from rich.text import Text

    style = {"ok": "green", "warn": "yellow", "fail": "bold red"}[finding.state]
    line = Text.assemble((f"{finding.state:<5}", style), f"{finding.part:<13}", finding.detail)
    console = Console(highlight=False)
    console.print(line, soft_wrap=True)
    if finding.mend:
        console.print(Text(f"{'':<18}{finding.mend}", style="italic"), soft_wrap=True)
