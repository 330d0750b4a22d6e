"""Ends the process when its main thread hangs, which nobody else within it could notice.

The main thread takes a turn several times a second, and a turn takes a few milliseconds. One that
takes none has met an error of ours, or a disk that never answers; it cannot be interrupted, and
signals are not handled either. Where every thread stands is printed, and whoever started the
process starts it again. The guard counts its own looks rather than seconds: a machine that holds up
the guard as well, because it is overloaded or was suspended, proves nothing.
"""

import faulthandler
import logging
import os
import sys
from collections.abc import Callable
from threading import Event as Flag
from threading import Thread
from typing import Self

LOOK_EVERY_S = 0.25
HANGS_AFTER_S = 1.25
"""Five looks without a turn. The slowest one, which ``status`` tells, took 0.05 s with four other
programs at work on each core (``scripts/bench_faults.py machine-overloaded``)."""
AT_DISK_S = 5.0
"""A worn card takes seconds to store an entry; to start again would not make it faster."""
EXIT_CODE = 1

_log = logging.getLogger(__name__)


class Guard:
    """Watches the turns of the main thread for as long as the context lasts."""

    def __init__(
        self,
        turns: Callable[[], int],
        *,
        is_at_disk: Callable[[], bool],
        give_up: Callable[[], None] | None = None,
    ) -> None:
        """Begin to watch when the context is entered.

        Args:
            turns: how many turns the main thread has taken.
            is_at_disk: whether it waits for the disk.
            give_up: ends the process.
        """
        self._turns = turns
        self._is_at_disk = is_at_disk
        self._give_up = give_up or _leave
        self._seen, self._looks = (-1, False), 0
        self._ending = Flag()
        self._thread = Thread(target=self._run, name="guard", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def look(self) -> None:
        """See whether there was a turn since the last look, or the disk has answered."""
        seen = self._turns(), self._is_at_disk()
        if seen != self._seen:
            self._seen, self._looks = seen, 0
            return
        self._looks += 1
        _, is_at_disk = seen
        patience_s = AT_DISK_S if is_at_disk else HANGS_AFTER_S
        if self._looks * LOOK_EVERY_S >= patience_s:
            self._give_up()

    def _run(self) -> None:
        while not self._ending.wait(LOOK_EVERY_S):
            self.look()


def _leave() -> None:
    _log.critical("The main thread hangs. The process ends.")
    faulthandler.dump_traceback(sys.stderr)
    os._exit(EXIT_CODE)
