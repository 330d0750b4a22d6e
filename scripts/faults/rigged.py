"""The same program, with switches inside: each signal breaks one thing.

Run as a program of its own: ``python -m scripts.faults.rigged run --service``.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import IntEnum
from pathlib import Path
from typing import Any

from assistant.cli import main
from assistant.hearing.recogniser import Final, Partial, Recogniser
from assistant.runtime.clock import SystemClock
from assistant.sound.clip import Samples
from assistant.speaking.mixer import Mixer


class Switch(IntEnum):
    """What a signal does."""

    HANG = signal.SIGUSR1
    """The recogniser never returns from its next block."""
    RAISE = signal.SIGUSR2
    """The recogniser fails with its next block."""
    JUMP = signal.SIGRTMIN
    """The wall clock is three days ahead from now on."""
    MUTE = signal.SIGRTMIN + 1
    """No block of sound can be made any more."""
    HEAR = signal.SIGRTMIN + 2
    """The recogniser understands what stands in the file ``said``."""
    STUTTER = signal.SIGRTMIN + 3
    """The next block of sound cannot be made."""
    FREEZE = signal.SIGRTMIN + 4
    """The main thread never takes another turn."""
    EAT = signal.SIGRTMIN + 5
    """The listener takes memory until there is no more."""


_switched: set[Switch] = set()


def _once(switch: Switch) -> bool:
    """Whether it was switched; it is off again then."""
    is_on = switch in _switched
    _switched.discard(switch)
    return is_on


def _rigged_feed(
    feed: Callable[[Any, bytes], list[Partial | Final]],
) -> Callable[[Any, bytes], list[Partial | Final]]:
    def rigged(self: Any, pcm: bytes) -> list[Partial | Final]:
        if _once(Switch.HANG):
            threading.Event().wait()
        if _once(Switch.RAISE):
            raise RuntimeError("the decoder has failed")
        if _once(Switch.EAT):
            eaten = []
            while True:
                eaten.append(b"\1" * 10_000_000)
        if _once(Switch.HEAR):
            return [Final(Path(os.environ["XDG_RUNTIME_DIR"], "said").read_text())]
        return feed(self, pcm)

    return rigged


def _rigged_render(render: Callable[[Any, int], Samples]) -> Callable[[Any, int], Samples]:
    def rigged(self: Any, frames: int) -> Samples:
        if Switch.MUTE in _switched or _once(Switch.STUTTER):
            raise RuntimeError("the mixer has failed")
        return render(self, frames)

    return rigged


def _rigged_wall(wall: Callable[[Any], datetime]) -> Callable[[Any], datetime]:
    def rigged(self: Any) -> datetime:
        return wall(self) + timedelta(days=3 * (Switch.JUMP in _switched))

    return rigged


def _rig() -> None:
    def switch(number: int, _frame: object) -> None:
        _switched.add(Switch(number))
        if number == Switch.FREEZE:
            threading.Event().wait()

    for number in Switch:
        signal.signal(number, switch)
    Recogniser.feed = _rigged_feed(Recogniser.feed)  # type: ignore[assignment, method-assign]
    SystemClock.wall = _rigged_wall(SystemClock.wall)  # type: ignore[assignment, method-assign]
    Mixer.render = _rigged_render(Mixer.render)  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    _rig()
    sys.exit(main())
