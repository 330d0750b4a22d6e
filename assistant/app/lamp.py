"""The light and the button beside the machine, where there are any."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from assistant.complaint import Complaint
from assistant.dialogue.effects import Signal
from assistant.runtime.ports import Lamp
from assistant.settings import Gpio

HOLD_S = 1.5
"""A button that is held down for so long means more than stop."""
SLOW_S, FAST_S = 0.5, 0.1
"""Seconds of light, and of darkness, while the coach speaks, and while something is wrong."""


class NoLamp:
    """There is no light beside the machine."""

    def show(self, signal: Signal) -> None:
        """Do nothing."""


class Led:
    """A light on a pin: on while listening, off while asleep, slow and fast blinking between."""

    def __init__(self, led: Any) -> None:
        """Args: gpiozero's LED."""
        self._led = led

    def show(self, signal: Signal) -> None:
        """Show one signal until the next."""
        match signal:
            case Signal.LISTENING:
                self._led.on()
            case Signal.SPEAKING:
                self._led.blink(SLOW_S, SLOW_S)
            case Signal.FAULT:
                self._led.blink(FAST_S, FAST_S)
            case Signal.ASLEEP:
                self._led.off()


class Beacon:
    """Shows what the dialogue asks for, and that the coach speaks while all is well."""

    def __init__(self, lamp: Lamp) -> None:
        """Args: what lights up."""
        self._lamp = lamp
        self._asked = Signal.ASLEEP
        self._shown: Signal | None = None
        self._is_sounding = False

    def show(self, signal: Signal) -> None:
        """Show one signal until the next."""
        self._asked = signal
        self._refresh()

    def follow(self, *, is_sounding: bool) -> None:
        """Take note whether the coach can be heard now."""
        self._is_sounding = is_sounding
        self._refresh()

    def _refresh(self) -> None:
        speaks = self._is_sounding and self._asked is Signal.LISTENING
        signal = Signal.SPEAKING if speaks else self._asked
        if signal is not self._shown:
            self._shown = signal
            self._lamp.show(signal)


@contextlib.contextmanager
def panel(
    pins: Gpio, *, on_press: Callable[[], None], on_hold: Callable[[], None]
) -> Iterator[Beacon]:
    """The light, and a button that is heard, for as long as the context lasts.

    Args:
        pins: where they are connected, if they are.
        on_press: called on a thread of its own as soon as the button goes down.
        on_hold: the same, when it has been held down.

    Raises:
        Complaint: pins are chosen, but this machine has none, or they are in use.
    """
    if pins.led is None and pins.button is None:
        yield Beacon(NoLamp())
        return
    try:
        import gpiozero
    except ImportError:
        raise Complaint(
            "The settings name pins ([gpio]), which needs gpiozero:"
            " pip install 'workout-assistant[gpio]'"
        ) from None
    with contextlib.ExitStack() as stack:
        try:
            lamp: Lamp = NoLamp()
            if pins.led is not None:
                lamp = Led(stack.enter_context(gpiozero.LED(pins.led)))
            if pins.button is not None:
                button = stack.enter_context(gpiozero.Button(pins.button, hold_time=HOLD_S))
                button.when_pressed = on_press
                button.when_held = on_hold
        except gpiozero.GPIOZeroError as error:
            raise Complaint(f"The pins of the settings ([gpio]) cannot be used: {error}") from error
        yield Beacon(lamp)
