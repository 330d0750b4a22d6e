"""The audio server dies, or a device falls silent, under streams that are in use."""

import time
from collections.abc import Iterator
from queue import SimpleQueue

import numpy as np
import pytest

from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.hearing.microphone import Microphone
from assistant.sound.card import SoundCard
from assistant.speaking.speaker import Speaker
from tests.soundcard import VirtualSoundCard

PATIENCE_S = 10


class Coach:
    """A microphone and a speaker under supervision."""

    def __init__(self) -> None:
        self.events: SimpleQueue[Event] = SimpleQueue()
        self.microphone = Microphone()
        self.speaker = Speaker()
        self.speaker.play(lambda frames: np.full(frames, 0.1, np.float32))
        self.card = SoundCard(
            [self.microphone, self.speaker],
            self.events.put,
            time.monotonic,  # noqa: TID251  (a real device lives in real time)
            is_sounding=lambda: False,
        )

    def next_events(self, count: int) -> set[Event]:
        return {self.events.get(timeout=PATIENCE_S) for _ in range(count)}


@pytest.fixture
def coach(sound_card: VirtualSoundCard) -> Iterator[Coach]:
    coach = Coach()
    assert coach.card.open() == {}
    coach.card.watch()
    yield coach
    coach.card.close()


def test_both_streams_come_back_after_the_audio_server(
    sound_card: VirtualSoundCard, coach: Coach
) -> None:
    sound_card.kill()
    assert coach.next_events(2) == {FaultRaised("microphone"), FaultRaised("speaker")}
    sound_card.start()
    assert coach.next_events(2) == {FaultCleared("microphone"), FaultCleared("speaker")}
    with sound_card.record() as room:
        assert room.wait_for_coach(0, timeout_s=5)
    while coach.microphone.read(timeout_s=0) is not None:
        pass
    assert coach.microphone.read(timeout_s=5) is not None


def test_a_microphone_that_delivers_nothing_any_more_is_lost_although_it_seems_open(
    sound_card: VirtualSoundCard, coach: Coach
) -> None:
    sound_card.suspend_microphone()
    assert coach.events.get(timeout=PATIENCE_S) == FaultRaised("microphone")
    sound_card.resume_microphone()
    assert coach.events.get(timeout=PATIENCE_S) == FaultCleared("microphone")
    assert coach.speaker.is_running
