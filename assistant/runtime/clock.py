"""The only place that reads a clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Two clocks that are never mixed: one for durations, one for dates."""

    def monotonic(self) -> float:
        """Seconds that only ever grow, for the dialogue and its deadlines."""

    def wall(self) -> datetime:
        """The date and time in UTC, for log stamps and reminders only."""


def processor_s() -> float:
    """Seconds of processor time that this process has used, to tell what something costs."""
    return time.process_time()


class SystemClock:
    """The clocks of this computer."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()  # noqa: TID251  (this module is the one that reads clocks)

    def wall(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  (this module is the one that reads clocks)


class VirtualClock:
    """Clocks that stand still until they are moved, for simulations and tests."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self.elapsed_s = 0.0

    def monotonic(self) -> float:
        """Seconds since the simulation began."""
        return self.elapsed_s

    def wall(self) -> datetime:
        """The simulated date and time."""
        return self._start + timedelta(seconds=self.elapsed_s)

    def seconds_to(self, moment: datetime) -> float:
        """The virtual seconds at which that date and time is reached."""
        return (moment - self._start).total_seconds()
