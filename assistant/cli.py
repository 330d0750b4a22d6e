"""The command line: its arguments, and what becomes of errors.

Each module in ``assistant.commands`` is one command. Its ``add_parser`` declares the arguments and
sets ``run``, which takes them and returns the exit code. Whatever is slow to import is imported in
``run``, so that ``--help`` answers at once.
"""

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.complaint import Complaint

NAME = "workout-assistant"
DEBUG_VARIABLE = "WORKOUT_ASSISTANT_DEBUG"
"""Set to anything, it shows the traceback of an unexpected error."""

COMMANDS = (
    *("run", "demo", "console", "simulate", "transcribe", "cadence", "check"),
    *("history", "plot", "export", "import", "people", "models"),
    *("service", "status"),
)
"""Modules of ``assistant.commands``, in the order in which the help names them.

The module of a command that is a word of the language has an underscore at its end.
"""

BAD_INPUT, FAILED, INTERRUPTED, PIPE_CLOSED = 2, 1, 130, 141
"""Exit codes; the last two are 128 plus the number of the signal that other programs die of."""

EXAMPLES = """\
examples:
  workout-assistant demo            hear a whole session; no microphone needed
  workout-assistant check           see whether microphone, speaker and voice model are ready
  workout-assistant run             train: say "start checklist", "start set of twelve", "stop"
  workout-assistant console         the same, typed instead of spoken
  workout-assistant cadence --tempo 3-1-2-1 --reps 12 set.wav

`workout-assistant COMMAND --help` tells more about one command.
"""


class _Parser(argparse.ArgumentParser):
    """A parser that takes the options common to all commands, before the command or after it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **options)
        common = self.add_argument_group("common options")
        common.add_argument(
            "--config",
            type=Path,
            metavar="FILE",
            default=argparse.SUPPRESS,
            help="configuration file to use instead of the user's own",
        )
        common.add_argument(
            "--no-color",
            action="store_true",
            default=argparse.SUPPRESS,
            help="plain text; so does the environment variable NO_COLOR",
        )


def parser() -> argparse.ArgumentParser:
    """The whole command line. Parsed arguments have ``run`` and ``config`` (a path, or None)."""
    top = _Parser(
        prog=NAME,
        description="An offline voice coach for the leg press.",
        epilog=EXAMPLES,
    )
    top.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    for name in COMMANDS:
        module = import_module(f"assistant.commands.{name}{'_' * iskeyword(name)}")
        module.add_parser(commands)
    top.set_defaults(run=None, config=None, no_color=False)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Only help and wrong arguments exit by themselves.

    Args:
        arguments: what follows the program's name; None takes those of this process.
    """
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # here, where a closed pipe is noticed
    except Complaint as complaint:
        _tell(complaint)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted. Python would flush the rest at exit, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  (the last resort before a user sees a traceback)
        _tell(_unexpected(error))
        return FAILED


def _run(arguments: Sequence[str] | None) -> int:
    top = parser()
    args = top.parse_args(arguments)
    if args.no_color:
        os.environ["NO_COLOR"] = "1"
    if args.run is None:
        top.print_help(sys.stderr)
        return BAD_INPUT
    code: int = args.run(args)
    return code


def _tell(message: object) -> None:
    print(f"{NAME}: {message}", file=sys.stderr)  # noqa: T201  (the one place that prints errors)


def _unexpected(error: Exception) -> str:
    """A sentence that names the error and where its details are."""
    details = "".join(traceback.format_exception(error))
    if os.environ.get(DEBUG_VARIABLE):
        return f"unexpected error\n{details}"
    what = f"something went wrong that should not have ({type(error).__name__})"
    try:
        return f"{what}; the details are in {_keep(details)}"
    except OSError:
        return f"{what}; set {DEBUG_VARIABLE}=1 to see the details"


def _keep(details: str) -> Path:
    """The file that the details of the last unexpected error were written to."""
    from assistant.paths import cache_folder

    folder = cache_folder() or Path(tempfile.mkdtemp(prefix=f"{NAME}-"))
    file = folder / "last-error.txt"
    file.write_text(details, encoding="utf-8")
    file.chmod(0o600)
    return file
