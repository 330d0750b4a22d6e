"""A lost stream is noticed, mended and reported, on a clock that the test moves."""

from dataclasses import dataclass, field

import pytest

from assistant.complaint import Complaint
from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.sound.card import SoundCard


@dataclass
class Machine:
    """The devices of a machine, and which of them are plugged in."""

    now: float = 0.0
    plugged: set[str] = field(default_factory=lambda: {"microphone", "speaker"})
    counted: set[str] = field(default_factory=lambda: {"microphone", "speaker"})
    """Devices that were there when they were last counted."""
    counts: int = 0
    is_sounding: bool = False

    def count(self) -> None:
        self.counts += 1
        self.counted = set(self.plugged)

    def monotonic(self) -> float:
        return self.now


class Stream:
    """Moves a frame a look while its device is there and it was opened after it came back."""

    def __init__(self, part: str, machine: Machine) -> None:
        self.part = part
        self.opened = 0
        self._machine = machine
        self._is_open = False
        self._frames = 0

    @property
    def frames(self) -> int:
        if self._is_open and self.part in self._machine.plugged:
            self._frames += 1
        return self._frames

    @property
    def is_running(self) -> bool:
        return self._is_open

    def open(self) -> None:
        self.opened += 1
        if self.part not in self._machine.plugged & self._machine.counted:
            raise Complaint(f"no {self.part}")
        self._is_open = True

    def close(self) -> None:
        self._is_open = False


class Bench:
    """A sound card with two streams, and what it reported."""

    def __init__(self) -> None:
        self.machine = Machine()
        self.microphone = Stream("microphone", self.machine)
        self.speaker = Stream("speaker", self.machine)
        self.reported: list[tuple[float, Event]] = []
        self.card = SoundCard(
            [self.microphone, self.speaker],
            lambda event: self.reported.append((self.machine.now, event)),
            self.machine.monotonic,
            is_sounding=lambda: self.machine.is_sounding,
            count_devices=self.machine.count,
        )

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds * 4)):
            self.machine.now += 0.25
            self.card.tend()

    def unplug(self, part: str) -> None:
        self.machine.plugged.discard(part)
        self.machine.counted.discard(part)

    def plug(self, part: str) -> None:
        self.machine.plugged.add(part)


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    assert bench.card.open() == {}
    return bench


def test_streams_that_move_are_left_alone(bench: Bench) -> None:
    bench.run(3600)
    assert bench.reported == []
    assert (bench.microphone.opened, bench.speaker.opened, bench.machine.counts) == (1, 1, 0)


def test_a_stream_that_stands_still_for_two_seconds_is_lost(bench: Bench) -> None:
    bench.run(10)
    bench.unplug("microphone")
    bench.run(1.75)
    assert bench.reported == []
    bench.run(10)
    assert bench.reported == [(12.0, FaultRaised("microphone"))]


def test_it_works_again_within_three_seconds_of_being_plugged_in(bench: Bench) -> None:
    bench.unplug("microphone")
    bench.run(60)
    bench.plug("microphone")
    bench.run(3)
    at, event = bench.reported[-1]
    assert event == FaultCleared("microphone")
    assert at - 60 <= 3
    bench.run(60)
    assert len(bench.reported) == 2


def test_a_stream_is_first_opened_alone_and_then_all_of_them_anew(bench: Bench) -> None:
    bench.unplug("microphone")
    bench.run(2)
    assert (bench.microphone.opened, bench.machine.counts) == (2, 0)
    bench.run(0.5)
    assert bench.machine.counts == 1
    assert bench.speaker.opened == 2


def test_counting_the_devices_waits_for_a_pause_in_speech(bench: Bench) -> None:
    bench.machine.is_sounding = True
    bench.unplug("microphone")
    bench.run(3.75)
    assert bench.machine.counts == 0
    bench.machine.is_sounding = False
    bench.run(0.5)
    assert bench.machine.counts == 1


def test_speech_puts_it_off_for_two_seconds_at_most(bench: Bench) -> None:
    bench.machine.is_sounding = True
    bench.unplug("microphone")
    bench.run(3.75)
    assert bench.machine.counts == 0
    bench.run(0.25)
    assert bench.machine.counts == 1


def test_speech_that_nobody_hears_is_not_waited_for(bench: Bench) -> None:
    bench.machine.is_sounding = True
    bench.unplug("speaker")
    bench.run(3)
    assert bench.machine.counts >= 1


def test_a_device_missing_from_the_start_is_reported_and_taken_when_it_comes() -> None:
    bench = Bench()
    bench.unplug("speaker")
    failed = bench.card.open()
    assert [str(complaint) for complaint in failed.values()] == ["no speaker"]
    bench.plug("speaker")
    bench.run(3)
    assert [event for _, event in bench.reported] == [
        FaultRaised("speaker"),
        FaultCleared("speaker"),
    ]


def test_attempts_become_rarer_but_never_end(bench: Bench) -> None:
    bench.unplug("microphone")
    bench.run(60)
    before = bench.machine.counts
    bench.run(600)
    assert bench.machine.counts - before == 300
