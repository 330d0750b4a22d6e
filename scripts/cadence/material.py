"""The sets that are measured, and where their clicks are found again."""

import numpy as np
from numpy.typing import NDArray

from assistant.app.knowledge import know
from assistant.dialogue.cadence import Cadence
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity
from assistant.dialogue.tempo import parse_tempo
from assistant.settings import Settings
from assistant.sound.clip import Samples

TEMPO = "3-1-2-1"
SILENCE_S = 0.06
"""A little more than the longest silence within a click, that of the double one."""


def set_of_clicks(reps: int, tempo: str = TEMPO, beat_s: float = 1.0) -> Cadence:
    """The clicks of a set, its beats ``beat_s`` long."""
    training = know(Settings()).content.training
    return plan(
        parse_tempo(tempo, training),
        reps,
        words=training.words,
        verbosity=Verbosity.CLICKS,
        beat_s=beat_s,
    )


def onsets(samples: Samples, rate: int, threshold: float = 0.0) -> NDArray[np.intp]:
    """Frames of the first sample above ``threshold`` after a silence."""
    sounding = np.flatnonzero(np.abs(samples) > threshold)
    after_silence = np.diff(sounding, prepend=-rate) > SILENCE_S * rate
    return sounding[after_silence]
