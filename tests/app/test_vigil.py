"""What systemd is told of a coach that starts, lives, and stands still."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from assistant.app.health import Health
from assistant.app.parts import Parts, Pulse
from assistant.app.vigil import Vigil
from assistant.dialogue.events import FaultCleared, FaultRaised
from assistant.runtime.clock import VirtualClock
from assistant.service.notifier import Notifier

CLOCK = VirtualClock(datetime(2026, 1, 5, tzinfo=UTC))
PERIOD_S = 15.0


class Body:
    """Parts that all move, or all stand still."""

    def __init__(self) -> None:
        self.count = 1

    @property
    def pulse(self) -> Pulse:
        return Pulse(self.count, self.count, self.count)


class Watch:
    def __init__(self, folder: Path) -> None:
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.manager.bind(str(folder / "notify"))
        self.manager.setblocking(False)
        env = {
            "NOTIFY_SOCKET": str(folder / "notify"),
            "WATCHDOG_USEC": str(round(PERIOD_S * 1e6)),
        }
        self.body, self.health, self.now = Body(), Health(0.0), 0.0
        self.vigil = Vigil(Notifier(env, CLOCK), cast("Parts", self.body), self.health, self.now)

    def live(self, seconds: float, *, moves: bool = True, has_voice: bool = True) -> list[str]:
        """Let time pass; gives the first words of what systemd was told."""
        for _ in range(round(seconds)):
            self.now += 1.0
            self.body.count += moves
            self.vigil.look(self.now, has_voice=has_voice)
        return list(self._mail())

    def _mail(self) -> Iterator[str]:
        while True:
            try:
                yield self.manager.recv(1000).decode().splitlines()[0]
            except BlockingIOError:
                return


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path)
    yield watch
    watch.manager.close()


def test_nothing_is_ready_before_everything_has_moved_and_there_is_a_voice(watch: Watch) -> None:
    assert "READY=1" not in watch.live(9, moves=False)
    assert "READY=1" not in watch.live(9, has_voice=False)
    assert watch.live(1)[0] == "READY=1"


def test_the_first_sign_of_life_comes_with_readiness(watch: Watch) -> None:
    assert watch.live(1) == ["READY=1", "WATCHDOG=1"]


def test_three_signs_of_life_a_period_for_as_long_as_everything_moves(watch: Watch) -> None:
    watch.live(1)
    assert watch.live(PERIOD_S) == ["WATCHDOG=1"] * 3
    assert watch.live(PERIOD_S, moves=False) == ["WATCHDOG=1"] * 0
    assert watch.live(1) == ["WATCHDOG=1"]


def test_a_fault_is_shown_and_keeps_a_start_from_being_ready(watch: Watch) -> None:
    watch.health.take(FaultRaised("microphone"))
    assert watch.live(4) == ["STATUS=starting; has failed: microphone"]
    watch.health.take(FaultCleared("microphone"))
    assert watch.live(1)[0] == "READY=1"
