"""A simulated room: what a microphone picks up of a person, the loudspeaker and the noise."""

from dataclasses import dataclass

import numpy as np

from assistant.sound.clip import Samples

_DIRECT_SHARE = 0.5
"""Energy that arrives without a detour: a microphone and a person some steps away."""
_PRE_DELAY_S = 0.004
_DECAY_60_DB = 6.9
"""Natural logarithm of an amplitude ratio of 60 dB."""


@dataclass(frozen=True, slots=True)
class Acoustics:
    """How loud everything is at the microphone, and how long it rings."""

    echo: float = 0.3
    """Amplitude of the loudspeaker at the microphone; 0 is a headset."""
    echo_delay_s: float = 0.03
    """From the mixer to the microphone: buffers and two metres of air."""
    noise_rms: float = 0.004
    """Amplitude of the noise floor; 0 is a studio."""
    rt60_s: float = 0.0
    """Seconds in which a sound dies away by 60 dB; 0 is the open air."""
    distortion: float = 0.0
    """How much a small loudspeaker bends its loudest peaks; 0 is a perfect one."""
    seed: int = 1
    """Of the noise and the reflections, so that every run is the same."""


class Room:
    """Mixes block by block what the microphone picks up."""

    def __init__(self, acoustics: Acoustics, rate: int) -> None:
        self._acoustics = acoustics
        self._random = np.random.default_rng(acoustics.seed)
        delay = np.zeros(round(acoustics.echo_delay_s * rate), np.float32)
        speaker, person = (
            impulse_response(acoustics.rt60_s, rate, 2 * acoustics.seed + side) for side in (0, 1)
        )
        self._speaker_path = _Path(np.concatenate((delay, speaker)))
        self._person_path = _Path(person)

    def pick_up(self, person: Samples, played: Samples) -> Samples:
        """The microphone's block while ``person`` speaks and the speaker plays ``played``."""
        echo = self._speaker_path.carry(distorted(played, self._acoustics.distortion))
        voice = self._person_path.carry(person)
        return np.clip(voice + self._acoustics.echo * echo + self._noise(len(played)), -1, 1)

    def _noise(self, frames: int) -> Samples:
        """Brownish noise, like fans and a treadmill next door."""
        white = self._random.standard_normal(frames).astype(np.float32)
        smooth = np.convolve(white, np.full(8, 0.125, np.float32), mode="same")
        return (self._acoustics.noise_rms * 2.8 * smooth).astype(np.float32)


def impulse_response(rt60_s: float, rate: int, seed: int) -> Samples:
    """What becomes of one click: the direct sound, then reflections that die away.

    Its energy is 1, so a steady sound keeps its loudness whatever the room.
    """
    if rt60_s <= 0:
        return np.ones(1, np.float32)
    frames = round(rt60_s * rate)
    late = np.random.default_rng(seed).standard_normal(frames)
    late *= np.exp(-_DECAY_60_DB * np.arange(frames) / frames)
    late[: round(_PRE_DELAY_S * rate)] = 0
    late *= np.sqrt((1 - _DIRECT_SHARE) / np.sum(late**2))
    late[0] = np.sqrt(_DIRECT_SHARE)
    response: Samples = late.astype(np.float32)
    return response


def distorted(played: Samples, amount: float) -> Samples:
    """What a small loudspeaker makes of its signal: peaks are bent, one way more than the other."""
    if amount <= 0:
        return played
    bent: Samples = (played - amount * played**3 + 0.5 * amount * played**2).astype(np.float32)
    return bent


def carried(sound: Samples, response: Samples) -> Samples:
    """What arrives of a whole sound, cut where the sound itself ends."""
    frames = len(sound) + len(response) - 1
    size = 1 << (frames - 1).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)


class _Path:
    """The way from a sound to the microphone, block by block."""

    def __init__(self, response: Samples) -> None:
        self._response = response
        self._ringing: Samples = np.zeros(len(response) - 1, np.float32)
        self._spectra: dict[int, np.ndarray[tuple[int], np.dtype[np.complexfloating]]] = {}

    def carry(self, block: Samples) -> Samples:
        """What arrives during this block."""
        frames = len(block)
        line = np.zeros(frames + len(self._response) - 1, np.float32)
        line[: len(self._ringing)] = self._ringing
        if block.any():
            line += self._convolved(block)
        self._ringing = line[frames:]
        return line[:frames]

    def _convolved(self, block: Samples) -> Samples:
        frames = len(block) + len(self._response) - 1
        size = 1 << (frames - 1).bit_length()
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self._response, size)
        sound = np.fft.irfft(np.fft.rfft(block, size) * self._spectra[size], size)
        return sound[:frames].astype(np.float32)
