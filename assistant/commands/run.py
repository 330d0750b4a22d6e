"""``run``: the live coach."""

import argparse
import os
import signal


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
    parser.add_argument(
        "--quiet", action="store_true", help="print nothing of what is heard and said"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run until the process is asked to end."""
    from assistant.app.knowledge import know
    from assistant.app.live import Coach
    from assistant.commands.screen import Screen
    from assistant.settings import load_settings

    chosen = {
        "WORKOUT_ASSISTANT_HEARING_MODEL": args.model,
        "WORKOUT_ASSISTANT_HEARING_MICROPHONE": args.microphone,
        "WORKOUT_ASSISTANT_SPEAKING_SPEAKER": args.speaker,
    }
    given = {name: value for name, value in chosen.items() if value is not None}
    settings = load_settings(args.config, {**os.environ, **given})
    screen = Screen(as_json=args.json, show_cues=args.json)
    with Coach(know(settings), settings, screen.ignore if args.quiet else screen.show) as coach:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: coach.stop())
        screen.remark("Listening. Ctrl-C ends.")
        coach.think()
    return 0
