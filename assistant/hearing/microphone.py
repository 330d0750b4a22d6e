"""The microphone: blocks of samples, taken off the audio thread through a bounded queue."""

from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
import soxr

from assistant.complaint import Complaint
from assistant.sound.devices import Direction, fit

if TYPE_CHECKING:
    import sounddevice as sd  # see ``sound/devices.py``

WANTED_RATE_HZ = 16_000
"""The rate recognisers work at; a device that refuses it is opened at its own and resampled."""

BLOCK_S = 0.02
"""Sound in one block: at 30 ms "stop" takes 20 ms longer to silence the coach."""

LATENCY_S = 0.03
"""Buffer asked of the device; how much fits in does not decide how soon it is handed over."""

BACKLOG_S = 3.0
"""Sound kept for a reader that falls behind; what is older is of no use to anybody."""


class Microphone:
    """Hands out mono 16-bit blocks in the order in which they were heard."""

    part = "microphone"

    def __init__(self, device: str | None = None, rate_hz: int = WANTED_RATE_HZ) -> None:
        self.rate_hz = rate_hz
        """Frames per second of the blocks, whatever the device runs at."""
        self.device_rate_hz = rate_hz
        """Frames per second of the device, once it is open."""
        self.device_name = ""
        """Full name of the device in use."""
        self.frames = 0
        """Frames the device has delivered since the beginning; it grows in a silent room too."""
        self.overflows = 0
        """How often the device reported that sound was lost before it reached us."""
        self.dropped_blocks = 0
        """Blocks thrown away because nobody read them in time."""
        self._device = device
        self._converter = _Converter(1, rate_hz, rate_hz)
        self._blocks: SimpleQueue[tuple[bytes, _Converter]] = SimpleQueue()
        self._stream: sd.RawInputStream | None = None

    @property
    def is_running(self) -> bool:
        """Whether the device still delivers, as far as the system knows."""
        return self._stream is not None and bool(self._stream.active)

    def open(self) -> None:
        """Start the stream.

        Raises:
            Complaint: there is no such device, or it cannot be opened.
        """
        import sounddevice as sd

        chosen = fit(self._device, Direction.INPUT, self.rate_hz)
        self._converter = _Converter(chosen.channels, chosen.rate_hz, self.rate_hz)
        try:
            self._stream = sd.RawInputStream(
                device=chosen.device.index,
                samplerate=chosen.rate_hz,
                channels=chosen.channels,
                dtype="int16",
                blocksize=round(BLOCK_S * chosen.rate_hz),
                latency=LATENCY_S,
                callback=self._keep,
            )
            self._stream.start()
        except sd.PortAudioError as error:
            self.close()
            raise Complaint(
                f"The microphone {chosen.device.name!r} cannot be used: {error}"
            ) from error
        self.device_rate_hz = chosen.rate_hz
        self.device_name = chosen.device.name

    def close(self) -> None:
        """Let go of the device; blocks already heard can still be read."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)

    def read(self, timeout_s: float) -> bytes | None:
        """The next block as mono little-endian 16-bit samples, or None when none came in time."""
        try:
            block, converter = self._blocks.get(timeout=timeout_s)
        except Empty:
            return None
        return converter.convert(block)

    def _keep(self, block: bytes, frames: int, _time: object, status: "sd.CallbackFlags") -> None:
        """Called by the audio thread: copy, count, return."""
        if status.input_overflow:
            self.overflows += 1
        if self._blocks.qsize() * BLOCK_S >= BACKLOG_S:
            self._drop_oldest()
        self._blocks.put((bytes(block), self._converter))
        self.frames += frames

    def _drop_oldest(self) -> None:
        try:
            self._blocks.get_nowait()
        except Empty:
            return
        self.dropped_blocks += 1


class _Converter:
    """Makes the blocks of one opening of a device mono, at the rate that is wanted."""

    def __init__(self, channels: int, device_rate_hz: int, rate_hz: int) -> None:
        self._channels = channels
        self._resampler = (
            soxr.ResampleStream(device_rate_hz, rate_hz, 1, dtype="int16", quality="MQ")
            if device_rate_hz != rate_hz
            else None
        )

    def convert(self, block: bytes) -> bytes:
        """The block as the recogniser wants it; a resampler holds back its last few samples."""
        if self._channels > 1:
            frames = np.frombuffer(block, "<i2").reshape(-1, self._channels)
            block = bytes(frames.mean(axis=1).astype("<i2"))
        if self._resampler is not None:
            block = bytes(self._resampler.resample_chunk(np.frombuffer(block, "<i2")))
        return block
