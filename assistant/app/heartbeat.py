"""Shows whoever keeps this process that it runs, for as long as it does.

A beat is a byte in a pipe. It says no more than that threads of this process are let run: what they
come to is judged by others, within the process (``guard``, ``supervisor``) and outside (``vigil``).
"""

import contextlib
import os
from threading import Event as Flag
from threading import Thread

BEAT_EVERY_S = 0.25
NOBODY_IS_THERE = 1
"""Exit code of a process that has lost its keeper, and is to be started with another one."""


class Heartbeat:
    """Beats on a thread of its own until the process ends."""

    def __init__(self, pipe: int) -> None:
        """Begin; ``pipe`` is the descriptor to write to."""
        os.set_blocking(pipe, False)
        self._pipe = pipe
        Thread(target=self._run, name="heartbeat", daemon=True).start()

    def _run(self) -> None:
        never = Flag()
        while True:
            try:
                with contextlib.suppress(BlockingIOError):  # nobody reads it just now
                    os.write(self._pipe, b".")
            except OSError:
                os._exit(NOBODY_IS_THERE)
            never.wait(BEAT_EVERY_S)
