"""The one queue through which everything reaches the brain thread."""

from queue import Empty, SimpleQueue

from assistant.dialogue.events import Event


class Inbox:
    """Events in the order in which they were posted, from any thread."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Event | None] = SimpleQueue()

    def post(self, event: Event) -> None:
        """Hand an event to the brain; returns at once."""
        self._queue.put(event)

    def wake(self) -> None:
        """Make a waiting ``take`` return although nothing has happened."""
        self._queue.put(None)

    def take(self, timeout_s: float) -> list[Event]:
        """All events posted so far, after waiting at most ``timeout_s`` for a first one."""
        events: list[Event] = []
        try:
            first = self._queue.get(timeout=max(0.0, timeout_s))
            while True:
                if first is not None:
                    events.append(first)
                first = self._queue.get_nowait()
        except Empty:
            return events
