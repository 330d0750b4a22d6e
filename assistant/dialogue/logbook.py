"""The log by voice."""

from assistant.dialogue.events import Event
from assistant.dialogue.turn import Turn


def handle(turn: Turn, event: Event) -> bool:
    """Answer what belongs to the log; true when answered."""
    return False
