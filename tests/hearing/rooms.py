"""A coach that talks in a simulated room, for the tests of what takes its voice out."""

import numpy as np

from assistant.sound.clip import Samples
from assistant.sound.room import carried, impulse_response
from tests.hearing.voices import spoken

RATE = 16_000
TALK = (
    "Thirty second check. Say yes after each point. Knees at ninety degrees or slightly less?",
    "Do not lift. Get emergency help now. I cannot call for you, so ask someone near you.",
    "For the first two days, put ice on it for fifteen to twenty minutes at a time.",
)


def talk(seconds: float) -> Samples:
    """The coach's prompts, one after another."""
    line = np.concatenate([part for text in TALK for part in (spoken(text), _pause())])
    return np.resize(line, round(seconds * RATE)).astype(np.float32)


def echoed(
    played: Samples, *, rt60_s: float = 0.4, delay_s: float = 0.03, seed: int = 1
) -> Samples:
    """What a microphone hears of it, half as loud, without any noise."""
    late = np.zeros(round(delay_s * RATE), np.float32)
    response = np.concatenate((late, impulse_response(rt60_s, RATE, seed)))
    return np.float32(0.5) * carried(played, response)


def hiss(frames: int, level: float = 0.001, seed: int = 0) -> Samples:
    """The noise of a quiet room."""
    return np.random.default_rng(seed).normal(0, level, frames).astype(np.float32)


def suppression_db(echo: Samples, rest: Samples) -> float:
    """How much softer the rest is than the echo."""
    return float(10 * np.log10(np.sum(echo**2) / np.sum(rest**2)))


def _pause() -> Samples:
    return np.zeros(RATE // 3, np.float32)
