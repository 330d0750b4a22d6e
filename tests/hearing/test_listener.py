from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

import pytest

from assistant.dialogue.events import Event, FaultCleared, FaultRaised, Heard
from assistant.hearing.ear import Heeded
from assistant.hearing.gauge import Condition
from assistant.hearing.listener import Listener

SOUND = b"\0\0" * 480
WAIT_S = 5


class Line:
    """A microphone whose blocks are handed in by the test."""

    def __init__(self) -> None:
        self.blocks: SimpleQueue[bytes] = SimpleQueue()

    def read(self, timeout_s: float) -> bytes | None:
        try:
            return self.blocks.get(timeout=timeout_s)
        except Empty:
            return None


class Hearing:
    """An ear that does what the room says with each block, or breaks."""

    def __init__(self, room: "Room") -> None:
        self.condition = Condition.FINE
        self._room = room

    def feed(self, block: bytes, now: float) -> Sequence[Heeded]:  # noqa: ARG002  (a port's shape)
        return self._room.react()


class Room:
    def __init__(self) -> None:
        self.line = Line()
        self.ears: list[Hearing] = []
        self.react: Callable[[], Sequence[Heeded]] = list
        self.may_make_ears = True
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.listener = Listener(self.line, self.make_ear, self.events.put, lambda: 0.0)

    def make_ear(self) -> Hearing:
        if not self.may_make_ears:
            raise MemoryError
        self.ears.append(Hearing(self))
        return self.ears[-1]

    def reported(self) -> list[Event]:
        """All events since the last call."""
        return [self.events.get() for _ in range(self.events.qsize())]

    def next(self) -> Event:
        return self.events.get(timeout=WAIT_S)


@pytest.fixture
def room() -> Room:
    return Room()


def broken() -> Sequence[Heard]:
    raise RuntimeError("the decoder is gone")


def test_what_the_ear_understands_is_reported(room: Room) -> None:
    room.react = lambda: [Heard("Stop")]
    room.listener.start()
    room.line.blocks.put(SOUND)
    assert room.next() == Heard("Stop")
    room.listener.stop()
    assert (room.listener.blocks, room.listener.decoded) == (1, 1)
    assert not room.listener.is_alive


def test_a_recogniser_that_fails_is_replaced_and_the_fault_is_reported(room: Room) -> None:
    room.react = broken
    room.listener.hear(SOUND, 0.0)
    assert room.reported() == [FaultRaised("recogniser")]
    room.react = lambda: [Heard("Stop")]
    room.listener.hear(SOUND, 5.0)
    assert room.reported() == [Heard("Stop"), FaultCleared("recogniser")]
    assert len(room.ears) == 2
    assert (room.listener.blocks, room.listener.decoded) == (2, 1)


def test_one_that_keeps_failing_is_reported_once_and_tried_every_two_seconds(room: Room) -> None:
    room.react = broken
    for block in range(100):
        room.listener.hear(SOUND, block * 0.1)
    assert room.reported() == [FaultRaised("recogniser")]
    assert len(room.ears) == 5


def test_no_memory_for_a_new_recogniser_is_survived(room: Room) -> None:
    room.may_make_ears = False
    room.listener.hear(SOUND, 0.0)
    assert room.reported() == [FaultRaised("recogniser")]
    room.may_make_ears = True
    room.listener.hear(SOUND, 2.0)
    assert room.reported() == [FaultCleared("recogniser")]


def test_what_is_wrong_with_the_microphone_is_no_fault_of_the_recogniser(room: Room) -> None:
    room.listener.hear(SOUND, 0.0)
    for condition in (Condition.QUIET, Condition.MUTED, Condition.FINE, Condition.CLIPPED):
        room.ears[0].condition = condition
        room.listener.hear(SOUND, 1.0)
        assert room.listener.condition is condition
    assert room.reported() == []


def test_without_a_recogniser_it_does_not_start(room: Room) -> None:
    room.may_make_ears = False
    with pytest.raises(MemoryError):
        room.listener.start()
    room.listener.stop()


def test_it_ends_although_the_microphone_is_gone(room: Room) -> None:
    room.listener.start()
    room.listener.stop()
    assert not room.listener.is_alive
