"""The sound devices of this machine: chosen by name, opened at a rate they take.

PortAudio begins when it is first imported, and what lies below it refuses to work in a copy of a
process in which it has begun (``app/keeper.py``). So whoever needs it imports it in that moment.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.complaint import Complaint

COMMON_RATES_HZ = (48_000, 44_100, 22_050, 16_000)
"""Tried in this order where a device takes neither the wanted rate nor its own default."""


class Direction(StrEnum):
    """Which way the sound goes."""

    INPUT = "input"
    OUTPUT = "output"

    @property
    def noun(self) -> str:
        """What people call a device of this kind."""
        return "microphone" if self is Direction.INPUT else "speaker"


@dataclass(frozen=True, slots=True)
class Device:
    """One microphone or loudspeaker, as it was when the devices were last counted."""

    index: int
    """Its place in the list; it changes from boot to boot, so nobody outside keeps it."""
    name: str
    channels: int
    """The most channels it has in the direction asked for."""
    rate_hz: int
    """The rate it runs at by itself."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A device and the format it has agreed to."""

    device: Device
    rate_hz: int
    channels: int


def devices(direction: Direction) -> tuple[Device, ...]:
    """All devices that can be used in this direction."""
    import sounddevice as sd

    return tuple(
        _device(info, direction)
        for info in sd.query_devices()
        if info[f"max_{direction}_channels"] > 0
    )


def choose(wanted: str | None, direction: Direction) -> Device:
    """The device whose name contains ``wanted`` (any case), or the system's default.

    Raises:
        Complaint: there is none, or several, or ``wanted`` is a number.
    """
    found = devices(direction)
    if not found:
        raise Complaint(
            f"There is no {direction.noun} on this machine: plug one in, and see that this user"
            " may use it (group audio, or a running PipeWire or PulseAudio)."
        )
    if wanted is None:
        return _default(found, direction)
    if wanted.strip().isdigit():
        raise Complaint(
            f"The {direction.noun} is chosen by name, not by the number {wanted.strip()!r}: numbers"
            f" change when devices come and go. {_listed(found)}"
        )
    return _only_match(wanted, found, direction)


def fit(wanted: str | None, direction: Direction, rate_hz: int, *, fixed_rate: bool = False) -> Fit:
    """The chosen device with a format it takes: mono before stereo, ``rate_hz`` before others.

    Args:
        wanted: part of the device's name; None takes the system's default.
        direction: microphone or loudspeaker.
        rate_hz: the rate the program would like.
        fixed_rate: another rate is of no use.

    Raises:
        Complaint: no such device, or it refuses: another program holds it, or it is gone.
    """
    import sounddevice as sd

    device = choose(wanted, direction)
    check = sd.check_input_settings if direction is Direction.INPUT else sd.check_output_settings
    rates_hz = (rate_hz,) if fixed_rate else (rate_hz, device.rate_hz, *COMMON_RATES_HZ)
    reason = ""
    for rate, channels in _formats(device, rates_hz):
        try:
            check(device=device.index, channels=channels, samplerate=rate)
        except sd.PortAudioError as error:
            reason = reason or str(error)
        else:
            return Fit(device, rate, channels)
    at_rate = f" at {rate_hz} Hz" if fixed_rate else ""
    raise Complaint(
        f"The {direction.noun} {device.name!r} cannot be opened{at_rate} ({reason}): another"
        " program may hold it, or it was unplugged."
    )


def count_again() -> None:
    """Look for devices anew. All open streams must be closed before: they would not survive.

    PortAudio counts the devices once, when it is initialised, and never notices that one was
    plugged in. Terminating and initialising it again is what its Python binding's author advises.
    """
    import sounddevice as sd

    with contextlib.suppress(sd.PortAudioError):  # it has failed to begin
        sd._terminate()  # noqa: SLF001  (the binding offers no public name for it)
    with contextlib.suppress(sd.PortAudioError):  # then opening fails as well, and says why
        sd._initialize()  # noqa: SLF001  (as above)


def _device(info: dict[str, object], direction: Direction) -> Device:
    return Device(
        index=int(str(info["index"])),
        name=str(info["name"]),
        channels=int(str(info[f"max_{direction}_channels"])),
        rate_hz=round(float(str(info["default_samplerate"]))),
    )


def _default(found: tuple[Device, ...], direction: Direction) -> Device:
    """PortAudio's default, or the first device where it has none."""
    import sounddevice as sd

    index = sd.default.device[0 if direction is Direction.INPUT else 1]
    return next((device for device in found if device.index == index), found[0])


def _only_match(wanted: str, found: tuple[Device, ...], direction: Direction) -> Device:
    key = wanted.strip().casefold()
    matches = [device for device in found if key in device.name.casefold()]
    exact = [device for device in matches if device.name.casefold() == key]
    if len(exact) == 1 or len(matches) == 1:
        return (exact or matches)[0]
    number = "No" if not matches else "More than one"
    raise Complaint(f"{number} {direction.noun} has {wanted!r} in its name. {_listed(found)}")


def _listed(found: tuple[Device, ...]) -> str:
    return "There is: " + ", ".join(repr(device.name) for device in found) + "."


def _formats(device: Device, rates_hz: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    for rate_hz in rates_hz:
        yield from ((rate_hz, channels) for channels in (1, 2) if channels <= device.channels)
