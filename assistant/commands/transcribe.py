"""``workout-assistant transcribe``: what was said in sound files, and what it means."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final as Constant

from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.complaint import Complaint
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE, WHOLE, Final, Recogniser
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import load_sentences
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room, with_noise
from assistant.sound.wav import read, to_pcm

_OWN_SENTENCES: Constant = Path(__file__).resolve().parents[1] / "content" / "en" / "sentences"
_WORTH_A_BAR: Constant = 5
"""Number of files from which on progress is shown."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What became of one file."""

    file: Path
    text: str
    match: Match | None
    audio_seconds: float
    compute_seconds: float
    """Processor time spent on levelling, recognising and matching."""

    def as_json(self) -> dict[str, Any]:
        """Return the line that programs read."""
        return {
            "file": str(self.file),
            "text": self.text,
            "intent": self.match.intent if self.match else None,
            "slots": dict(self.match.slots) if self.match else {},
            "audio_seconds": round(self.audio_seconds, 3),
            "compute_seconds": round(self.compute_seconds, 3),
        }


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
    transcriber = Transcriber(args.sentences or _OWN_SENTENCES, args.model)
    errors = Console(stderr=True, highlight=False)
    for word in transcriber.deaf_to:
        errors.print(f'"{word}" is not known to the model; sentences with it are left out.')
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


class Transcriber:
    """Recognises files by one set of sentences.

    Attributes:
        deaf_to: words of the sentences that the model cannot hear.

    """

    def __init__(self, sentences: Path, model: str | Path | None = None) -> None:
        """Read the sentences and open the model.

        Raises:
            Complaint: one of the two is missing or broken.

        """
        known = load_sentences(sentences)
        self._matcher = Matcher(known)
        self._recogniser = Recogniser(find_model(model), known, endpointing=WHOLE)
        self.deaf_to = self._recogniser.missing

    def transcribe(
        self, file: Path, noise: Samples | None = None, snr_db: float | None = None
    ) -> Transcript:
        """Recognise one file.

        Raises:
            Complaint: there is no sound in it that can be read.

        """
        speech = read(file, RATE)
        audio_seconds = len(speech) / RATE
        began = time.process_time()
        if noise is not None and snr_db is not None:
            speech = with_noise(speech, noise, snr_db)
        text = self._hear(to_pcm(in_a_quiet_room(speech, RATE)))
        match = self._matcher.match(text)
        return Transcript(file, text, match, audio_seconds, time.process_time() - began)

    def _hear(self, pcm: bytes) -> str:
        """Return all that was said; a long file comes as several utterances."""
        said: list[str] = []
        for start in range(0, len(pcm), RATE):
            said += [
                heard.text
                for heard in self._recogniser.feed(pcm[start : start + RATE])
                if isinstance(heard, Final)
            ]
        said.append(self._recogniser.finish().text)
        return " ".join(text for text in said if text)


def _with_progress(files: list[Path], errors: Console) -> Iterator[Path]:
    if len(files) < _WORTH_A_BAR or not errors.is_terminal:
        yield from files
        return
    yield from track(files, description="Listening", console=errors, transient=True)


def _table() -> Table:
    return Table("file", "heard", "intent", "slots", "seconds", box=None)


def _add_row(table: Table, transcript: Transcript) -> None:
    match = transcript.match
    slots = ", ".join(f"{name}={value}" for name, value in match.slots.items()) if match else ""
    table.add_row(
        transcript.file.name,
        transcript.text,
        match.intent if match else "not understood",
        slots,
        f"{transcript.audio_seconds:.1f}",
    )
