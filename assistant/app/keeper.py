"""Keeps the coach alive: a process that has all loaded, and lets the coach live in copies of it.

Theory of operation. Most of a start goes into the interpreter, its libraries and the voice model.
The keeper has them in memory and does nothing more; each life of the coach is a copy (``fork``) of
it, which shares that memory and listens after a fraction of a second. What no copy survives the
keeper does not have: threads, and devices of sound.

It waits for the coach to end, and sees by the beats in a pipe whether it still runs at all. It
counts its own looks rather than seconds, so that a machine which holds up everybody is taken for
what it is. A coach that soon ends time and again is left to the service manager, which waits longer
each time.
"""

import contextlib
import logging
import os
import select
import signal
from collections.abc import Callable
from dataclasses import dataclass

from assistant.app.heartbeat import BEAT_EVERY_S
from assistant.app.leaving import Exit

STANDS_STILL_S = 1.5
"""Six beats that are missing, the first one included: the coach does not run, and nothing within it
can mend that."""
LONG_LIFE_S = 60.0
MOST_SHORT_LIVES = 3
"""So many in a row, and keeping the coach alive has come to nothing."""
PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FOR_GOOD = (Exit.STOPPED, Exit.REFUSED, Exit.RELOAD)
"""Ends that another life would not change, or that are none."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Life:
    """What the copy that is to be the coach gets from its keeper."""

    pipe: int
    """Where it is to beat."""
    number: int
    """How many lives there were before."""


class Keeper:
    """Lets one coach live after the other."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Args: what reads the clock."""
        self._monotonic = monotonic
        self._coach = 0
        self._is_ending = False

    def keep(self) -> Life | int:
        """Return in each copy with its life, and in the keeper, at the end, with the exit code.

        Signals are blocked in a copy until it is ready to take them.
        """
        for number in PASSED_ON:
            signal.signal(number, lambda number, _: self._pass_on(number))
        lives = short_lives = 0
        while True:
            signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
            began = self._monotonic()
            pipe, beats = os.pipe()
            self._coach = os.fork()
            if not self._coach:
                os.close(pipe)
                return Life(beats, lives)
            os.close(beats)
            code = self._watch(pipe)
            if self._is_ending or code in FOR_GOOD:
                return self._leave(Exit.STOPPED if self._is_ending else code)
            lives += 1
            is_short = self._monotonic() - began < LONG_LIFE_S
            short_lives = short_lives + 1 if is_short else 0
            if short_lives > MOST_SHORT_LIVES:
                _log.critical("The coach ends again and again.")
                return self._leave(Exit.FAILED)
            _log.warning("The coach has ended (%d) and lives again.", code)

    def _watch(self, pipe: int) -> int:
        """Wait for the end of the coach, signals blocked again; gives its exit code."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
        missing = 0
        while True:
            readable, _, _ = select.select([pipe], [], [], BEAT_EVERY_S)
            if readable:
                if not os.read(pipe, 4096):
                    break
                missing = 0
            else:
                missing += 1
                if missing * BEAT_EVERY_S == STANDS_STILL_S:
                    _log.critical("The coach stands still, and is killed.")
                    os.kill(self._coach, signal.SIGKILL)
        os.close(pipe)
        signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
        _, status = os.waitpid(self._coach, 0)
        self._coach = 0
        return os.waitstatus_to_exitcode(status)

    def _pass_on(self, number: int) -> None:
        self._is_ending |= number != signal.SIGHUP
        if self._coach:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._coach, number)

    @staticmethod
    def _leave(code: int) -> int:
        """The exit code; no signal is passed on any more, and a reload is under way already."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
        return code
