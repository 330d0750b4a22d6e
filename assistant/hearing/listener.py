"""The thread that listens: blocks from the microphone in, events out."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.hearing.ear import Heeded
from assistant.hearing.gauge import Condition

RECOGNISER = "recogniser"
READ_TIMEOUT_S = 0.5
"""A thread that is told to end notices within this time."""
RETRY_S = 2.0
"""Wait before another recogniser is made when making one failed."""

_log = logging.getLogger(__name__)


class BlockSource(Protocol):
    """A microphone, as far as a listener is concerned."""

    def read(self, timeout_s: float) -> bytes | None:
        """The next block of mono 16-bit samples, or None when none came in time."""


class Understanding(Protocol):
    """An ear, as far as a listener is concerned."""

    @property
    def condition(self) -> Condition:
        """What is wrong with the microphone."""

    def feed(self, block: bytes, now: float) -> Sequence[Heeded]:
        """What the next block leads to."""


class Listener:
    """Reads a microphone for as long as it runs, and reports what its ear makes of it.

    When the recogniser fails, the fault is reported, a fresh one takes over with the next block,
    and the all-clear follows as soon as that block has been decoded.
    """

    def __init__(
        self,
        source: BlockSource,
        make_ear: Callable[[], Understanding],
        report: Callable[[Event], None],
        monotonic: Callable[[], float],
    ) -> None:
        """Start nothing yet.

        Args:
            source: where blocks come from.
            make_ear: makes an ear with a fresh recogniser.
            report: takes events, on the listener's thread.
            monotonic: reads the clock.
        """
        self.blocks = 0
        """Blocks read; it stands still when the microphone is gone."""
        self.decoded = 0
        """Blocks decoded; it falls behind ``blocks`` when the recogniser fails or hangs."""
        self.condition = Condition.FINE
        """What is wrong with the microphone that is being read."""
        self._source = source
        self._make_ear = make_ear
        self._report = report
        self._monotonic = monotonic
        self._ear: Understanding | None = None
        self._retry_at = 0.0
        self._faults: set[str] = set()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Make the ear and begin to listen.

        Raises:
            Complaint: there is no usable recogniser.
        """
        self._ear = self._make_ear()
        self._thread.start()

    def resume(self) -> None:
        """Begin to listen in the place of another listener; the thread makes the ear."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def abandon(self) -> None:
        """Leave a thread that hangs to itself; should it ever return, it reports nothing."""
        self._ending.set()

    @property
    def is_alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    @property
    def is_preparing(self) -> bool:
        """Whether there is no ear yet, or no longer, and the next block waits for one."""
        return self._ear is None

    def hear(self, block: bytes, now: float) -> None:
        """Report what one block leads to; never raises."""
        self.blocks += 1
        try:
            ear = self._usable_ear(now)
            if ear is None:
                return
            for event in ear.feed(block, now):
                if not self._ending.is_set():
                    self._report(event)
        except Exception:  # noqa: BLE001  (a deaf thread that looks alive is worse than any error)
            _log.exception("the recogniser failed and is replaced")
            self._ear = None
            self._set_fault(RECOGNISER, present=True)
        else:
            self.decoded += 1
            self._set_fault(RECOGNISER, present=False)
            self._follow(ear.condition)

    def _run(self) -> None:
        while not self._ending.is_set():
            block = self._source.read(READ_TIMEOUT_S)
            if block is not None:
                self.hear(block, self._monotonic())

    def _follow(self, condition: Condition) -> None:
        if condition is not self.condition:
            _log.warning("the microphone's signal is %s now", condition)
            self.condition = condition

    def _usable_ear(self, now: float) -> Understanding | None:
        """The ear, or a new one if it was lost; None while that must wait."""
        if self._ear is None and now >= self._retry_at:
            self._retry_at = now + RETRY_S
            self._ear = self._make_ear()
        return self._ear

    def _set_fault(self, part: str, *, present: bool) -> None:
        if present and part not in self._faults:
            self._faults.add(part)
            self._report(FaultRaised(part))
        elif not present and part in self._faults:
            self._faults.discard(part)
            self._report(FaultCleared(part))
