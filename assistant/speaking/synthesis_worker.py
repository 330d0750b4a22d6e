"""A process of its own that speaks into files: the only place that touches pyttsx3.

It reads one JSON object a line and answers each with one line::

    -> {"text": "Lower.", "voice": "en-us", "pitch": 50, "words_per_minute": 165, "path": "/x.wav"}
    <- {"ok": true}                       the file is complete
    <- {"ok": false, "error": "voice"}    or "failed"

Its first line, unasked, is ``{"ok": true, "engine": "espeak-ng 1.51, pyttsx3 2.99"}`` or
``{"ok": false, "error": "library"}``. It ends when its input ends.

Why a process: the synthesiser is a C library with global state that has been seen to hang, and only
a process can be killed. Why files and never ``say``: on Linux ``say`` plays through ``aplay`` and
cannot be interrupted.

What the espeak driver of pyttsx3 does, and what is done about it:

- it prints to standard output, so the answers go to a private copy of it;
- the first ``runAndWait`` returns before the file exists, so ``finished-utterance`` is awaited;
- the end of one utterance may end the loop of the next before that has begun to speak, so an
  utterance that has not started is asked for again;
- errors are only notified, never raised, so they are collected;
- it writes the file in place, so it gets a temporary name that is renamed when it is complete.
"""

import contextlib
import ctypes
import json
import os
import threading
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

ATTEMPTS = 3
"""How often an utterance is asked for that does not even start."""


class Engine:
    """pyttsx3 with its espeak driver, one utterance at a time."""

    def __init__(self) -> None:
        import pyttsx3

        self._engine = pyttsx3.init("espeak")
        self._started = threading.Event()
        self._finished = threading.Event()
        self._errors: list[Exception] = []
        self._engine.connect("started-utterance", lambda **_: self._started.set())
        self._engine.connect("finished-utterance", lambda **_: self._finished.set())
        self._engine.connect("error", lambda exception, **_: self._errors.append(exception))

    @staticmethod
    def describe() -> str:
        """Name and version of everything that decides how a text sounds."""
        espeak = "espeak"
        with contextlib.suppress(OSError):
            library = ctypes.CDLL("libespeak-ng.so.1")  # the same that the driver has loaded
            library.espeak_Info.restype = ctypes.c_char_p
            espeak = f"espeak-ng {library.espeak_Info(None).decode()}"
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
        if self._errors or not part.exists():
            return "failed"
        part.replace(path)
        return None

    def _speak(self, text: str, path: Path) -> None:
        """Wait without a limit: whoever asked kills this process when it takes too long."""
        self._started.clear()
        self._finished.clear()
        for _ in range(ATTEMPTS):
            self._engine.save_to_file(text, str(path))
            self._engine.runAndWait()
            if self._started.is_set():
                self._finished.wait()
                return


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
    for line in requests:
        error = engine.render(json.loads(line))
        answer(ok=True) if error is None else answer(ok=False, error=error)


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
