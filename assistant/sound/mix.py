"""Noise behind speech, at a stated level."""

from typing import Final

import numpy as np

from assistant.complaint import Complaint
from assistant.sound.clip import Samples

_LOUDEST_FRAMES: Final = 2048
"""128 ms at 16 kHz, the frame of the public speech-to-intent benchmark."""
_LOUDEST_PEAK: Final = 0.99
_USUAL_PEAK: Final = 0.5
_LEAD_S, _TRAIL_S = 0.3, 0.5
_ROOM_NOISE: Final = 2e-4
"""Standard deviation, some 74 dB below full scale: digital silence is no sound a room makes."""


def with_noise(speech: Samples, noise: Samples, snr_db: float, offset: int = 0) -> Samples:
    """Return the speech with noise ``snr_db`` below it, loudest 128 ms against loudest 128 ms.

    Both are at 16 kHz. The noise is repeated when it is too short and begins at frame ``offset``,
    so the same call always gives the same sound. A mix that would clip is made softer as a whole.

    Raises:
        Complaint: the noise is silent.

    """
    bed = np.resize(np.roll(noise, -(offset % max(len(noise), 1))), len(speech))
    loudness = loudest_energy(bed)
    if loudness == 0.0:
        raise Complaint("The noise is silent, so no signal-to-noise ratio can be set with it.")
    scale = np.sqrt(loudest_energy(speech) / (loudness * 10.0 ** (snr_db / 10.0)))
    mixed = speech + bed * np.float32(scale)
    peak = float(np.max(np.abs(mixed), initial=0.0))
    return mixed * np.float32(_LOUDEST_PEAK / max(peak, _LOUDEST_PEAK))


def loudest_energy(samples: Samples) -> float:
    """Energy of the loudest 128 ms at 16 kHz."""
    padded = np.pad(samples, (0, -len(samples) % _LOUDEST_FRAMES)).astype(np.float64)
    energies = np.square(padded).reshape(-1, _LOUDEST_FRAMES).sum(axis=1)
    return float(np.max(energies, initial=0.0))


def in_a_quiet_room(speech: Samples, rate: int) -> Samples:
    """Return the speech at the usual level, with moments of a quiet room before and after.

    Recognisers judge a sound by what they have heard so far, and most recordings begin at once.
    """
    peak = float(np.max(np.abs(speech), initial=0.0))
    levelled = speech * np.float32(_USUAL_PEAK / peak) if peak > 0.0 else speech
    padded = np.pad(levelled, (round(_LEAD_S * rate), round(_TRAIL_S * rate)))
    noise = np.random.default_rng(0).normal(0.0, _ROOM_NOISE, len(padded))
    return (padded + noise).astype(np.float32)
