"""A busy room: only what is addressed to the coach, or cannot wait, is meant for it."""

from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Live

WAKE_WORD = "coach"
"""Part of the fillers "okay coach", "hey coach" and "coach", so every sentence may carry it."""


class AddressedMatcher(Matcher):
    """Finds the intent of texts that name the coach first or last; of urgent ones, always."""

    def match(self, text: str) -> Match | None:
        """Meaning of ``text``, or None when it is no sentence or is not addressed to the coach."""
        match = super().match(text)
        if match is None or match.live is Live.URGENT or is_addressed(text):
            return match
        return None


def is_addressed(text: str) -> bool:
    """Whether a text names the coach first or last."""
    words = text.lower().split()
    return WAKE_WORD in (*words[:2], *words[-1:])
