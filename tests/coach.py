"""The real coach as a process of its own, seen as systemd and its owner see it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from assistant.service.door import FILE, NAME, ask

PROGRAM = (sys.executable, "-m", "assistant")
START_S = 30.0
"""A busy machine loads the model slowly."""
LOOK_S = 0.02


class RunningCoach:
    """``workout-assistant run`` with a service manager that listens to it."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        env: Mapping[str, str],
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        """Start it.

        Args:
            folder: where all its files go; the same folder is the same installation.
            arguments: of ``run``.
            env: what its environment needs besides, such as a sound card.
            program: what is started.
        """
        self._manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify = folder / "notify"
        notify.unlink(missing_ok=True)
        self._manager.bind(str(notify))
        self.door = folder / NAME / FILE
        self.messages: list[str] = []
        """Every line that it has told its manager."""
        self._read: dict[str, int] = {}
        self._out, self._err = folder / "stdout", folder / "stderr"
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(
                [*program, "run", *arguments],
                stdout=out,
                stderr=err,
                env={
                    **os.environ,
                    "XDG_CACHE_HOME": str(folder / "cache"),
                    "XDG_RUNTIME_DIR": str(folder),
                    "XDG_CONFIG_HOME": str(folder / "config"),
                    "XDG_DATA_HOME": str(folder / "data"),
                    "NOTIFY_SOCKET": str(notify),
                    **env,
                },
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._manager.close()

    @property
    def output(self) -> str:
        """What it has printed."""
        return self._out.read_text()

    @property
    def log(self) -> str:
        """What it has logged."""
        return self._err.read_text()

    @property
    def status(self) -> dict[str, Any]:
        """What it answers at its door; nothing while nobody is there."""
        try:
            return ask(self.door)
        except (OSError, ValueError):
            return {}

    def tells(self, line: str, within_s: float = START_S) -> bool:
        """Whether it tells its manager this, not counting what was asked for here before."""
        end = time.monotonic() + within_s  # noqa: TID251  (a real process lives in real time)
        while True:
            seen = self._read.get(line, 0)
            if line in self.messages[seen:]:
                self._read[line] = self.messages.index(line, seen) + 1
                return True
            left_s = end - time.monotonic()  # noqa: TID251  (as above)
            if left_s <= 0 or not self._listen(min(left_s, 0.5)):
                return False

    def shows(self, within_s: float = START_S, **wanted: object) -> bool:
        """Whether its status comes to be this."""
        end = time.monotonic() + within_s  # noqa: TID251  (as above)
        while time.monotonic() < end:  # noqa: TID251  (as above)
            status = self.status
            if status and all(status.get(name) == value for name, value in wanted.items()):
                return True
            if not self._listen(LOOK_S):
                return False
        return False

    def logs(self, text: str, within_s: float = START_S) -> bool:
        """Whether it comes to log this."""
        end = time.monotonic() + within_s  # noqa: TID251  (as above)
        while text not in self.log:
            if time.monotonic() > end or not self._listen(LOOK_S):  # noqa: TID251  (as above)
                return text in self.log
        return True

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; gives the exit code and the seconds it took."""
        began = time.monotonic()  # noqa: TID251  (as above)
        self._empty_mailbox()
        self.process.send_signal(number)
        code = self.process.wait(10)
        return code, time.monotonic() - began  # noqa: TID251  (as above)

    def _empty_mailbox(self) -> None:
        """Take all mail there is: a full mailbox would lose what comes next."""
        self._manager.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                self.messages += self._manager.recv(4096).decode().splitlines()

    def _listen(self, timeout_s: float) -> bool:
        """Take the manager's mail; false once there will be no more."""
        is_alive = self.process.poll() is None
        self._manager.settimeout(timeout_s if is_alive else 0.01)
        with contextlib.suppress(TimeoutError, BlockingIOError):
            self.messages += self._manager.recv(4096).decode().splitlines()
            return True
        return is_alive
