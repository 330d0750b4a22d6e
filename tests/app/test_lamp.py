"""The light and the button, on pins that exist in memory only."""

from collections.abc import Iterator

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory

from assistant.app.lamp import Beacon, panel
from assistant.complaint import Complaint
from assistant.dialogue.effects import Signal
from assistant.settings import Gpio


@pytest.fixture(autouse=True)
def pins() -> Iterator[MockFactory]:
    before = gpiozero.Device.pin_factory
    gpiozero.Device.pin_factory = factory = MockFactory()
    yield factory
    factory.reset()
    gpiozero.Device.pin_factory = before


class Shown:
    """A lamp that remembers."""

    def __init__(self) -> None:
        self.signals: list[Signal] = []

    def show(self, signal: Signal) -> None:
        self.signals.append(signal)


def nothing() -> None:
    pass


def test_speech_shows_while_all_is_well() -> None:
    lamp = Shown()
    beacon = Beacon(lamp)
    beacon.show(Signal.LISTENING)
    beacon.follow(is_sounding=True)
    beacon.follow(is_sounding=True)
    beacon.follow(is_sounding=False)
    assert lamp.signals == [Signal.LISTENING, Signal.SPEAKING, Signal.LISTENING]


@pytest.mark.parametrize("signal", [Signal.FAULT, Signal.ASLEEP])
def test_a_fault_is_not_talked_away(signal: Signal) -> None:
    lamp = Shown()
    beacon = Beacon(lamp)
    beacon.show(signal)
    beacon.follow(is_sounding=True)
    assert lamp.signals == [signal]


def test_the_led_is_on_while_listening_and_off_while_asleep(pins: MockFactory) -> None:
    with panel(Gpio(led=17), on_press=nothing, on_hold=nothing) as beacon:
        beacon.show(Signal.LISTENING)
        assert pins.pin(17).state
        beacon.show(Signal.ASLEEP)
        assert not pins.pin(17).state
        beacon.show(Signal.FAULT)
        beacon.show(Signal.LISTENING)
        assert pins.pin(17).state


def test_the_button_stops_as_soon_as_it_goes_down(pins: MockFactory) -> None:
    pressed: list[str] = []
    with panel(Gpio(button=27), on_press=lambda: pressed.append("stop"), on_hold=nothing):
        pins.pin(27).drive_low()
        assert pressed == ["stop"]
        pins.pin(27).drive_high()
        assert pressed == ["stop"]


def test_without_pins_there_is_a_light_that_nobody_sees() -> None:
    with panel(Gpio(), on_press=nothing, on_hold=nothing) as beacon:
        beacon.show(Signal.LISTENING)


def test_one_pin_for_both_is_refused() -> None:
    with (
        pytest.raises(Complaint, match=r"pins of the settings \(\[gpio\]\) cannot be used"),
        panel(Gpio(led=17, button=17), on_press=nothing, on_hold=nothing),
    ):
        pass
