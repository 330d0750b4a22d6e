"""The training log on disk: people, sessions, sets, reminders; and apart from it, pain."""

from assistant.journal.moments import local_zone
from assistant.journal.store import Journal

__all__ = ["Journal", "local_zone"]
