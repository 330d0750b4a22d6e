"""Keeps the streams of this process alive: notices a dead one and opens it again.

Theory of operation. A device that was unplugged raises nothing: its callback is simply not called
any more, whereas a silent room still delivers zeros. So a stream is *lost* when its frame count
stands still. A lost stream is first opened again alone. If that is not enough, the devices have to
be counted anew, which ends every stream of the process: all are closed, and all are opened again.
That makes a gap in whatever is being said, so it waits for a pause, but not for long: a gap in a
sentence is less harm than not to hear "stop".
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.complaint import Complaint
from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.sound import devices

LOST_AFTER_S = 2.0
"""Without a single frame for so long, a stream counts as lost."""
RETRY_S = (0.25, 0.5, 1.0, 2.0)
"""Waits after the first failed attempts to open a stream again; the last one repeats."""
PATIENCE_S = 2.0
"""The longest that speech may put off counting the devices anew."""
LOOK_EVERY_S = 0.2
SPEAKER = "speaker"
"""The part whose interruption is heard."""


class Stream(Protocol):
    """A microphone or a loudspeaker."""

    part: str
    """What events call it."""

    @property
    def frames(self) -> int:
        """Frames that have passed; it grows as long as the device lives."""

    @property
    def is_running(self) -> bool:
        """False once the system knows that the stream has ended."""

    def open(self) -> None:
        """Start; raises ``Complaint``."""

    def close(self) -> None:
        """Stop; never raises."""


@dataclass(slots=True)
class _Watch:
    """One stream, and what is known about its health."""

    stream: Stream
    frames: int = 0
    moved_at: float = 0.0
    """When frames were last seen to pass, or the stream was opened."""
    lost_at: float | None = None
    attempts: int = 0
    retry_at: float = 0.0

    def is_starved(self, now: float) -> bool:
        """Whether nothing passes, and nothing is to be expected."""
        return not self.stream.is_running or now - self.moved_at >= LOST_AFTER_S

    def is_due(self, now: float) -> bool:
        """Whether another attempt to open it should be made."""
        return self.lost_at is not None and now >= self.retry_at and self.is_starved(now)

    def open(self, now: float) -> Complaint | None:
        """Open the stream, or open it again; an attempt that fails is repeated later."""
        self.attempts += 1
        self.retry_at = now + RETRY_S[min(self.attempts, len(RETRY_S)) - 1]
        self.frames, self.moved_at = self.stream.frames, now
        self.stream.close()
        try:
            self.stream.open()
        except Complaint as complaint:
            return complaint
        return None


class SoundCard:
    """Opens streams, watches them, and opens them again when their device was gone.

    ``is_sounding`` tells whether the coach is in the middle of saying or counting something.
    ``report`` receives ``FaultRaised`` and ``FaultCleared``, once for each loss. Opening and
    closing happens on one thread at a time: the caller's in ``open`` and ``close``, and in between
    on that of ``watch``.
    """

    def __init__(
        self,
        streams: Sequence[Stream],
        report: Callable[[Event], None],
        monotonic: Callable[[], float],
        *,
        is_sounding: Callable[[], bool],
        count_devices: Callable[[], None] = devices.count_again,
    ) -> None:
        self.looks = 0
        """How often the streams were looked at; it grows while the watching thread lives."""
        self._watches = [_Watch(stream) for stream in streams]
        self._report = report
        self._monotonic = monotonic
        self._is_sounding = is_sounding
        self._count_devices = count_devices
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound card", daemon=True)

    def open(self) -> dict[str, Complaint]:
        """Open all streams; what failed comes back by part, and is tried again while watching."""
        now = self._monotonic()
        failed: dict[str, Complaint] = {}
        for watch in self._watches:
            complaint = watch.open(now)
            if complaint is not None:
                failed[watch.stream.part] = complaint
                self._lose(watch, now)
        return failed

    def watch(self) -> None:
        """Start the thread that looks after the streams."""
        self._thread.start()

    def close(self) -> None:
        """End the thread and close all streams."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()
        for watch in self._watches:
            watch.stream.close()

    def tend(self) -> None:
        """Look at every stream once, and do what is due."""
        now = self._monotonic()
        for watch in self._watches:
            self._look(watch, now)
        due = [watch for watch in self._watches if watch.is_due(now)]
        if any(watch.attempts for watch in due):
            if self._may_interrupt(due, now):
                self._open_all_again(now)
        else:
            for watch in due:
                watch.open(now)
        self.looks += 1

    def _look(self, watch: _Watch, now: float) -> None:
        if watch.stream.frames != watch.frames:
            watch.frames, watch.moved_at = watch.stream.frames, now
            if watch.lost_at is not None and watch.stream.is_running:
                watch.lost_at = None
                self._report(FaultCleared(watch.stream.part))
        elif watch.lost_at is None and watch.is_starved(now):
            watch.attempts = 0
            self._lose(watch, now)

    def _lose(self, watch: _Watch, now: float) -> None:
        watch.lost_at = now
        self._report(FaultRaised(watch.stream.part))

    def _may_interrupt(self, due: Sequence[_Watch], now: float) -> bool:
        """Whether closing every stream now would tear nothing that is being heard."""
        waited_s = max(now - (watch.lost_at or now) for watch in due)
        speaker_lives = all(watch.stream.part != SPEAKER for watch in due)
        return not (speaker_lives and self._is_sounding()) or waited_s >= PATIENCE_S

    def _open_all_again(self, now: float) -> None:
        for watch in self._watches:
            watch.stream.close()
        self._count_devices()
        for watch in self._watches:
            if watch.open(now) is not None and watch.lost_at is None:
                self._lose(watch, now)

    def _run(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            self.tend()
