"""Synthetic speech: many voices, rates and pitches of espeak-ng, flite and neural voices.

Some voices are kept out of training, so that the model can be measured on voices it never heard.
"""

import random
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Final

import numpy as np
import soundfile

from . import neural
from .corpus import RATE, TRAIN, Recording, read_sound, write_manifest

_ESPEAK_ACCENTS: Final = ("en-us", "en-us", "en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp",
                          "en-gb-x-gbclan", "en-029", "en-us-nyc")  # fmt: skip
_ESPEAK_VARIANTS: Final = ("", "m1", "m2", "m3", "m4", "m5", "m6", "m8", "f1", "f2", "f3", "f5",
                           "Annie", "Andy", "Alicia", "belinda", "linda", "steph", "adam", "david",
                           "edward", "john", "pablo", "paul", "robert", "zac", "caleb", "grandpa",
                           "klatt2", "klatt4", "Lee", "Gene")  # fmt: skip
_FLITE: Final = ("slt", "awb", "kal16", "kal")

_THROATS: Final = {"piper": (0.86, 1.28), "kokoro": (0.78, 1.12)}
"""From which to which pitch a voice still sounds like somebody: joe is low, Kokoro's are high."""

HELD_OUT: Final = (
    *(f"espeak {voice}" for voice in ("en-gb-x-gbcwmd", "en-us+f4", "en-us+m7", "en-us+Mike")),
    "flite rms",
    f"kokoro {neural.KOKORO_HELD_OUT}",
)
"""Voices that training never uses."""


NEURAL: Final = "synthetic_neural"
"""Corpus of the voices that sound like people."""
ALONE: Final = "synthetic_alone"
"""Corpus of single words in such voices."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A way to speak."""

    name: str
    """Program and voice, such as ``flite slt``."""
    rate: float = 1.0
    """Speed, 1 being usual."""
    pitch: float = 1.0
    """Height of the voice, 1 being usual."""


def random_voice(chance: random.Random) -> Voice:
    """A voice for training: most from espeak-ng, one in seven like people."""
    rate, pitch = chance.uniform(0.75, 1.3), chance.uniform(0.7, 1.35)
    (program,) = chance.choices(("espeak", "flite", "piper", "kokoro"), weights=(58, 27, 13, 2))
    if program == "espeak":
        accent, variant = chance.choice(_ESPEAK_ACCENTS), chance.choice(_ESPEAK_VARIANTS)
        return Voice(f"espeak {accent}+{variant}".rstrip("+"), rate, pitch)
    if program == "flite":
        (voice,) = chance.choices(_FLITE, weights=(4, 3, 4, 1))
        return Voice(f"flite {voice}", rate, pitch)
    return _like_people(program, rate, chance)


def natural_voice(chance: random.Random) -> Voice:
    """A voice for training that sounds like people, one in three like nobody before."""
    (program,) = chance.choices(("piper", "kokoro"), weights=(2, 1))
    return _like_people(program, chance.uniform(0.75, 1.3), chance)


def _like_people(program: str, rate: float, chance: random.Random) -> Voice:
    throat = chance.uniform(*_THROATS[program])
    name = neural.JOE if program == "piper" else neural.random_blend(chance)
    return Voice(f"{program} {name}", rate, throat)


def speak(text: str, voice: Voice, file: Path) -> None:
    """Write ``text`` as sound at whatever rate the voice has."""
    program, name = voice.name.split(" ", 1)
    if program == "espeak":
        speed, pitch = round(160 * voice.rate), round(50 * voice.pitch)
        command = ["espeak-ng", "-v", name, "-s", str(speed), "-p", str(min(pitch, 99)), "-w"]
        command += [str(file), text]
    elif program == "flite":
        command = ["flite", "-voice", name, "--setf", f"duration_stretch={1 / voice.rate:.3f}"]
        if name != "kal16":  # its recordings do not survive another pitch
            usual = {"slt": 170, "awb": 125, "kal": 100, "rms": 95}[name]
            command += ["--setf", f"int_f0_target_mean={usual * voice.pitch:.0f}"]
        command += ["-t", text, "-o", str(file)]
    else:
        neural.speak(text, name, voice.rate, voice.pitch, file)
        return
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def synthesise(
    texts: Iterable[str],
    folder: Path,
    seed: int,
    processes: int,
    draw: Callable[[random.Random], Voice] = random_voice,
    corpus: str = "",
) -> list[Recording]:
    """Speak every text once into ``folder``, with a manifest.

    Args:
        texts: lower-case words.
        folder: where to.
        seed: decides who speaks what.
        processes: how many speak at once.
        draw: draws a voice.
        corpus: what the recordings count as; by kind of voice if empty.

    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311  (no secret)
    orders = (
        (text, draw(chance), folder / f"{position:06}.flac", corpus)
        for position, text in enumerate(texts)
    )
    with Pool(processes) as pool:
        made = [one for one in pool.imap(_record, orders, chunksize=16) if one.seconds > 0]
    write_manifest(folder, made)
    return made


def _record(order: tuple[str, Voice, Path, str]) -> Recording:
    text, voice, file, corpus = order
    raw = file.with_suffix(".wav")
    try:
        speak(text, voice, raw)
        samples = trimmed(read_sound(raw))
        soundfile.write(file, samples, RATE)
    finally:
        raw.unlink(missing_ok=True)
    kind = NEURAL if voice.name.startswith(("piper", "kokoro")) else "synthetic"
    return Recording(file, len(samples) / RATE, voice.name, text, TRAIN, corpus or kind)


def trimmed(samples: np.ndarray) -> np.ndarray:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.max(np.abs(samples), initial=0.0))
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:0]


def voices_kept_out() -> Iterator[Voice]:
    """The voices for measuring, each at two rates."""
    for name in HELD_OUT:
        yield Voice(name, 0.95, 1.0)
        yield Voice(name, 1.15, 1.1)
