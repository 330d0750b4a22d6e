"""``service``: the coach under systemd's care."""

import argparse
import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service.installation import Scope, Step

INACTIVE = 3
"""Exit code of ``status`` when the service does not run, as systemctl has it."""
REFUSED = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "service",
        help="have systemd start the coach at boot",
        description=(
            "Install the coach as a service of systemd, remove it, or see how it is. What is to be"
            " changed is shown first, and asked for."
        ),
        epilog="Example:  sudo .venv/bin/workout-assistant service install --system",
    )
    parser.add_argument("action", choices=("install", "uninstall", "status"))
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument(
        "--system",
        action="store_const",
        const="system",
        dest="scope",
        help="a service of the system, under a user of its own (the default for root)",
    )
    scope.add_argument(
        "--user",
        action="store_const",
        const="user",
        dest="scope",
        help="a service of yours, with your microphone and speaker (the default for others)",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be done")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show the steps, ask, and carry them out; or tell how the service is."""
    from assistant.service.installation import (
        Scope,
        ask_system,
        carry_out,
        installation,
        removal,
        require_systemd,
    )

    scope = Scope(args.scope or ("system" if os.geteuid() == 0 else "user"))
    if args.action == "status":
        require_systemd()
        return _status(scope)
    if args.action == "install":
        steps = installation(scope, _program(), os.environ)
    else:
        steps = removal(scope, os.environ)
    _show(steps, in_full=args.dry_run)
    if args.dry_run:
        return 0
    require_systemd()
    _require_rights(scope)
    if not args.yes and not _is_wanted():
        return REFUSED
    carry_out(steps, ask_system)
    _say(_farewell(args.action, scope))
    return 0


def _program() -> Path:
    """This very program, by a path that stays."""
    return Path(shutil.which(sys.argv[0]) or sys.argv[0]).absolute()


def _require_rights(scope: "Scope") -> None:
    from assistant.complaint import Complaint

    if scope == "system" and os.geteuid() != 0:
        raise Complaint("A service of the system is root's to change; run this with sudo.")
    if scope == "user" and os.geteuid() == 0:
        raise Complaint("root trains nobody: leave sudo out, or say --system.")


def _show(steps: "Sequence[Step]", *, in_full: bool) -> None:
    for step in steps:
        _say(f"- {step.about}" + (f":  {' '.join(step.command)}" if step.command else ""))
        if step.text and in_full:
            _say(textwrap.indent(step.text, "    "))


def _is_wanted() -> bool:
    from assistant.complaint import Complaint

    if not sys.stdin.isatty():
        raise Complaint("Nobody is there to be asked; say --yes, or --dry-run to only look.")
    return input("Do this? [y/N] ").strip().lower() in ("y", "yes")


def _farewell(action: str, scope: "Scope") -> str:
    if action == "install":
        return "Installed. `workout-assistant service status` tells how it is."
    from assistant.service.installation import STATE_FOLDER, USER

    if scope == "system":
        return f"Removed. The log stays in {STATE_FOLDER}, and so does the user {USER}."
    return "Removed. Your log and settings stay where they are."


def _status(scope: "Scope") -> int:
    from assistant.service.installation import UNIT, ask_system

    wanted = ("LoadState", "UnitFileState", "ActiveState", "SubState", "StatusText", "NRestarts")
    command = (*scope.systemctl, "show", UNIT, *(f"--property={name}" for name in wanted))
    found = dict(line.partition("=")[::2] for line in ask_system(command).stdout.splitlines())
    if found.get("LoadState") != "loaded":
        _say("not installed")
        return INACTIVE
    _say(
        f"{found['ActiveState']} ({found['SubState']}), {found['UnitFileState']},"
        f" restarted {found['NRestarts']} times"
    )
    if found["StatusText"]:
        _say(found["StatusText"])
    return 0 if found["ActiveState"] == "active" else INACTIVE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
