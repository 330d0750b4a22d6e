"""``demo``: a whole spoken session without any hardware."""

import argparse
import os
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "demo",
        help="hear a whole session; no microphone needed",
        description=(
            "Play a whole session without any hardware: a synthetic person speaks into a simulated"
            " room with noise and echo, the real recogniser listens, the coach answers. Writes the"
            " session as a WAV and a timed transcript, and plays it where there is a speaker."
        ),
    )
    parser.add_argument(
        "--out", type=Path, default=Path("demo"), metavar="DIR", help="folder for both files"
    )
    parser.add_argument("--scenario", type=Path, metavar="FILE.yaml", help="another script")
    parser.add_argument("--model", metavar="MODEL", help="voice model: a folder or a name")
    parser.add_argument("--no-play", action="store_true", help="only write the files")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play the session, then let it be heard."""
    from assistant.app.aloud import aloud
    from assistant.app.knowledge import know
    from assistant.app.playback import play
    from assistant.app.rehearsal import Rehearsal
    from assistant.commands.screen import Screen
    from assistant.commands.transcript import Transcript
    from assistant.content.loader import ENGLISH
    from assistant.runtime.scenario import load_scenario
    from assistant.settings import load_settings

    settings = load_settings(args.config, os.environ)
    scenario = load_scenario(args.scenario or ENGLISH / "demo.yaml")
    screen = Screen(as_json=args.json, show_cues=args.json)
    with Transcript(args.out, screen) as transcript:
        rehearsal = Rehearsal(know(settings), settings, transcript.show)
        with aloud(
            rehearsal,
            ears=True,
            model=args.model,
            audio=transcript.sound,
            on_line=transcript.note_line,
        ) as real:
            real.play(scenario)
    screen.remark(transcript.summary())
    if not args.no_play:
        play(transcript.sound, settings)
    return 0
