"""The end of the process, whichever thread hangs."""

import os
import signal
from enum import IntEnum
from typing import NoReturn


class Exit(IntEnum):
    """How the process ends."""

    STOPPED = 0
    FAILED = 1
    """Whoever watches over it is to start it again."""
    REFUSED = 2
    """Something is missing, or not as it should be, that it cannot do without."""
    RELOAD = 10
    """It is to be started again at once, for the sake of new content and settings."""


def leave_within(seconds: float, code: Exit) -> None:
    """See to it that the process is gone by then; for the main thread to call."""

    def leave(*_: object) -> NoReturn:
        os._exit(code)

    signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def stay() -> None:
    """Take back what ``leave_within`` has arranged."""
    signal.setitimer(signal.ITIMER_REAL, 0)
