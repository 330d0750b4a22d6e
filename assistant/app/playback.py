"""A sound file through the speaker, where there is one."""

from pathlib import Path
from threading import Event as Flag

import numpy as np

from assistant.complaint import Complaint
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.sound.wav import read
from assistant.speaking.speaker import Speaker


def play(path: Path, settings: Settings) -> bool:
    """Play a sound file to its end; false where there is no speaker to play it through.

    Raises:
        Complaint: the file cannot be read.
    """
    speaker = Speaker(settings.speaking.speaker, settings.speaking.rate)
    try:
        speaker.open()
    except Complaint:
        return False
    try:
        tape = _Tape(read(path, speaker.rate_hz))
        speaker.play(tape.render)
        tape.ended.wait()
    finally:
        speaker.close()
    return True


class _Tape:
    """Samples that are played once."""

    def __init__(self, samples: Samples) -> None:
        self.ended = Flag()
        self._left = samples

    def render(self, frames: int) -> Samples:
        """The next samples, then silence."""
        block = np.zeros(frames, np.float32)
        now, self._left = self._left[:frames], self._left[frames:]
        block[: len(now)] = now
        if not len(self._left):
            self.ended.set()
        return block
