"""One process of the coach: its signals, its door, its reloads and its end."""

import logging
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from threading import Event as Flag
from typing import Any, TypeAlias

from assistant.app.keeper import PASSED_ON
from assistant.app.knowledge import Knowledge
from assistant.app.leaving import Exit, leave_within, stay
from assistant.app.live import Coach, Ending
from assistant.app.supervisor import Unmendable
from assistant.complaint import Complaint
from assistant.runtime.clock import SystemClock
from assistant.runtime.timeline import Record
from assistant.service.door import Door, own_place
from assistant.service.notifier import Notifier
from assistant.settings import Settings

STOP_WITHIN_S = 1.8
"""What hangs at the end is left behind after this; the log is on disk at any moment."""

Known: TypeAlias = tuple[Knowledge, Settings]
"""Content and settings as they are on the disk."""

_log = logging.getLogger(__name__)


class Process:
    """Lets a coach live until it is told to end, or to make room for one with other settings."""

    def __init__(
        self,
        known: Known,
        read: Callable[[], Known],
        observe: Callable[[Record], None],
        env: Mapping[str, str],
        *,
        restarts: int | None = None,
    ) -> None:
        """Start nothing yet.

        Args:
            known: content and settings.
            read: gives them as they are by then; it may complain.
            observe: gets each record as it happens.
            env: the environment, which tells where systemd listens.
            restarts: how often the service had to be given another life, which also waits for
                devices that are missing at the start; None for somebody at a terminal.
        """
        self._known = known
        self._read = read
        self._observe = observe
        self._env = env
        self._restarts = restarts
        self._clock = SystemClock()
        self._began = self._clock.monotonic()
        self._notifier = Notifier(env, self._clock)
        self._coach: Coach | None = None
        self._ending, self._reloading = Flag(), Flag()

    def run(self) -> Exit:
        """Live until SIGINT or SIGTERM, or until SIGHUP and content and settings that are valid.

        Raises:
            Complaint: it cannot even begin.
        """
        self._follow_signals()
        with ExitStack() as stack:
            stack.callback(stay)  # it has ended in time
            self._open_door(stack)
            while not self._ending.is_set():
                self._coach = self._new_coach()
                try:
                    ending = self._coach.live()
                except Unmendable as unmendable:
                    return self._give_up(unmendable)
                if ending is Ending.RELOAD and self._may_reload():
                    return Exit.RELOAD
        return Exit.STOPPED

    def _new_coach(self) -> Coach:
        coach = Coach(
            *self._known,
            clock=self._clock,
            began=self._began,
            notifier=self._notifier,
            observe=self._observe,
            restarts=self._restarts,
        )
        if self._ending.is_set():  # a signal came before there was anybody to tell
            coach.stop()
        if self._reloading.is_set():
            coach.reload()
        return coach

    def _may_reload(self) -> bool:
        """Whether what is on the disk now is valid; the process that comes after reads it."""
        self._reloading.clear()
        self._notifier.reloading()
        try:
            self._read()
        except Complaint as complaint:
            _log.warning("Nothing is changed: %s", complaint)
            return False
        return True

    def _open_door(self, stack: ExitStack) -> None:
        place = own_place(self._env)
        if place is not None:
            stack.callback(Door(place, self._report).close)

    def _report(self) -> Mapping[str, Any]:
        return self._coach.report() if self._coach is not None else {"state": "starting"}

    def _follow_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._end())
        signal.signal(signal.SIGHUP, lambda *_: self._reload())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)  # whoever keeps it has blocked them

    def _reload(self) -> None:
        self._reloading.set()
        if self._coach is not None:
            self._coach.reload()

    def _end(self) -> None:
        self._ending.set()
        self._notifier.stopping()
        leave_within(STOP_WITHIN_S, Exit.STOPPED)
        if self._coach is not None:
            self._coach.stop()

    def _give_up(self, unmendable: Unmendable) -> Exit:
        _log.critical("%s The process ends.", unmendable)
        self._notifier.status(str(unmendable))
        return Exit.FAILED
