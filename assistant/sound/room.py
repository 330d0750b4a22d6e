"""A simulated room: what a microphone picks up of a person, the loudspeaker and the noise."""

from dataclasses import dataclass

import numpy as np

from assistant.sound.clip import Samples


@dataclass(frozen=True, slots=True)
class Acoustics:
    """How loud everything is at the microphone."""

    echo: float = 0.3
    """Amplitude of the loudspeaker at the microphone; 0 is a headset."""
    echo_delay_s: float = 0.03
    """From the mixer to the microphone: buffers and two metres of air."""
    noise_rms: float = 0.004
    """Amplitude of the noise floor; 0 is a studio."""
    seed: int = 1
    """Of the noise, so that every run is the same."""


class Room:
    """Mixes block by block what the microphone picks up."""

    def __init__(self, acoustics: Acoustics, rate: int) -> None:
        self._acoustics = acoustics
        self._late = np.zeros(round(acoustics.echo_delay_s * rate), np.float32)
        self._random = np.random.default_rng(acoustics.seed)

    def pick_up(self, person: Samples, played: Samples) -> Samples:
        """The microphone's block while ``person`` speaks and the speaker plays ``played``."""
        line = np.concatenate((self._late, played))
        echo, self._late = line[: len(played)], line[len(played) :]
        return np.clip(person + self._acoustics.echo * echo + self._noise(len(played)), -1, 1)

    def _noise(self, frames: int) -> Samples:
        """Brownish noise, like fans and a treadmill next door."""
        white = self._random.standard_normal(frames).astype(np.float32)
        smooth = np.convolve(white, np.full(8, 0.125, np.float32), mode="same")
        return (self._acoustics.noise_rms * 2.8 * smooth).astype(np.float32)
