"""``console``: type instead of speaking."""

import argparse
import os
import sys


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "console",
        help="type instead of speaking",
        description=(
            "Type what you would say; the coach answers in text, in real time. Lines from a pipe"
            " are taken as a conversation on virtual time: each is said when the coach has"
            " finished speaking."
        ),
        epilog='Example:  printf "start checklist\\nyes\\nno\\n" | workout-assistant console',
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--cues", action="store_true", help="show every cue of a set")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Talk until end of input."""
    from assistant.app.knowledge import know
    from assistant.app.rehearsal import Rehearsal
    from assistant.commands.screen import Screen
    from assistant.runtime.clock import SystemClock
    from assistant.runtime.scenario import from_lines
    from assistant.settings import load_settings

    settings = load_settings(args.config, os.environ)
    screen = Screen(as_json=args.json, show_cues=args.cues)
    rehearsal = Rehearsal(know(settings), settings, screen.show)
    if sys.stdin.isatty():
        screen.remark('Type what you would say, such as "what can I say". Ctrl-D ends.')
        rehearsal.talk(sys.stdin, SystemClock())
    else:
        rehearsal.play(from_lines(sys.stdin))
    return 0
