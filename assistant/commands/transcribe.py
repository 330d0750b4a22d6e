"""``workout-assistant transcribe``: what was said in sound files, and what it means."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.complaint import Complaint

if TYPE_CHECKING:
    # Imported for real when the command runs: the list of all commands waits for no recogniser.
    from rich.console import Console
    from rich.table import Table

    from assistant.commands.transcriber import Transcript

_OWN_SENTENCES: Final = Path(__file__).resolve().parents[1] / "content" / "en" / "sentences"
_WORTH_A_BAR: Final = 5
"""Number of files from which on progress is shown."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    parser = subparsers.add_parser(
        "transcribe",
        help="recognise sound files and say what they mean",
        description="Recognise sound files, one utterance each, and say what they mean.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="WAV", help="sound files")
    parser.add_argument(
        "--sentences",
        type=Path,
        metavar="FILE.yaml",
        help="sentence file or folder to listen for (default: the coach's own sentences)",
    )
    parser.add_argument("--noise", type=Path, metavar="WAV", help="sound to put behind the speech")
    parser.add_argument("--snr", type=float, metavar="DB", help="how far below the speech it is")
    parser.add_argument("--model", metavar="MODEL", help="folder or name of a Vosk model")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Transcribe every file that can be read; 2 when one could not."""
    if (args.noise is None) != (args.snr is None):
        raise Complaint("--noise and --snr belong together: give both or neither.")
    from rich.console import Console

    from assistant.commands.transcriber import Transcriber
    from assistant.hearing.recogniser import RATE
    from assistant.sound.wav import read

    transcriber = Transcriber(args.sentences or _OWN_SENTENCES, args.model)
    errors = Console(stderr=True, highlight=False)
    for word in transcriber.deaf_to:
        errors.print(f'"{word}" is not known to the model; sentences with it are left out.')
    for ambiguity in transcriber.ambiguities() if args.sentences else ():
        errors.print(
            f"{args.sentences}: {ambiguity}; the first is taken.", markup=False, soft_wrap=True
        )
    noise = read(args.noise, RATE) if args.noise else None
    table = _table()
    failed = False
    for file in _with_progress(args.files, errors):
        try:
            transcript = transcriber.transcribe(file, noise, args.snr)
        except Complaint as complaint:
            errors.print(str(complaint), style="red", markup=False)
            failed = True
            continue
        if args.json:
            sys.stdout.write(json.dumps(transcript.as_json(), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            _add_row(table, transcript)
    if table.row_count:
        Console().print(table)
    return 2 if failed else 0


def _with_progress(files: list[Path], errors: "Console") -> Iterator[Path]:
    if len(files) < _WORTH_A_BAR or not errors.is_terminal:
        yield from files
        return
    from rich.progress import track

    yield from track(files, description="Listening", console=errors, transient=True)


def _table() -> "Table":
    from rich.table import Table

    return Table("file", "heard", "intent", "slots", "seconds", box=None)


def _add_row(table: "Table", transcript: "Transcript") -> None:
    match = transcript.match
    slots = ", ".join(f"{name}={value}" for name, value in match.slots.items()) if match else ""
    table.add_row(
        transcript.file.name,
        transcript.text,
        match.intent if match else "not understood",
        slots,
        f"{transcript.audio_seconds:.1f}",
    )
