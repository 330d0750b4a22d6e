"""Ends the process when its main thread hangs, which nobody else within it could notice.

The main thread takes a turn several times a second. One that takes none has met a disk that never
answers, or an error of ours; it cannot be interrupted, and signals are not handled either. Where
every thread stands is printed, and whoever started the process starts it again.
"""

import faulthandler
import logging
import os
import sys
from collections.abc import Callable
from threading import Event as Flag
from threading import Thread
from typing import Self

HANGS_AFTER_S = 5.0
"""A worn card takes seconds to store an entry; another process listens three seconds later."""
LOOK_EVERY_S = 0.5
EXIT_CODE = 1

_log = logging.getLogger(__name__)


class Guard:
    """Watches the turns of the main thread for as long as the context lasts."""

    def __init__(
        self,
        turns: Callable[[], int],
        monotonic: Callable[[], float],
        give_up: Callable[[], None] | None = None,
    ) -> None:
        """Begin to watch when the context is entered.

        Args:
            turns: how many turns the main thread has taken.
            monotonic: reads the clock.
            give_up: ends the process.
        """
        self._turns = turns
        self._monotonic = monotonic
        self._give_up = give_up or _leave
        self._seen, self._moved_at = -1, 0.0
        self._ending = Flag()
        self._thread = Thread(target=self._run, name="guard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def look(self, now: float) -> None:
        """See whether there was a turn since the last look."""
        turns = self._turns()
        if turns != self._seen:
            self._seen, self._moved_at = turns, now
        elif now - self._moved_at > HANGS_AFTER_S:
            self._give_up()

    def _run(self) -> None:
        while not self._ending.wait(LOOK_EVERY_S):
            self.look(self._monotonic())


def _leave() -> None:
    _log.critical("The main thread hangs. The process ends.")
    faulthandler.dump_traceback(sys.stderr)
    os._exit(EXIT_CODE)
