"""Tells aloud, once, that a microphone works but is of little use: too quiet, or overdriven.

The microphone is judged only while it ought to hear the coach: an empty room at night is quiet
without anything being wrong.
"""

from collections.abc import Callable

from assistant.dialogue.events import Event, MicrophoneDoubted
from assistant.hearing.gauge import Condition

LASTS_S = 6.0
"""What is over sooner was a clank, or a cable that was moved."""
AFTER_SOUND_S = 15.0
"""The microphone is judged by the last 20 seconds; so long after a prompt it is among them."""
TOLD = (Condition.QUIET, Condition.CLIPPED)


class Doubts:
    """Watches one microphone, on the brain's thread."""

    def __init__(self, post: Callable[[Event], None]) -> None:
        """Args: what takes the event."""
        self._post = post
        self._told: set[Condition] = set()
        self._condition = Condition.FINE
        self._since = 0.0
        self._sounded_at = -AFTER_SOUND_S

    def look(self, condition: Condition, now: float, *, is_sounding: bool, may_tell: bool) -> None:
        """See how the microphone is.

        Args:
            condition: what is wrong with it.
            now: monotonic seconds.
            is_sounding: whether the coach makes a sound.
            may_tell: whether nobody is in the middle of anything.
        """
        if is_sounding:
            self._sounded_at = now
        if condition is not self._condition:
            self._condition, self._since = condition, now
        ought_to_hear = now - self._sounded_at < AFTER_SOUND_S
        is_sure = now - self._since >= LASTS_S and ought_to_hear
        if condition in TOLD and condition not in self._told and is_sure and may_tell:
            self._told.add(condition)
            self._post(MicrophoneDoubted(condition))
