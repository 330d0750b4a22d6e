"""How often the service has been started without coming to anything, and how long to wait then.

systemd starts a service that ends again and again at the same short interval, unless it is 254 or
newer. So each start is written down in a folder that lives as long as the service is wanted, and
one that follows on several short lives waits, the longer the more of them there were.
"""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

FILE = "attempts.json"
FREE = 3
"""So many short lives in a row are followed by another start at once."""
FIRST_WAIT_S, LONGEST_WAIT_S = 2.0, 120.0
LONG_LIFE_S = 60.0
"""Whoever has lived for so long has come to something."""


class Attempts:
    """The starts of one service, across its processes."""

    def __init__(self, folder: Path | None, monotonic: Callable[[], float]) -> None:
        """Look at nothing yet.

        Args:
            folder: where the count is kept; without one nobody ever waits.
            monotonic: seconds since the machine was started, the same for every process.
        """
        self._file = folder / FILE if folder is not None else None
        self._monotonic = monotonic

    def begin(self) -> float:
        """Count this start; gives the seconds it should wait before it does anything."""
        now = self._monotonic()
        short_lives, acts_at = self._read()
        if now - acts_at >= LONG_LIFE_S:
            short_lives = 0
        wait_s = _wait_s(short_lives)
        self._write(short_lives + 1, now + wait_s)
        return wait_s

    def forget(self) -> None:
        """The end was asked for: the next start is the first."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        """How many starts came to nothing so far, and when the last of them began to act."""
        if self._file is None:
            return 0, 0.0
        try:
            starts, acts_at = json.loads(self._file.read_text(encoding="utf-8"))
            return int(starts), float(acts_at)
        except (OSError, ValueError, TypeError):
            return 0, 0.0

    def _write(self, starts: int, acts_at: float) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.write_text(json.dumps([starts, acts_at]), encoding="utf-8")


def _wait_s(short_lives: int) -> float:
    if short_lives < FREE:
        return 0.0
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(short_lives - FREE, 10))
