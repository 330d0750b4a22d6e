"""One recording, heard in many rooms and noises."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import soxr
from scipy.signal import butter, fftconvolve, sosfilt

from assistant.sound.mix import loudest_energy

from . import noise
from .corpus import NOISE, RATE, ROOMS, Recording, Samples, read_sound

_Thing = TypeVar("_Thing")

FULL_SCALE: Final = 32_768.0
"""Kaldi's features are computed on 16-bit numbers."""

_BED: Final = 12 * RATE
"""Samples of a bed of noise."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Sounds to hide speech in."""

    noises: Sequence[Samples]
    """Recorded."""
    beds: Sequence[Samples]
    """Made: babble, music, iron on iron, the coach's own voice."""
    rooms: Sequence[Samples]
    """Impulse responses."""


def training_half(samples: Samples) -> Samples:
    """The part of a noise that training may use."""
    return samples[: len(samples) // 2]


def measuring_half(samples: Samples) -> Samples:
    """The part of a noise that only measurements use."""
    return samples[len(samples) // 2 :]


def surroundings(
    recordings: Sequence[Recording],
    talkers: Sequence[Path],
    own_voice: Sequence[Path],
    seed: int,
    beds: int = 300,
) -> Surroundings:
    """Load noises and rooms of a corpus, of each noise the first half, and make what lacks.

    Args:
        recordings: those for noise and rooms are used.
        talkers: files with other people's speech, for babble.
        own_voice: files with what the coach itself may be saying.
        seed: decides what is made.
        beds: how many sounds are made.
    """
    noises = [training_half(read_sound(one.path)) for one in recordings if one.part == NOISE]
    audible = [one for one in noises if np.max(np.abs(one), initial=0.0) > 1e-4]
    rooms = [read_sound(one.path) for one in recordings if one.part == ROOMS]
    chance = np.random.default_rng(seed)
    made = [_made_bed(number, talkers, own_voice, chance) for number in range(beds)]
    return Surroundings(audible, made, rooms)


def _made_bed(
    number: int, talkers: Sequence[Path], own_voice: Sequence[Path], chance: np.random.Generator
) -> Samples:
    """Of fifteen beds six are babble, four music, three the coach's voice, two iron on iron."""
    kind = number % 15
    if kind < 6:
        return _babble(_BED, talkers, chance)
    if kind < 10:
        return noise.music(_BED, chance)
    if kind < 13:
        return _babble(_BED, own_voice, chance, most=1)
    return noise.clanks(_BED, chance)


def distorted(
    speech: Samples, around: Surroundings, chance: np.random.Generator, *, hard: bool
) -> Samples:
    """The speech as some microphone may pick it up, as 16-bit numbers in floats.

    Args:
        speech: between -1 and 1.
        around: what to mix in.
        chance: decides.
        hard: whether noise is the rule; otherwise it is the exception, and low.
    """
    speech = _at_another_speed(speech, chance)
    speech = np.pad(speech, (_some(chance, 0.05, 0.7), _some(chance, 0.15, 0.6)))
    if chance.random() < (0.55 if hard else 0.2):
        speech = _in_a_room(speech, around, chance)
    if chance.random() < 0.12:
        speech = _through_a_telephone(speech, chance)
    if chance.random() < (0.92 if hard else 0.4):
        low, high = (0.0, 20.0) if hard else (12.0, 30.0)
        bed = _bed(len(speech), around, chance)
        speech = mixed(speech, bed, chance.uniform(low, high))
    return _recorded(speech, chance)


def mixed(speech: Samples, bed: Samples, snr_db: float) -> Samples:
    """Speech with noise of equal length below it, loudest 128 ms against loudest 128 ms."""
    loudness = loudest_energy(bed)
    if loudness <= 0.0:
        return speech
    scale = np.sqrt(loudest_energy(speech) / (loudness * 10.0 ** (snr_db / 10.0)))
    return speech + bed * np.float32(scale)


def _some(chance: np.random.Generator, low_s: float, high_s: float) -> int:
    return int(chance.uniform(low_s, high_s) * RATE)


def _at_another_speed(speech: Samples, chance: np.random.Generator) -> Samples:
    if chance.random() < 0.3:
        return speech
    faster: Samples = soxr.resample(speech, RATE * chance.uniform(0.88, 1.12), RATE, quality="LQ")
    return faster


def _in_a_room(speech: Samples, around: Surroundings, chance: np.random.Generator) -> Samples:
    if around.rooms and chance.random() < 0.4:
        room = _one_of(around.rooms, chance)
    else:
        room = noise.echoes(chance)
    start = int(np.argmax(np.abs(room)))
    wet = fftconvolve(speech, room[start : start + RATE])[: len(speech)].astype(np.float32)
    level = np.sqrt(np.mean(np.square(speech)) / max(float(np.mean(np.square(wet))), 1e-12))
    dry = chance.uniform(0.0, 0.7)
    return np.asarray(dry * speech + (1 - dry) * wet * level, np.float32)


def _through_a_telephone(speech: Samples, chance: np.random.Generator) -> Samples:
    filters = butter(6, chance.uniform(3400, 4000), fs=RATE, output="sos")
    return np.asarray(sosfilt(filters, speech), np.float32)


def _bed(count: int, around: Surroundings, chance: np.random.Generator) -> Samples:
    """Noise of some kind, ``count`` samples long."""
    kind = chance.random()
    if kind < 0.15:
        return noise.coloured(count, chance)
    sounds = around.noises if kind < 0.55 and around.noises else around.beds
    bed = _cut(_one_of(sounds, chance), count, chance)
    if chance.random() < 0.25:
        other = _cut(_one_of(sounds, chance), count, chance)
        bed = bed + other * np.float32(chance.uniform(0.2, 1.0))
    return bed


def _babble(
    count: int, talkers: Sequence[Path], chance: np.random.Generator, most: int = 5
) -> Samples:
    """Some people at once, one after another each."""
    total = np.zeros(count, np.float32)
    for _ in range(int(chance.integers(1, most + 1))):
        voice = np.zeros(0, np.float32)
        while len(voice) < count:
            said = read_sound(_one_of(talkers, chance))
            loudness = max(float(np.sqrt(np.mean(np.square(said)))), 1e-4)
            pause = np.zeros(_some(chance, 0.0, 0.8), np.float32)
            voice = np.concatenate((voice, said / np.float32(loudness), pause))
        total += voice[:count] * np.float32(chance.uniform(0.3, 1.0))
    return total


def _one_of(things: Sequence[_Thing], chance: np.random.Generator) -> _Thing:
    return things[int(chance.integers(len(things)))]


def _cut(sound: Samples, count: int, chance: np.random.Generator) -> Samples:
    """A piece of a sound from a random place, repeated where it is too short."""
    start = int(chance.integers(max(1, len(sound))))
    return np.resize(np.roll(sound, -start), count).astype(np.float32)


def _recorded(speech: Samples, chance: np.random.Generator) -> Samples:
    """At some level, sometimes overdriven, with the noise of the last bit."""
    peak_db = -chance.triangular(0.0, 6.0, 40.0)
    peak = float(np.max(np.abs(speech), initial=1e-6))
    samples = speech * np.float32(FULL_SCALE * 10 ** (peak_db / 20) / peak)
    if chance.random() < 0.04:
        samples = samples * np.float32(chance.uniform(1.5, 5.0))
    samples = samples + chance.uniform(-1, 1, len(samples)).astype(np.float32)
    return np.asarray(np.clip(samples, -FULL_SCALE, FULL_SCALE - 1), np.float32)
