"""Notices parts that hang or keep failing, replaces what can be replaced, and else gives up.

Theory of operation. Each part counts what it does, and a part whose count stands still although
its input moves has hung. Lost devices are not looked at here: the sound card mends them. A
recogniser that raises is replaced by its listener; one that never returns is left behind with its
thread, and a new listener takes over. What cannot be mended within the process ends it: whoever
started it starts it again, and the journal is durable at any moment.
"""

import logging
from collections.abc import Callable

from assistant.app.parts import Parts
from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.hearing.listener import RECOGNISER, Listener

HANG_AFTER_S = 2.75
"""A block takes a few milliseconds, and on the slowest machine not a second."""
PREPARING_S = 30.0
"""Making an ear reads a model from a slow card."""
HOPELESS_AFTER_S = 30.0
"""A recogniser that is made again and again and never decodes anything."""
MOST_REPLACEMENTS = 3
"""Listeners that hang one after the other, none of which has decoded anything."""
MUTE_AFTER_S = 0.5
"""For so long every block of sound that was asked for failed, some fifty of them. A machine that is
slow makes blocks late, and never fails at them."""
CARD_HANGS_AFTER_S = 10.0
"""Opening a device may take seconds; longer than this it never returns."""

_log = logging.getLogger(__name__)


class Unmendable(Exception):  # noqa: N818  (it says how things are)
    """A part has failed for good; only a new process can help."""


class Lag:
    """For how long a part has been given work without getting any of it done."""

    def __init__(self) -> None:
        self._given = self._done = 0
        self._since: float | None = None

    def follow(self, given: int, done: int, now: float) -> float:
        """Take what the part was given and has done so far; gives the seconds of standstill."""
        if done != self._done:
            self._since = None
        elif given != self._given and self._since is None:
            self._since = now
        self._given, self._done = given, done
        return 0.0 if self._since is None else now - self._since


class Supervisor:
    """Looks after the parts of one coach; all on the brain's thread."""

    def __init__(
        self,
        parts: Parts,
        make_listener: Callable[[], Listener],
        report: Callable[[Event], None],
        now: float,
    ) -> None:
        """Begin to watch parts that run already.

        Args:
            parts: what is looked at.
            make_listener: makes another listener for the same microphone, not started.
            report: takes the faults that are found here.
            now: monotonic seconds.
        """
        self.replacements = 0
        """Listeners replaced so far."""
        self._parts = parts
        self._make_listener = make_listener
        self._report = report
        self._reading, self._decoding = Lag(), Lag()
        self._looks, self._looked_at = 0, now
        self._failures, self._frames, self._sounded_at = 0, 0, now
        self._hung_in_a_row = 0

    def look(self, now: float) -> None:
        """See to every part once.

        Raises:
            Unmendable: nothing that can be done here helps.
        """
        self._look_at_card(now)
        self._look_at_speaker(now)
        self._look_at_listener(now)

    def _look_at_card(self, now: float) -> None:
        if (looks := self._parts.card.looks) != self._looks:
            self._looks, self._looked_at = looks, now
        elif now - self._looked_at > CARD_HANGS_AFTER_S:
            raise Unmendable("The sound system does not answer any more.")

    def _look_at_speaker(self, now: float) -> None:
        speaker = self._parts.speaker
        if speaker.failures != self._failures:
            self._failures = speaker.failures
            if now - self._sounded_at > MUTE_AFTER_S:
                raise Unmendable("No sound can be made any more.")
        elif speaker.frames != self._frames:
            self._sounded_at = now
        self._frames = speaker.frames

    def _look_at_listener(self, now: float) -> None:
        listener = self._parts.listener
        unread_s = self._reading.follow(self._parts.microphone.frames, listener.blocks, now)
        undecoded_s = self._decoding.follow(listener.blocks, listener.decoded, now)
        if listener.decoded and self._hung_in_a_row:
            self._hung_in_a_row = 0
            self._report(FaultCleared(RECOGNISER))
        if not listener.is_alive or unread_s > self._patience_s(listener):
            self._replace_listener()
        elif undecoded_s > HOPELESS_AFTER_S:
            raise Unmendable("The recogniser fails again and again.")

    @staticmethod
    def _patience_s(listener: Listener) -> float:
        return PREPARING_S if listener.is_preparing else HANG_AFTER_S

    def _replace_listener(self) -> None:
        if self._hung_in_a_row == MOST_REPLACEMENTS:
            raise Unmendable("The recogniser hangs again and again.")
        _log.error("the recogniser hangs and is replaced")
        self.replacements += 1
        self._hung_in_a_row += 1
        self._report(FaultRaised(RECOGNISER))
        self._parts.listener.abandon()
        self._parts.listener = self._make_listener()
        self._parts.listener.resume()
        self._reading, self._decoding = Lag(), Lag()
