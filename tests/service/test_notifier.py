"""What systemd is told, word for word."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.runtime.clock import VirtualClock
from assistant.service.notifier import Notifier

CLOCK = VirtualClock(datetime(2026, 1, 5, tzinfo=UTC))


@pytest.fixture(params=["file", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        name = f"workout-test-{os.getpid()}"
        line.bind(str(tmp_path / "notify") if request.param == "file" else f"\0{name}")
        line.settimeout(1)
        yield line


@pytest.fixture
def notifier(manager: socket.socket) -> Notifier:
    name = manager.getsockname()
    address = name if isinstance(name, str) else "@" + name[1:].decode()
    return Notifier({"NOTIFY_SOCKET": address}, CLOCK)


def mail(manager: socket.socket) -> str:
    return manager.recv(1000).decode()


def test_readiness_comes_with_a_status(manager: socket.socket, notifier: Notifier) -> None:
    notifier.ready("listening")
    assert mail(manager) == "READY=1\nSTATUS=listening"


def test_a_status_is_told_once(manager: socket.socket, notifier: Notifier) -> None:
    notifier.status("one")
    notifier.status("one")
    notifier.status("two\nlines")
    assert [mail(manager), mail(manager)] == ["STATUS=one", "STATUS=two lines"]


def test_a_long_start_asks_for_time(manager: socket.socket, notifier: Notifier) -> None:
    notifier.starting("waiting", 30)
    assert mail(manager) == "STATUS=waiting\nEXTEND_TIMEOUT_USEC=30000000"


def test_reloading_carries_the_time(manager: socket.socket, notifier: Notifier) -> None:
    notifier.reloading()
    assert mail(manager) == "RELOADING=1\nMONOTONIC_USEC=0"


def test_life_and_end_are_one_line_each(manager: socket.socket, notifier: Notifier) -> None:
    notifier.alive()
    notifier.stopping()
    assert [mail(manager), mail(manager)] == ["WATCHDOG=1", "STOPPING=1"]


def test_without_a_manager_nothing_happens() -> None:
    Notifier({}, CLOCK).ready("listening")


def test_a_manager_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}, CLOCK).alive()


@pytest.mark.parametrize(
    ("env", "watchdog_s"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_watchdog_is_that_of_this_process(
    env: dict[str, str], watchdog_s: float | None
) -> None:
    assert Notifier(env, CLOCK).watchdog_s == watchdog_s
