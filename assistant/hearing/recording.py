"""Keeps what the microphone delivered, for whoever looks for an error; nobody does by default.

The files lie in a folder for their owner only, each a minute long, and the oldest go when together
they are larger than allowed. A disk that refuses ends the recording and nothing else.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import soundfile

from assistant.hearing.listener import BlockSource

PIECE_S = 60
"""Length of a file; with a crash the last of them is cut short at most."""
PATTERN = "heard-*.wav"

_BYTES_A_SAMPLE = 2
_log = logging.getLogger(__name__)


class Recorded:
    """A microphone whose blocks are written down as they are read."""

    def __init__(
        self,
        source: BlockSource,
        folder: Path,
        *,
        rate_hz: int,
        most_bytes: int,
        now: Callable[[], datetime],
    ) -> None:
        """Write nothing yet.

        Args:
            source: where blocks come from.
            folder: made when it is missing.
            rate_hz: of the blocks.
            most_bytes: how large all files together may grow.
            now: the date and time, for the names of the files.
        """
        self._source = source
        self._folder = folder
        self._rate_hz = rate_hz
        self._most_bytes = most_bytes
        self._piece_frames = min(PIECE_S * rate_hz, max(1, most_bytes // _BYTES_A_SAMPLE // 4))
        self._now = now
        self._file: soundfile.SoundFile | None = None
        self._has_failed = False

    def read(self, timeout_s: float) -> bytes | None:
        """The next block, once it has been written down."""
        block = self._source.read(timeout_s)
        if block is not None and not self._has_failed:
            try:
                self._write(block)
            except (OSError, soundfile.SoundFileError) as error:
                self._has_failed = True
                _log.warning("the recording for debugging has ended: %s", error)
        return block

    def close(self) -> None:
        """End the present file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, block: bytes) -> None:
        if self._file is not None and self._file.frames >= self._piece_frames:
            self.close()
        if self._file is None:
            self._file = self._next()
        self._file.write(np.frombuffer(block, "<i2"))

    def _next(self) -> soundfile.SoundFile:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._make_room()
        path = self._folder / f"heard-{self._now():%Y-%m-%dT%H%M%S.%f}.wav"
        path.touch(mode=0o600)
        return soundfile.SoundFile(path, "w", self._rate_hz, 1, "PCM_16")

    def _make_room(self) -> None:
        """Delete the oldest files, so that another one fits."""
        pieces = sorted(self._folder.glob(PATTERN))
        sizes = [piece.stat().st_size for piece in pieces]
        room = self._most_bytes - self._piece_frames * _BYTES_A_SAMPLE
        while pieces and sum(sizes) > room:
            pieces.pop(0).unlink(missing_ok=True)
            sizes.pop(0)
