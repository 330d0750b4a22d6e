"""``run``: the live coach."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.app.knowledge import Knowledge
    from assistant.service.attempts import Attempts
    from assistant.settings import Settings

PREPARING_S = 60.0
"""What a start may take once the wait is over."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "run",
        help="train: listen to the microphone, speak through the speaker",
        description="Listen to the microphone and speak through the speaker until stopped.",
        epilog='Say "start checklist", "start set of twelve", "stop", or "what can I say".',
    )
    parser.add_argument("--model", metavar="MODEL", help="voice model: a folder or a name")
    parser.add_argument("--microphone", metavar="NAME", help="part of the microphone's name")
    parser.add_argument("--speaker", metavar="NAME", help="part of the speaker's name")
    output = parser.add_mutually_exclusive_group()
    output.add_argument(
        "--service",
        action="store_true",
        help="as systemd starts it: print nothing of what is said, wait for missing devices",
    )
    output.add_argument(
        "--quiet", action="store_true", help="print nothing of what is heard and said"
    )
    output.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run until the process is asked to end; the exit code is 1 when it had to give up."""
    from assistant.service.output import log_for_journald, log_for_people, own_words_only

    with own_words_only() as stderr:
        if args.service:
            log_for_journald(stderr)
            code = _serve(args)
        else:
            log_for_people(stderr, in_detail="WORKOUT_ASSISTANT_DEBUG" in os.environ)
            code = _train(args)
    from assistant.app.leaving import Exit

    if code == Exit.RELOAD:
        # The same process, by a program that has none of the memory of this one.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  (our own)
    return code


def _train(args: argparse.Namespace) -> int:
    """The coach, in this very process, for somebody at a terminal."""
    from assistant.commands.screen import Screen

    screen = Screen(as_json=args.json, show_cues=args.json)
    screen.remark("Ctrl-C ends.")
    from assistant.app.process import Process

    observe = screen.ignore if args.quiet else screen.show
    return Process(_read(args), lambda: _read(args), observe, os.environ).run()


def _serve(args: argparse.Namespace) -> int:
    """One coach after the other, each in a copy of this process."""
    _wait_for_a_turn()
    # Vosk may end the process that loads it, which is not to pass unseen.
    from assistant.app.heartbeat import Heartbeat
    from assistant.app.keeper import Keeper, Life
    from assistant.app.leaving import Exit
    from assistant.app.process import Process
    from assistant.app.stock import Stock
    from assistant.runtime.clock import SystemClock
    from assistant.service.notifier import for_copies

    known = _read(args)
    stock = Stock(*known)
    life = Keeper(SystemClock().monotonic).keep()
    if isinstance(life, Life):
        Heartbeat(life.pipe)
        env = for_copies(os.environ)
        code = Process(known, lambda: _read(args), _ignore, env, restarts=life.number).run()
        # All is closed. Taking the model apart piece by piece would only delay the end.
        os._exit(code)
    del stock  # it had to last for all of them
    if life in (Exit.STOPPED, Exit.RELOAD):
        _attempts().forget()
    return life


def _ignore(_: object) -> None:
    """Print nothing of what is said."""


def _wait_for_a_turn() -> None:
    """Wait, if this process follows on several that have soon ended; SIGTERM ends it meanwhile."""
    from logging import getLogger
    from threading import Event as Flag

    from assistant.runtime.clock import SystemClock
    from assistant.service.notifier import Notifier

    wait_s = _attempts().begin()
    if wait_s:
        getLogger(__name__).warning("The last starts came to nothing; waiting for %.0f s.", wait_s)
        notifier = Notifier(os.environ, SystemClock())
        notifier.starting(f"waiting for {wait_s:.0f} s", wait_s + PREPARING_S)
        Flag().wait(wait_s)


def _attempts() -> "Attempts":
    """The starts of this service so far."""
    from assistant.runtime.clock import SystemClock
    from assistant.service.attempts import Attempts
    from assistant.service.door import own_place

    place = own_place(os.environ)
    return Attempts(place.parent if place is not None else None, SystemClock().monotonic)


def _read(args: argparse.Namespace) -> "tuple[Knowledge, Settings]":
    """Content and settings as they are on disk."""
    from assistant.app.knowledge import know
    from assistant.settings import load_settings

    if args.service:
        _be_careful(args)
    chosen = {
        "WORKOUT_ASSISTANT_HEARING_MODEL": args.model,
        "WORKOUT_ASSISTANT_HEARING_MICROPHONE": args.microphone,
        "WORKOUT_ASSISTANT_SPEAKING_SPEAKER": args.speaker,
    }
    given = {name: value for name, value in chosen.items() if value is not None}
    settings = load_settings(args.config, {**os.environ, **given})
    return know(settings), settings


def _be_careful(args: argparse.Namespace) -> None:
    """Make private files, and trust none that somebody else could have changed."""
    from pathlib import Path

    from assistant import paths
    from assistant.content.loader import ENGLISH
    from assistant.service.privacy import be_private, require_trusted
    from assistant.settings import CONFIG_VARIABLE

    be_private()
    named = args.config or os.environ.get(CONFIG_VARIABLE)
    require_trusted((Path(named) if named else paths.config_file(), ENGLISH))
