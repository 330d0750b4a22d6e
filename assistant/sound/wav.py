"""Sound files in, sound files out."""

from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr

from assistant.complaint import Complaint
from assistant.sound.clip import Samples

_LONGEST_S: Final = 3600.0
_BLOCK_FRAMES: Final = 65_536


def read(path: Path, rate: int) -> Samples:
    """Read any file that libsndfile knows, as mono at ``rate``.

    A file that breaks off is read up to there.

    Raises:
        Complaint: there is no such file, no sound in it, or more than an hour.

    """
    if not path.is_file():
        raise Complaint(f"{path}: there is no such sound file.")
    if path.stat().st_size == 0:
        raise Complaint(f"{path}: the sound file is empty.")
    try:
        with soundfile.SoundFile(path) as sound:
            if sound.frames > _LONGEST_S * sound.samplerate:
                raise Complaint(f"{path}: the sound is longer than an hour; cut it into pieces.")
            found = sound.samplerate
            mono = _mono_blocks(sound)
    except soundfile.LibsndfileError as error:
        raise Complaint(f"{path}: this is not a sound file that can be read.") from error
    if not len(mono):
        raise Complaint(f"{path}: there is no sound in the file.")
    return resampled(np.nan_to_num(mono), found, rate)


def _mono_blocks(sound: soundfile.SoundFile) -> Samples:
    blocks: list[Samples] = []
    while True:
        try:
            block = sound.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            break
        if not len(block):
            break
        blocks.append(block.mean(axis=1, dtype=np.float32))
    return np.concatenate(blocks) if blocks else np.empty(0, np.float32)


def resampled(samples: Samples, found: int, wanted: int) -> Samples:
    """Return the same sound at another rate."""
    if found == wanted:
        return samples
    converted: Samples = soxr.resample(samples, found, wanted).astype(np.float32)
    return converted


def write(path: Path, samples: Samples, rate: int) -> None:
    """Write 16-bit WAV; nothing is ever clipped silently, what is too loud is made softer.

    Raises:
        Complaint: the place cannot be written to.

    """
    peak = float(np.max(np.abs(samples), initial=0.0))
    try:
        soundfile.write(path, samples / max(peak, 1.0), rate, subtype="PCM_16", format="WAV")
    except (soundfile.LibsndfileError, OSError) as error:
        raise Complaint(f"{path}: the sound cannot be written there.") from error


def to_pcm(samples: Samples) -> bytes:
    """Return 16-bit little-endian samples."""
    clipped = np.clip(samples, -1.0, 1.0)
    return np.rint(clipped * 32767).astype("<i2").tobytes()


def from_pcm(pcm: bytes) -> Samples:
    """Read 16-bit little-endian samples; half a sample at the end is left out."""
    whole = len(pcm) - len(pcm) % 2
    return np.frombuffer(pcm[:whole], "<i2").astype(np.float32) / np.float32(32768)
