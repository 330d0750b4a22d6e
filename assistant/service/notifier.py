"""Tells systemd how this process is, in the protocol of sd_notify(3).

One datagram a message, to the socket whose name is in ``NOTIFY_SOCKET``. Where nobody asked to be
told, nothing is sent. A message that cannot be delivered is lost: systemd draws its own
conclusions from silence.
"""

import contextlib
import os
import socket
from collections.abc import Mapping

from assistant.runtime.clock import Clock

SOCKET_VARIABLE = "NOTIFY_SOCKET"
WATCHDOG_VARIABLES = ("WATCHDOG_USEC", "WATCHDOG_PID")
_MICROSECONDS = 1_000_000


class Notifier:
    """A line to the service manager, if there is one."""

    def __init__(self, env: Mapping[str, str], clock: Clock) -> None:
        """Find the manager.

        Args:
            env: the environment the manager has prepared.
            clock: the monotonic clock, by which the manager tells messages apart.
        """
        address = env.get(SOCKET_VARIABLE, "")
        # A name that begins with @ is an abstract one, which the kernel writes with a zero byte.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._clock = clock
        self._status = ""
        self.watchdog_s = _watchdog_s(env)
        """The manager wants to hear of life at least this often; None when it does not ask."""

    def starting(self, status: str, within_s: float) -> None:
        """Not ready yet, and not hanging either: what is waited for, and for how much longer."""
        self._send(f"STATUS={status}", f"EXTEND_TIMEOUT_USEC={round(within_s * _MICROSECONDS)}")

    def ready(self, status: str) -> None:
        """Everything works."""
        self._status = status
        self._send("READY=1", f"STATUS={status}")

    def status(self, text: str) -> None:
        """Show a line in ``systemctl status``, unless it stands there already."""
        if text != self._status:
            self._status = text
            self._send(f"STATUS={text}")

    def alive(self) -> None:
        """Feed the watchdog."""
        self._send("WATCHDOG=1")

    def reloading(self) -> None:
        """Content and settings are read again; ``ready`` follows."""
        now = round(self._clock.monotonic() * _MICROSECONDS)
        self._send("RELOADING=1", f"MONOTONIC_USEC={now}")

    def stopping(self) -> None:
        """The end has been asked for."""
        self._send("STOPPING=1")

    def _send(self, *lines: str) -> None:
        if not self._address:
            return
        message = "\n".join(line.replace("\n", " ") for line in lines).encode()
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line,
        ):
            line.setblocking(False)
            line.sendto(message, self._address)


def for_copies(env: Mapping[str, str]) -> dict[str, str]:
    """The environment with which a copy of the service's process speaks to the manager for it."""
    return {name: value for name, value in env.items() if name != WATCHDOG_VARIABLES[1]}


def _watchdog_s(env: Mapping[str, str]) -> float | None:
    """Seconds the manager waits for signs of life of this very process."""
    usec, pid = (env.get(name, "") for name in WATCHDOG_VARIABLES)
    if not usec.isdecimal() or (pid and pid != str(os.getpid())):
        return None
    return int(usec) / _MICROSECONDS
