"""A process of its own that speaks into files: the only place that touches pyttsx3.

It reads one JSON object a line and answers each with one line::

    -> {"text": "Lower.", "voice": "en-us", "pitch": 50, "words_per_minute": 165,
        "path": "/x.wav", "time_vowel": true}
    <- {"ok": true, "vowel_s": 0.107}     the file is complete; the time is null if not asked for
    <- {"ok": false, "error": "voice"}    or "failed"

Its first line, unasked, is ``{"ok": true, "engine": "espeak-ng 1.51, pyttsx3 2.99"}`` or
``{"ok": false, "error": "library"}``. It ends when its input ends.

Why a process: the synthesiser is a C library with global state that has been seen to hang, and only
a process can be killed. Why files and never ``say``: on Linux ``say`` plays through ``aplay`` and
cannot be interrupted.

What the espeak driver of pyttsx3 does, and what is done about it:

- it prints to standard output, so the answers go to a private copy of it;
- the first ``runAndWait`` returns before the file exists, so ``finished-utterance`` is awaited;
- it tells that an utterance has finished from inside the library, and goes on to change its own
  state there; whatever is asked of it meanwhile is lost, cancelled or spoken at the old pace. So
  the library is waited for as well, before and after;
- all the same, an utterance that did not start, was cancelled or is empty is asked for again;
- errors are only notified, never raised, so they are collected;
- it writes the file in place, so it gets a temporary name that is renamed when it is complete.
"""

import contextlib
import ctypes
import json
import os
import subprocess
import sys
import threading
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

ATTEMPTS = 3
"""How often an utterance is asked for before it counts as failed."""
_HEADER_BYTES = 44
"""A file no larger than this has no samples."""


class Engine:
    """pyttsx3 with its espeak driver, one utterance at a time."""

    def __init__(self) -> None:
        import pyttsx3

        self._engine = pyttsx3.init("espeak")
        self._library = _library()
        self._ended = threading.Event()
        self._is_complete = False
        self._errors: list[Exception] = []
        self._engine.connect("started-utterance", self._on_start)
        self._engine.connect("finished-utterance", self._on_end)
        self._engine.connect("error", lambda exception, **_: self._errors.append(exception))

    def describe(self) -> str:
        """Name and version of everything that decides how a text sounds."""
        espeak = "espeak"
        if self._library is not None:
            self._library.espeak_Info.restype = ctypes.c_char_p
            espeak = f"espeak-ng {self._library.espeak_Info(None).decode()}"
        return f"{espeak}, pyttsx3 {version('pyttsx3')}"

    def render(self, request: dict[str, Any]) -> str | None:
        """Write one utterance to its file; returns what was wrong, if anything was."""
        path = Path(request["path"])
        part = path.with_suffix(".part")
        self._errors.clear()
        self._engine.setProperty("voice", request["voice"])
        self._engine.setProperty("pitch", request["pitch"])
        self._engine.setProperty("rate", request["words_per_minute"])
        self._speak(request["text"], part)
        if any(isinstance(error, ValueError) for error in self._errors):
            return "voice"
        if self._errors or not self._is_complete:
            return "failed"
        part.replace(path)
        return None

    def _speak(self, text: str, path: Path) -> None:
        """Wait without a limit: whoever asked kills this process when it takes too long."""
        for _ in range(ATTEMPTS):
            self._ended.set()
            self._is_complete = False
            self._settle()
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            self._ended.wait()
            self._settle()
            if self._errors or (self._is_complete and path.stat().st_size > _HEADER_BYTES):
                return

    def _settle(self) -> None:
        """Wait until the library does nothing more, and so calls nobody."""
        if self._library is not None:
            self._library.espeak_Synchronize()

    def _on_start(self, **_: object) -> None:
        self._ended.clear()

    def _on_end(self, *, completed: bool, **_: object) -> None:
        self._is_complete = completed
        self._ended.set()


def _library() -> ctypes.CDLL | None:
    """The library that the driver has loaded, for what pyttsx3 does not offer; None: an old one."""
    with contextlib.suppress(OSError):
        return ctypes.CDLL("libespeak-ng.so.1")
    return None


class Timekeeper:
    """The process that knows when phonemes sound, started when it is first asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def vowel_s(self, request: dict[str, Any]) -> float | None:
        """When the first stressed vowel of an utterance begins, or None when it cannot be told."""
        if not request["time_vowel"]:
            return None
        if self._process is None:
            self._process = subprocess.Popen(
                (sys.executable, "-m", "assistant.speaking.phoneme_times"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        questions, answers = self._process.stdin, self._process.stdout
        try:
            print(json.dumps(request), file=questions, flush=True)
            vowel_s: float | None = json.loads(answers.readline())["vowel_s"] if answers else None
        except (OSError, ValueError):
            return None  # it has ended, and stays so; the time is estimated from the sound instead
        return vowel_s


def serve(requests: IO[str], answers: IO[str]) -> None:
    """Answer requests until there are no more."""

    def answer(**fields: object) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    try:
        engine = Engine()
        answer(ok=True, engine=engine.describe())
    except (RuntimeError, OSError, ImportError):
        answer(ok=False, error="library")
        return
    timekeeper = Timekeeper()
    for line in requests:
        request = json.loads(line)
        error = engine.render(request)
        if error is None:
            answer(ok=True, vowel_s=timekeeper.vowel_s(request))
        else:
            answer(ok=False, error=error)


def main() -> None:
    """Serve standard input and output, whatever others print meanwhile."""
    with (
        os.fdopen(os.dup(0), "r", encoding="utf-8") as requests,
        os.fdopen(os.dup(1), "w", encoding="utf-8") as answers,
        Path(os.devnull).open("w") as nowhere,
    ):
        os.dup2(nowhere.fileno(), 1)
        serve(requests, answers)


if __name__ == "__main__":
    main()
