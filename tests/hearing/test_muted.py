"""A microphone that is switched off is told from a silent room, and from no microphone at all."""

import pytest

from assistant.dialogue.events import Event, FaultCleared, FaultRaised, MicrophoneDoubted
from assistant.hearing.gauge import Condition
from assistant.hearing.muted import (
    GATED_PATIENCE_S,
    PATIENCE_S,
    PAUSE_S,
    RINGS_ON_S,
    STEADY_AFTER_S,
    STEADY_PATIENCE_S,
    Attended,
)

RATE_HZ = 16_000
BLOCK_S = 0.03
ZEROS, HISS = bytes(960), b"\1\0" * 480
LOST, BACK = FaultRaised("microphone"), FaultCleared("microphone")


class Room:
    """A coach that sounds when it is told to, and what the microphone makes of it."""

    def __init__(self) -> None:
        self.is_sounding = False
        self.reported: list[Event] = []
        self.next: bytes | None = HISS
        self.microphone = Attended(
            self, RATE_HZ, is_sounding=lambda: self.is_sounding, report=self.reported.append
        )

    def read(self, timeout_s: float) -> bytes | None:  # noqa: ARG002  (a port's shape)
        return self.next

    def passes(self, seconds: float, block: bytes | None, *, coach_sounds: bool = False) -> None:
        self.next, self.is_sounding = block, coach_sounds
        for _ in range(round(seconds / BLOCK_S)):
            assert self.microphone.read(0.5) is block

    @property
    def news(self) -> list[Event]:
        """What was reported since the last look."""
        news, self.reported[:] = [*self.reported], []
        return news


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_room_that_hisses_is_no_fault(room: Room) -> None:
    room.passes(60, HISS)
    assert room.news == []


def test_zeros_mean_that_it_is_switched_off(room: Room) -> None:
    room.passes(5, HISS)
    room.passes(PATIENCE_S - 0.1, ZEROS)
    assert room.news == []
    room.passes(60, ZEROS)
    assert (room.news, room.microphone.condition) == ([LOST], Condition.MUTED)
    room.passes(BLOCK_S, HISS)
    assert (room.news, room.microphone.condition) == ([BACK], Condition.FINE)


def test_one_that_takes_noise_out_of_silence_is_known_by_a_pause(room: Room) -> None:
    room.passes(3, HISS)
    for _ in range(20):
        room.passes(PATIENCE_S - 0.1, ZEROS)
        room.passes(3, HISS)
        room.passes(GATED_PATIENCE_S - 0.1, ZEROS)
        room.passes(3, HISS)
    assert room.news == []
    room.passes(GATED_PATIENCE_S + 0.1, ZEROS)
    assert room.news == [LOST]


def test_in_an_empty_room_it_is_taken_for_switched_off_once(room: Room) -> None:
    room.passes(60, ZEROS)
    assert room.news == [LOST]
    room.passes(1, HISS)
    assert room.news == [BACK]
    for _ in range(20):
        room.passes(GATED_PATIENCE_S - 0.1, ZEROS)
        room.passes(1, HISS)
    assert room.news == []


def test_one_that_never_paused_is_given_less_time(room: Room) -> None:
    room.passes(STEADY_AFTER_S + 1, HISS)
    room.passes(STEADY_PATIENCE_S - 0.1, ZEROS)
    assert room.news == []
    room.passes(0.2, ZEROS)
    assert room.news == [LOST]


def test_unplugged_in_a_set_it_is_missed_within_three_seconds(room: Room) -> None:
    room.passes(STEADY_AFTER_S + 1, HISS)
    for _ in range(3):  # the system hands over a copy of what it plays
        room.passes(0.5, HISS, coach_sounds=True)
        room.passes(0.5, ZEROS)
    assert room.news == [LOST]


def test_music_that_stops_is_taken_for_a_plug_that_was_pulled_ever_more_rarely(room: Room) -> None:
    for number in range(4):
        needed_s = STEADY_AFTER_S * 2**number
        room.passes(needed_s - 5, HISS)
        if number:
            room.passes(GATED_PATIENCE_S - 0.1, ZEROS)
        assert room.news == []
        room.passes(needed_s + 1, HISS)
        room.passes(GATED_PATIENCE_S - 0.1, ZEROS)
        room.passes(3, HISS)
        assert room.news == [LOST, BACK]


def test_a_busy_machine_may_tear_gaps_into_the_sound(room: Room) -> None:
    for _ in range(60):
        room.passes(10, HISS)
        room.passes(0.6, ZEROS)
    assert room.news == []


def test_zeros_while_the_coach_speaks_count_as_well(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS, coach_sounds=True)
    assert room.news == [LOST]


def test_a_copy_of_what_the_coach_plays_is_noticed_in_the_pauses_of_a_set(room: Room) -> None:
    for _ in range(6):
        room.passes(0.5, HISS, coach_sounds=True)
        room.passes(0.5, ZEROS)
    assert room.news == [LOST]


def test_a_microphone_is_not_taken_for_such_a_copy(room: Room) -> None:
    for _ in range(60):
        room.passes(0.4, HISS, coach_sounds=True)
        room.passes(0.6, HISS)
    assert room.news == []


def test_what_delivers_only_what_the_coach_plays_is_no_microphone(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS)
    assert room.news == [LOST]
    for _ in range(5):
        room.passes(3, HISS, coach_sounds=True)
        room.passes(0.3, HISS)
        room.passes(20, ZEROS)
    assert room.news == [MicrophoneDoubted("monitor")]
    assert room.microphone.condition is Condition.MONITOR


def test_it_is_one_after_all_when_somebody_is_heard_in_the_silence(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS)
    room.passes(3, HISS, coach_sounds=True)
    room.passes(20, ZEROS)
    room.passes(1, HISS)
    assert room.news == [LOST, MicrophoneDoubted("monitor"), BACK]


def test_one_that_goes_on_through_a_pause_of_the_coach_is_no_copy_of_it(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS)
    room.passes(1, HISS, coach_sounds=True)
    room.passes(PAUSE_S + 0.05, HISS)
    room.passes(RINGS_ON_S - PAUSE_S - 0.15, HISS, coach_sounds=True)
    assert room.news == [LOST]
    room.passes(0.15, HISS, coach_sounds=True)
    assert room.news == [BACK]
    assert room.microphone.condition is Condition.FINE


def test_a_copy_has_the_pauses_of_the_coach_somewhat_later(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS, coach_sounds=True)
    for _ in range(20):
        room.passes(0.3, HISS)
        room.passes(0.1, HISS, coach_sounds=True)
        room.passes(0.3, ZEROS, coach_sounds=True)
        room.passes(2, HISS, coach_sounds=True)
    assert room.news == [LOST]


def test_sound_that_has_only_begun_in_a_pause_of_the_coach_proves_nothing(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS, coach_sounds=True)
    room.passes(0.1, ZEROS)
    room.passes(0.3, HISS)
    room.passes(3, HISS, coach_sounds=True)
    assert room.news == [LOST]


def test_a_short_gap_between_two_words_of_the_coach_proves_nothing(room: Room) -> None:
    room.passes(PATIENCE_S + 0.1, ZEROS)
    for _ in range(20):
        room.passes(0.5, HISS, coach_sounds=True)
        room.passes(PAUSE_S - 0.05, HISS)
    assert room.news == [LOST]


def test_plugged_in_while_the_coach_says_so_it_is_taken_back_in_its_first_pause(room: Room) -> None:
    room.passes(STEADY_AFTER_S + 1, HISS)
    room.passes(STEADY_PATIENCE_S + 0.1, ZEROS)
    assert room.news == [LOST]
    room.passes(0.2, ZEROS, coach_sounds=True)
    room.passes(0.9, HISS, coach_sounds=True)  # "I cannot hear you."
    room.passes(0.25, HISS)
    room.passes(0.3, HISS, coach_sounds=True)  # "I ended the set after ..."
    assert room.news == [BACK]


def test_a_device_that_delivers_nothing_is_not_its_business(room: Room) -> None:
    room.passes(60, None)
    assert room.news == []
