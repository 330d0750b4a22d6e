"""``cadence``: the sound of a set as a file, and where its cues are."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.speaking.render import Recording

RATES = (16_000, 22_050, 44_100, 48_000)
EXAMPLE = """\
example:
  workout-assistant cadence --tempo 3-1-2-1 --reps 12 --plot set.svg set.wav

The cue list has the frame of each beat. A click's first sample is on its frame; a word's first
stressed vowel is.
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "cadence",
        help="write the sound of a set as WAV, and list its cues",
        description="Write the sound of a set as a WAV file, and list its cues.",
        epilog=EXAMPLE,
    )
    parser.add_argument("out", type=Path, metavar="OUT.wav")
    parser.add_argument("--tempo", metavar="TEMPO", help="3-1-2-1, or learn, standard, brisk")
    parser.add_argument("--reps", type=int, metavar="N", help="repetitions")
    parser.add_argument(
        "--start-phase", choices=("lower", "press"), help="the machine's first movement"
    )
    parser.add_argument(
        "--rate", type=int, choices=RATES, default=48_000, help="frames a second (48000)"
    )
    parser.add_argument(
        "--verbosity", choices=("full", "short", "clicks"), default="full", help="words (full)"
    )
    parser.add_argument("--plot", type=Path, metavar="PICTURE", help="draw it as .png or .svg")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file and print the cue list."""
    recording, title = _record(args)
    from assistant.speaking.render import write_wav

    if args.plot is not None:
        from assistant.speaking.plot import draw

        draw(recording, title, args.plot)
    write_wav(recording, args.out)
    if args.json:
        _print_json(recording)
    else:
        _print_table(recording, f"{title}: {args.out}")
    return 0


def _record(args: argparse.Namespace) -> "tuple[Recording, str]":
    from assistant.app.knowledge import know
    from assistant.complaint import Complaint
    from assistant.content.training import StartPhase
    from assistant.dialogue.planner import plan
    from assistant.dialogue.session import Verbosity
    from assistant.dialogue.tempo import parse_tempo
    from assistant.paths import cache_folder
    from assistant.settings import load_settings
    from assistant.speaking.clip_store import ClipStore
    from assistant.speaking.render import render
    from assistant.speaking.synthesiser import Synthesiser

    settings = load_settings(args.config, os.environ)
    training = know(settings).content.training
    tempo = parse_tempo(args.tempo or training.default_preset, training)
    reps = training.default_reps if args.reps is None else args.reps
    if not 1 <= reps <= training.most_reps:
        raise Complaint(f"--reps {reps} is out of range: choose 1 to {training.most_reps}")
    start_phase = StartPhase(args.start_phase) if args.start_phase else training.start_phase
    cadence = plan(
        tempo,
        reps,
        words=training.words,
        start_phase=start_phase,
        count_at=training.count_at,
        verbosity=Verbosity(args.verbosity),
    )
    folder = cache_folder()
    with Synthesiser(settings.speaking.voice) as synthesiser:
        clips = ClipStore(synthesiser, args.rate, folder and folder / "clips")
        recording = render(cadence, clips, settings.speaking.words_per_minute)
    return recording, f"{reps} repetitions at tempo {tempo}"


def _print_json(recording: "Recording") -> None:
    for sounded in recording.cues:
        cue = sounded.cue
        line = {"frame": sounded.frame, "rep": cue.rep, "phase": cue.phase, "clip": cue.clip}
        sys.stdout.write(json.dumps(line) + "\n")


def _print_table(recording: "Recording", title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=None)
    for name in ("seconds", "frame", "rep"):
        table.add_column(name, justify="right")
    table.add_column("phase")
    table.add_column("clip")
    for sounded in recording.cues:
        at_s = sounded.frame / recording.rate
        cue = sounded.cue
        table.add_row(f"{at_s:.3f}", str(sounded.frame), str(cue.rep), cue.phase, cue.clip)
    Console(highlight=False).print(table)
