"""People for the recogniser's tests: espeak-ng voices, at the recogniser's rate."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.hearing.recogniser import RATE
from assistant.sound.clip import Samples
from assistant.sound.wav import read


@cache
def spoken(text: str, voice: str = "en-us", words_per_minute: int = 150) -> Samples:
    """What this voice makes of the text."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        subprocess.run(
            ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "-w", str(file), text],
            check=True,
        )
        return read(file, RATE)
