"""Whatever becomes of a coach, its keeper lets another one live, until it is told to end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

import pytest

from assistant.app.keeper import MOST_SHORT_LIVES
from assistant.app.leaving import Exit

PATIENCE_S = 20.0
PROGRAM = """
import itertools, os, signal, sys
from threading import Event
from assistant.app.heartbeat import Heartbeat
from assistant.app.keeper import PASSED_ON, Keeper, Life

long = itertools.count(step=100)
life = Keeper(lambda: float({clock})).keep()
if not isinstance(life, Life):
    sys.exit(life)
Heartbeat(life.pipe)
ending = Event()
signal.signal(signal.SIGTERM, lambda *_: ending.set())
signal.signal(signal.SIGHUP, lambda *_: os._exit(10))
signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
print(life.number, os.getpid(), flush=True)
{lives}
ending.wait()
os._exit(0)
"""
BY_THE_CLOCK = "__import__('time').monotonic()"


class Kept:
    """A keeper as a process, whose coaches tell that they live."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def next_life(self) -> tuple[int, int]:
        """How many lives were before, and the process that lives now."""
        assert self.process.stdout is not None
        number, pid = self.process.stdout.readline().split()
        return int(number), int(pid)

    def ends(self) -> int:
        return self.process.wait(PATIENCE_S)


@contextmanager
def kept(lives: str = "", clock: str = BY_THE_CLOCK) -> Iterator[Kept]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(lives=lives, clock=clock)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    last_resort = Timer(PATIENCE_S, os.killpg, (process.pid, signal.SIGKILL))
    last_resort.start()
    try:
        yield Kept(process)
    finally:
        last_resort.cancel()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT, signal.SIGSTOP])
def test_a_coach_that_ends_or_stands_still_lives_again(number: signal.Signals) -> None:
    with kept() as keeper:
        _, first = keeper.next_life()
        os.kill(first, number)
        lives, second = keeper.next_life()
        assert lives == 1
        assert second != first


def test_asked_to_end_it_passes_it_on_and_ends() -> None:
    with kept() as keeper:
        keeper.next_life()
        keeper.process.terminate()
        assert keeper.ends() == Exit.STOPPED


def test_asked_to_end_it_does_not_wait_for_a_coach_that_stands_still() -> None:
    with kept() as keeper:
        _, coach = keeper.next_life()
        os.kill(coach, signal.SIGSTOP)
        keeper.process.terminate()
        assert keeper.ends() == Exit.STOPPED


def test_a_reload_is_left_to_whoever_started_it() -> None:
    with kept() as keeper:
        keeper.next_life()
        keeper.process.send_signal(signal.SIGHUP)
        assert keeper.ends() == Exit.RELOAD


def test_what_another_life_would_not_change_is_the_end() -> None:
    with kept(f"os._exit({Exit.REFUSED})") as keeper:
        assert keeper.ends() == Exit.REFUSED


def test_short_lives_one_after_the_other_are_the_end() -> None:
    with kept("os._exit(1)", clock="0") as keeper:
        assert [keeper.next_life()[0] for _ in range(MOST_SHORT_LIVES + 1)] == [0, 1, 2, 3]
        assert keeper.ends() == Exit.FAILED


def test_long_lives_are_not() -> None:
    with kept("os._exit(1)", clock="next(long)") as keeper:
        numbers = [keeper.next_life()[0] for _ in range(3 * MOST_SHORT_LIVES)]
        assert numbers == list(range(3 * MOST_SHORT_LIVES))


def test_a_coach_does_not_outlive_its_keeper() -> None:
    with kept() as keeper:
        keeper.next_life()
        keeper.process.kill()
        assert keeper.process.stdout is not None
        assert keeper.process.stdout.read() == ""  # closed by the last who could write
