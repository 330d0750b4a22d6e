"""Text to speech, in a child process that may hang or die without harm."""

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

import numpy as np
import soundfile
from numpy.typing import NDArray

from assistant.complaint import Complaint
from assistant.speaking.clips import SynthesisFailed

DEFAULT_VOICE = "en-us"
SLOWEST_WPM, FASTEST_WPM = 80, 449
"""The words per minute espeak-ng takes; from 450 on it compresses time, and is slower at first."""
START_TIMEOUT_S = 20.0
"""A Raspberry Pi that has just booted reads the libraries from a slow card."""
RENDER_TIMEOUT_S = 2.5
"""A sentence takes some 10 ms, and on the slowest Raspberry Pi a tenth of a second."""
_WORKER = (sys.executable, "-m", "assistant.speaking.synthesis_worker")


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A spoken text."""

    samples: NDArray[np.float32]
    """Shape (frames,), between -1 and 1."""
    rate: int
    """Frames per second."""
    vowel_s: float | None = None
    """Seconds to the first stressed vowel, where it was asked for and can be told."""


class _WorkerLost(Exception):  # noqa: N818  (it tells what happened)
    """The worker ended, hung, or answered nonsense."""


class Synthesiser:
    """Speaks texts through pyttsx3 and espeak-ng, one at a time; threads may share it.

    The worker starts with the first text. When it hangs or dies it is killed and started again, and
    the text is tried once more. As a context manager it ends the worker.
    """

    def __init__(
        self,
        voice: str = DEFAULT_VOICE,
        pitch: int = 50,
        *,
        timeout_s: float = RENDER_TIMEOUT_S,
        command: Sequence[str] = _WORKER,
    ) -> None:
        """Check the voice's name; nothing is started yet.

        Args:
            voice: an espeak-ng voice such as ``en-us`` or ``en-us+f3``.
            pitch: 0 to 100.
            timeout_s: a text that takes longer has hung.
            command: starts the worker.

        Raises:
            Complaint: an MBROLA voice, or a pitch out of range.
        """
        if voice.lower().startswith(("mb-", "mb/")):
            # pyttsx3 writes 22050 Hz into every file, and these voices have other rates.
            raise Complaint(
                f"the voice {voice!r} is an MBROLA voice, which would be played at the wrong speed;"
                f" choose one of espeak-ng's own, such as {DEFAULT_VOICE}"
            )
        if not 0 <= pitch <= 100:
            raise Complaint(f"the pitch {pitch} is out of range: choose 0 to 100")
        self.voice = voice
        self.pitch = pitch
        self._timeout_s = timeout_s
        self._command = tuple(command)
        self._worker: subprocess.Popen[bytes] | None = None
        self._engine: str | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._names = count()
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the running worker."""
        return self._worker.pid if self._worker is not None else None

    @property
    def identity(self) -> str:
        """Everything besides text and pace that decides how a text sounds; starts the worker.

        Raises:
            Complaint: espeak-ng is not installed.
            SynthesisFailed: the worker does not start.
        """
        with self._lock:
            if self._engine is None:
                try:
                    self._start()
                except _WorkerLost as lost:
                    self._kill()
                    raise SynthesisFailed(
                        f"the speech synthesiser does not start: {lost}"
                    ) from lost
            return f"{self._engine}, {self.voice}, pitch {self.pitch}"

    def render(self, text: str, words_per_minute: int, *, time_vowel: bool = False) -> Speech:
        """The spoken text, as long as it takes and untrimmed; empty for nothing but spaces.

        Args:
            text: what to say.
            words_per_minute: how fast, kept within what espeak-ng takes.
            time_vowel: whether to tell when the first stressed vowel begins.

        Raises:
            Complaint: espeak-ng is not installed, or has no such voice.
            SynthesisFailed: the worker failed twice.
        """
        if not text.strip():
            return Speech(np.zeros(0, np.float32), 22050)
        pace = min(max(words_per_minute, SLOWEST_WPM), FASTEST_WPM)
        with self._lock:
            try:
                return self._attempt(text, pace, time_vowel=time_vowel)
            except _WorkerLost:
                self._kill()
            try:
                return self._attempt(text, pace, time_vowel=time_vowel)
            except _WorkerLost as lost:
                self._kill()
                raise SynthesisFailed(f"the speech synthesiser failed twice: {lost}") from lost

    def close(self) -> None:
        """End the worker; a later ``render`` starts another one."""
        with self._lock:
            self._kill()
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None

    def _attempt(self, text: str, words_per_minute: int, *, time_vowel: bool) -> Speech:
        worker = self._worker if self._worker is not None else self._start()
        path = self._fresh_path()
        request = {
            "text": text,
            "voice": self.voice,
            "pitch": self.pitch,
            "words_per_minute": words_per_minute,
            "path": str(path),
            "time_vowel": time_vowel,
        }
        try:
            assert worker.stdin is not None  # noqa: S101  (it was started with a pipe)
            worker.stdin.write(json.dumps(request).encode() + b"\n")
            worker.stdin.flush()
        except OSError as error:
            raise _WorkerLost("it has ended") from error
        answer = self._answer(worker, self._timeout_s)
        self._expect_success(answer)
        try:
            samples, rate = soundfile.read(path, dtype="float32")
        except (OSError, soundfile.SoundFileError) as error:
            raise _WorkerLost("its file cannot be read") from error
        finally:
            path.unlink(missing_ok=True)
        return Speech(samples, rate, answer.get("vowel_s"))

    def _fresh_path(self) -> Path:
        if self._folder is None:
            memory = Path("/dev/shm")  # noqa: S108  (spares the card; the folder in it is private)
            parent = memory if os.access(memory, os.W_OK) else None
            try:
                self._folder = tempfile.TemporaryDirectory(prefix="speech-", dir=parent)
            except OSError as error:
                raise SynthesisFailed(f"no folder for temporary files: {error}") from error
        return Path(self._folder.name) / f"{next(self._names)}.wav"

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            worker = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                # Ctrl-C is not for the worker, which ends with its input. And its own children are
                # killed with it.
                process_group=0,
            )
        except OSError as error:
            raise SynthesisFailed(f"the speech synthesiser cannot be started: {error}") from error
        self._worker = worker
        hello = self._answer(worker, START_TIMEOUT_S)
        self._expect_success(hello)
        self._engine = str(hello.get("engine"))
        return worker

    def _expect_success(self, answer: Mapping[str, Any]) -> None:
        if answer.get("ok"):
            return
        match answer.get("error"):
            case "library":
                self._kill()
                raise Complaint(
                    "the speech synthesiser espeak-ng is not installed;"
                    " run: sudo apt install espeak-ng libespeak-ng1"
                )
            case "voice":
                raise Complaint(
                    f"espeak-ng has no voice {self.voice!r}; list them with: espeak-ng --voices=en"
                )
            case error:
                raise _WorkerLost(f"it reported {error!r}")

    @staticmethod
    def _answer(worker: subprocess.Popen[bytes], timeout_s: float) -> dict[str, Any]:
        """One line of JSON; nothing else is ever in the pipe."""
        assert worker.stdout is not None  # noqa: S101  (it was started with a pipe)
        line = b""
        while not line.endswith(b"\n"):
            readable, _, _ = select.select([worker.stdout], [], [], timeout_s)
            if not readable:
                raise _WorkerLost(f"no answer within {timeout_s:g} s")
            part = os.read(worker.stdout.fileno(), 4096)
            if not part:
                raise _WorkerLost("it has ended")
            line += part
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise _WorkerLost("it answered nonsense") from error
        return answer

    def _kill(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                pipe.close()
