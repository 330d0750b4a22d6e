"""One process of the coach: its signals, its door, its reloads and its end."""

import logging
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from enum import IntEnum
from threading import Event as Flag
from typing import Any, NoReturn

from assistant.app.knowledge import Knowledge
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

_log = logging.getLogger(__name__)


class Exit(IntEnum):
    """How the process ends."""

    STOPPED = 0
    FAILED = 1
    """Whoever watches over it is to start it again."""


class Process:
    """Lets coaches live, one after the other, until it is told to end."""

    def __init__(
        self,
        read: Callable[[], tuple[Knowledge, Settings]],
        observe: Callable[[Record], None],
        env: Mapping[str, str],
        *,
        is_service: bool,
    ) -> None:
        """Start nothing yet.

        Args:
            read: gives content and settings as they are on disk; it may complain.
            observe: gets each record as it happens.
            env: the environment, which tells where systemd listens.
            is_service: wait for devices that are missing at the start.
        """
        self._read = read
        self._observe = observe
        self._env = env
        self._is_service = is_service
        self._clock = SystemClock()
        self._began = self._clock.monotonic()
        self._notifier = Notifier(env, self._clock)
        self._coach: Coach | None = None
        self._ending = Flag()

    def run(self) -> Exit:
        """Live until SIGINT or SIGTERM; SIGHUP reads content and settings again.

        Raises:
            Complaint: it cannot even begin.
        """
        self._follow_signals()
        knowledge, settings = self._read()
        with ExitStack() as stack:
            stack.callback(signal.setitimer, signal.ITIMER_REAL, 0)  # it has ended in time
            self._open_door(stack)
            while not self._ending.is_set():
                self._coach = self._new_coach(knowledge, settings)
                try:
                    ending = self._coach.live()
                except Unmendable as unmendable:
                    return self._give_up(unmendable)
                if ending is Ending.RELOAD:
                    self._notifier.reloading()
                    knowledge, settings = self._read_again(knowledge, settings)
        return Exit.STOPPED

    def _new_coach(self, knowledge: Knowledge, settings: Settings) -> Coach:
        coach = Coach(
            knowledge,
            settings,
            clock=self._clock,
            began=self._began,
            notifier=self._notifier,
            observe=self._observe,
            is_service=self._is_service,
        )
        if self._ending.is_set():  # a signal came before there was anybody to tell
            coach.stop()
        return coach

    def _read_again(self, knowledge: Knowledge, settings: Settings) -> tuple[Knowledge, Settings]:
        """Content and settings as they are now, or as they were if they are not valid now."""
        try:
            return self._read()
        except Complaint as complaint:
            _log.warning("Nothing is changed: %s", complaint)
            return knowledge, settings

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

    def _reload(self) -> None:
        if self._coach is not None:
            self._coach.reload()

    def _end(self) -> None:
        self._ending.set()
        self._notifier.stopping()
        _leave_later(Exit.STOPPED)
        if self._coach is not None:
            self._coach.stop()

    def _give_up(self, unmendable: Unmendable) -> Exit:
        _log.critical("%s The process ends.", unmendable)
        self._notifier.status(str(unmendable))
        return Exit.FAILED


def _leave_later(code: Exit) -> None:
    """See to it that the process is gone in time, whichever thread hangs."""

    def leave(*_: object) -> NoReturn:
        os._exit(code)

    signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, STOP_WITHIN_S)
