"""The loudspeaker: one output stream that stays open, silent or not."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.complaint import Complaint
from assistant.sound.devices import Direction, fit

if TYPE_CHECKING:
    import sounddevice as sd  # see ``sound/devices.py``

WANTED_RATE_HZ = 48_000
"""The rate that most sound cards run at by themselves."""

LATENCY_S = 0.05
"""Sound buffered ahead: short enough for a stop, long enough for Python on a busy small machine."""

PRIORITY = 10
"""Real-time priority of the audio threads: above all that computes, below the kernel's own."""

Render = Callable[[int], NDArray[np.float32]]
"""Gives the next so many frames, mono, between -1 and 1."""


class Speaker:
    """Plays what ``render`` gives, for as long as it is open.

    A stream that is opened for each sound loses the first syllable while the device wakes up;
    this one plays silence in between. The device is opened at ``rate_hz`` where it can be, and at
    a rate of its own otherwise; from the first ``play`` on the rate is settled for good.
    """

    part = "speaker"

    def __init__(
        self,
        device: str | None = None,
        rate_hz: int = WANTED_RATE_HZ,
        latency_s: float = LATENCY_S,
    ) -> None:
        self.rate_hz = rate_hz
        """Frames per second; the true rate once ``open`` has returned."""
        self.device_name = ""
        """Full name of the device in use."""
        self.frames = 0
        """Frames handed to the device since the beginning; it grows while the stream lives."""
        self.underruns = 0
        """How often the device ran dry."""
        self.failures = 0
        """How often ``render`` raised, and silence was played in its place."""
        self._device = device
        self._latency_s = latency_s
        self._render: Render | None = None
        self._stream: sd.OutputStream | None = None

    @property
    def latency_s(self) -> float:
        """Seconds from a frame's rendering to its sounding, as the device reports it."""
        return float(self._stream.latency) if self._stream else self._latency_s

    @property
    def is_running(self) -> bool:
        """Whether the device is still asking for sound, as far as the system knows."""
        return self._stream is not None and bool(self._stream.active)

    def play(self, render: Render) -> None:
        """Take all sound from ``render`` from now on; it is called on the audio thread."""
        self._render = render

    def open(self) -> None:
        """Start the stream.

        Raises:
            Complaint: there is no such device, or it cannot be opened.
        """
        import sounddevice as sd

        chosen = fit(
            self._device, Direction.OUTPUT, self.rate_hz, fixed_rate=self._render is not None
        )
        try:
            with real_time():
                self._stream = sd.OutputStream(
                    device=chosen.device.index,
                    samplerate=chosen.rate_hz,
                    channels=chosen.channels,
                    dtype="float32",
                    latency=self._latency_s,
                    callback=self._fill,
                )
                self._stream.start()
        except sd.PortAudioError as error:
            self.close()
            raise Complaint(
                f"The speaker {chosen.device.name!r} cannot be used: {error}"
            ) from error
        self.rate_hz = chosen.rate_hz
        self.device_name = chosen.device.name

    def close(self) -> None:
        """Let go of the device; it may be opened again."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def _fill(
        self,
        out: NDArray[np.float32],
        frames: int,
        _time: object,
        status: "sd.CallbackFlags",
    ) -> None:
        """Called by the audio thread: no locks, no logging, and no exception may leave it."""
        if status.output_underflow:
            self.underruns += 1
        try:
            if self._render is None:
                out.fill(0.0)
            else:
                out[:] = self._render(frames)[:, np.newaxis]
        except Exception:  # noqa: BLE001  (an exception here would end the stream without a word)
            out.fill(0.0)
            self.failures += 1
        self.frames += frames


@contextlib.contextmanager
def real_time() -> Iterator[None]:
    """Let threads begun inside go before all others, where the system allows it.

    On a machine whose cores are all busy, any other thread may wait for longer than a buffer lasts.
    A thread inherits the priority of the one that begins it, which gets its own back at the end.
    Where real-time priority is not granted they are threads like any other.
    """
    if sys.platform != "linux":
        yield
        return
    policy, parameter = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))
    except PermissionError:
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, parameter)
