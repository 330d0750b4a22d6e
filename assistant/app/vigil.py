"""Tells the service manager when the coach is ready, and that it is still alive.

Ready means that sound comes in, that it is decoded, that sound goes out, and that there is a
voice. The watchdog is fed when all three counts have moved since it was fed last, and by nothing
else: a thread that only says it lives proves nothing.
"""

from assistant.app.health import Health
from assistant.app.parts import Parts, Pulse
from assistant.service.notifier import Notifier

START_WITHIN_S = 60.0
"""The manager is asked for so much more time while a device is missing."""
TELL_EVERY_S = 5.0
FEEDS_PER_PERIOD = 3
"""How often the watchdog is fed in the time after which it bites."""


class Vigil:
    """Watches one coach, on the brain's thread."""

    def __init__(self, notifier: Notifier, parts: Parts, health: Health, now: float) -> None:
        """Begin with a coach that is not ready.

        Args:
            notifier: the line to the service manager.
            parts: what has to move.
            health: knows the faults.
            now: monotonic seconds.
        """
        self.is_ready = False
        """Whether everything has worked at least once."""
        self._notifier = notifier
        self._parts = parts
        self._health = health
        self._pulse = self._first = parts.pulse
        self._told_at = now - TELL_EVERY_S
        period_s = notifier.watchdog_s
        self._feed_every_s = period_s / FEEDS_PER_PERIOD if period_s else TELL_EVERY_S
        self._fed_at = now

    def look(self, now: float, *, has_voice: bool) -> None:
        """Tell what has to be told now."""
        if self.is_ready:
            self._feed(now)
            self._notifier.status(self.status)
        elif has_voice and not self._health.faults and self._moves():
            self.is_ready = True
            self._fed_at, self._pulse = now, self._parts.pulse
            self._notifier.ready(self.status)
            self._notifier.alive()  # or the time asked for to start in would still put it off
        elif now - self._told_at >= TELL_EVERY_S:
            self._told_at = now
            self._notifier.starting(f"starting; {self.status}", START_WITHIN_S)

    @property
    def status(self) -> str:
        """One line for ``systemctl status``."""
        faults = self._health.faults
        return f"has failed: {', '.join(faults)}" if faults else "listening"

    def _moves(self) -> bool:
        return self._parts.pulse.has_moved_since(self._first)

    def _feed(self, now: float) -> None:
        if now - self._fed_at < self._feed_every_s:
            return
        pulse: Pulse = self._parts.pulse
        if pulse.has_moved_since(self._pulse):
            self._fed_at, self._pulse = now, pulse
            self._notifier.alive()
