"""``simulate``: play a timed script on virtual time."""

import argparse
import os
from pathlib import Path

EXAMPLE = """\
A scenario is a YAML list of steps:

  - at: 0.5                   # seconds from the start
    say: start set of twelve
  - at: 12.6
    say: stop
  - say: my back hurts        # without "at": when the coach has finished speaking
  - silence: true             # gives no answer to the question just asked
  - advance: 48h
  - fault: microphone         # and later "mend: microphone"

Example:  workout-assistant simulate my.yaml --json | grep '"kind": "said"'
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "simulate",
        help="play a timed script on virtual time and print what happens",
        description="Play a timed script on virtual time and print what happens.",
        epilog=EXAMPLE,
    )
    parser.add_argument("scenario", type=Path, metavar="SCENARIO.yaml")
    parser.add_argument(
        "--ears",
        action="store_true",
        help="speak the lines with a synthetic voice and recognise them for real",
    )
    parser.add_argument("--audio", type=Path, metavar="OUT.wav", help="write what is heard")
    parser.add_argument("--model", metavar="MODEL", help="voice model for --ears")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--no-cues", action="store_true", help="leave the cues of sets out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the scenario; 1 when it did not reach the level it expects."""
    from assistant.app.knowledge import know
    from assistant.app.rehearsal import Rehearsal
    from assistant.commands.screen import Screen
    from assistant.content.triage import most_urgent
    from assistant.runtime.scenario import load_scenario
    from assistant.settings import load_settings

    settings = load_settings(args.config, os.environ)
    scenario = load_scenario(args.scenario)
    screen = Screen(as_json=args.json, show_cues=not args.no_cues)
    rehearsal = Rehearsal(know(settings), settings, screen.show)
    if args.ears or args.audio:
        from assistant.app.aloud import aloud

        with aloud(rehearsal, ears=args.ears, model=args.model, audio=args.audio) as real:
            real.play(scenario)
    else:
        rehearsal.play(scenario)
    if scenario.expected is None:
        return 0
    reached = most_urgent(screen.levels) if screen.levels else None
    screen.remark(f"expected {scenario.expected}, reached {reached or 'no level'}")
    return 0 if reached is scenario.expected else 1
