"""Clicks of a set and short signals of the coach, synthesised.

Every click is a few decaying sine bursts between 1 and 3 kHz, where the ear is most sensitive and
gym music leaves room, with an attack of a millisecond. The first sample is the onset and is never
zero, so a click is on its frame to the sample.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from assistant.dialogue.cadence import Click
from assistant.sound.clip import Clip

ATTACK_S = 0.001


class Earcon(StrEnum):
    """Signals that say in a moment what a sentence would say in seconds."""

    LISTENING = "listening"
    UNDERSTOOD = "understood"
    NOT_UNDERSTOOD = "not_understood"
    FAULT = "fault"
    """Something that should have been spoken cannot be."""


@dataclass(frozen=True, slots=True)
class _Burst:
    """One decaying tone."""

    at_s: float
    hz: float
    length_s: float
    peak: float = 0.55


_BURSTS: dict[Click | Earcon, tuple[_Burst, ...]] = {
    Click.HIGH: (_Burst(0, 2000, 0.045),),
    Click.WARM: (_Burst(0, 1800, 0.045, 0.45), _Burst(0.05, 1200, 0.05, 0.45)),
    Click.LOW: (_Burst(0, 1000, 0.060),),
    Click.SOFT: (_Burst(0, 1400, 0.025, 0.25),),
    Click.DOUBLE: (_Burst(0, 1500, 0.035), _Burst(0.09, 1500, 0.035)),
    Click.LAST: (_Burst(0, 1500, 0.04), _Burst(0.06, 2000, 0.04), _Burst(0.12, 2700, 0.06)),
    Click.END: (_Burst(0, 2000, 0.10), _Burst(0.14, 1500, 0.10), _Burst(0.28, 1000, 0.25)),
    Earcon.LISTENING: (_Burst(0, 1200, 0.06, 0.3),),
    Earcon.UNDERSTOOD: (_Burst(0, 1200, 0.05, 0.3), _Burst(0.07, 1800, 0.08, 0.3)),
    Earcon.NOT_UNDERSTOOD: (_Burst(0, 1500, 0.06, 0.3), _Burst(0.08, 1050, 0.10, 0.3)),
    Earcon.FAULT: (
        _Burst(0, 1050, 0.12, 0.45),
        _Burst(0.16, 1050, 0.12, 0.45),
        _Burst(0.32, 1050, 0.20, 0.45),
    ),
}


@cache
def click(kind: Click | Earcon, rate: int) -> Clip:
    """The clip of a click at ``rate`` frames per second, its onset at the first sample."""
    bursts = _BURSTS[kind]
    length_s = max(burst.at_s + burst.length_s for burst in bursts)
    samples = np.zeros(round(length_s * rate), np.float64)
    for burst in bursts:
        first = round(burst.at_s * rate)
        # From 1 on: the sine of the first frame is not zero, nor is its place in the attack.
        time_s = np.arange(1, len(samples) - first + 1) / rate
        time_s = time_s[: round(burst.length_s * rate)]
        tone = np.sin(2 * np.pi * burst.hz * time_s)
        attack = np.minimum(time_s / ATTACK_S, 1)
        decay = np.exp(-4 * time_s / burst.length_s) * (1 - time_s / (burst.length_s + 1 / rate))
        samples[first : first + len(time_s)] += burst.peak * tone * attack * decay
    peak = max(burst.peak for burst in bursts)
    samples *= peak / np.abs(samples).max()
    return Clip(samples.astype(np.float32))
