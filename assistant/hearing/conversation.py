"""Whether people were talking with each other just now.

What follows talk at once and sounds like a sentence is often part of it: people pause for breath,
and behind the pause comes "forty seven". Whoever means the coach can say so.
"""

import math

LEAST_TALK_S = 2.0
"""Less than this may have been something for the coach that it did not understand."""
PAUSE_S = 1.4
"""Between the end of talk, which is known a second late, and the first words, known half a second
late: two seconds of silence. Of ten sentences in half an hour of people who read, nine came so."""


class Conversation:
    """Follows the talk that is heard."""

    def __init__(self) -> None:
        self._began_at = self._ended_at = -math.inf

    def add(self, began_at: float, ended_at: float) -> None:
        """Take note of something that was no sentence."""
        if not self._is_near(began_at):
            self._began_at = began_at
        self._ended_at = ended_at

    def goes_on(self, began_at: float) -> bool:
        """Whether what began then followed upon talk."""
        talked_s = self._ended_at - self._began_at
        return self._is_near(began_at) and talked_s >= LEAST_TALK_S

    def _is_near(self, began_at: float) -> bool:
        return began_at - self._ended_at <= PAUSE_S
