"""A local socket at which the running coach tells how it is, to its owner and nobody else.

Whoever connects gets one JSON object and the end of the stream; nothing is ever read. The socket
lies in a folder that only this user may enter.
"""

import contextlib
import json
import logging
import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any

from assistant.complaint import Complaint

NAME = "workout-assistant"
SYSTEM_FOLDER = Path("/run") / NAME
FILE = "status.socket"
PATIENCE_S = 2.0
"""A coach that does not answer within this time has hung."""

_log = logging.getLogger(__name__)


def own_place(env: Mapping[str, str]) -> Path | None:
    """Where this process puts its socket; None where it has no folder that ends with it."""
    if given := env.get("RUNTIME_DIRECTORY"):  # made by systemd; several are parted by colons
        return Path(given.partition(":")[0]) / FILE
    if session := env.get("XDG_RUNTIME_DIR"):
        return Path(session) / NAME / FILE
    return None


def places(env: Mapping[str, str]) -> tuple[Path, ...]:
    """Where a running coach may be found: this user's, then the system's."""
    own = own_place(env)
    system = SYSTEM_FOLDER / FILE
    return (own, system) if own is not None and own != system else (system,)


class Door:
    """Answers from a thread of its own until it is closed."""

    def __init__(self, path: Path, tell: Callable[[], Mapping[str, Any]]) -> None:
        """Open it.

        Args:
            path: of the socket; one that is left over from a crash is replaced.
            tell: what to answer; called on the thread of the door.

        Raises:
            Complaint: another coach answers there, or the place cannot be used.
        """
        self._path = path
        self._tell = tell
        self._closing = Flag()
        if _is_answered(path):
            raise Complaint("Another coach is running already; see `workout-assistant status`.")
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            path.unlink(missing_ok=True)
            self._socket = _listening(path)
        except OSError as error:
            raise Complaint(f"No socket can be made at {path}: {error.strerror}.") from error
        self._thread = Thread(target=self._serve, name="status", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and remove the socket."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread
        self._thread.join(PATIENCE_S)
        self._socket.close()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            with visitor, contextlib.suppress(OSError):
                visitor.settimeout(PATIENCE_S)
                visitor.sendall(json.dumps(self._answer(), ensure_ascii=False).encode() + b"\n")

    def _answer(self) -> Mapping[str, Any]:
        try:
            return self._tell()
        except Exception:  # noqa: BLE001  (a question must never end the door)
            _log.exception("the status could not be told")
            return {"error": "the status could not be told"}


def ask(path: Path) -> dict[str, Any]:
    """What the coach behind a socket tells of itself.

    Raises:
        OSError: nobody is there, or this user may not ask.
        ValueError: it answered nonsense.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_S)
        line.connect(str(path))
        told = b""
        while part := line.recv(4096):
            told += part
    answer: dict[str, Any] = json.loads(told)
    return answer


def _is_answered(path: Path) -> bool:
    try:
        ask(path)
    except (OSError, ValueError):
        return False
    return True


def _listening(path: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    before = os.umask(0o177)
    try:
        line.bind(str(path))
    except OSError:
        line.close()
        raise
    finally:
        os.umask(before)
    line.listen(4)
    return line
