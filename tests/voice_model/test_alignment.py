"""It is known when each word was said."""

import subprocess
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needed for training only")

from scripts.voice_model.alignment import outputs_of, words_said
from scripts.voice_model.checkpoint import read_folder
from scripts.voice_model.corpus import RATE, read_sound
from scripts.voice_model.pronouncing import spoken_graph
from tests.voice_model.ten_words import COACH, lexicon

TEXT = "start again stop"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> list[np.ndarray]:
    """Each word of the text, spoken by itself."""
    folder = tmp_path_factory.mktemp("words")
    files = [folder / f"{word}.wav" for word in TEXT.split()]
    for word, file in zip(TEXT.split(), files, strict=True):
        subprocess.run(["espeak-ng", "-w", str(Path(file)), word], check=True)
    return [read_sound(file) for file in files]


def test_words_are_where_they_were_put(words: list[np.ndarray]) -> None:
    pause = np.random.default_rng(1).normal(0.0, 2e-4, RATE // 2).astype(np.float32)
    sound = np.concatenate([part for word in words for part in (pause, word)] + [pause])
    ways = tuple(lexicon().pronunciations(word) for word in TEXT.split())
    trained = read_folder(COACH)
    said = words_said(outputs_of(trained, sound), spoken_graph(ways), trained.units)
    assert [one.word for one in said] == [0, 1, 2]
    at_s = 0.0
    for one, word in zip(said, words, strict=True):
        loud = np.flatnonzero(np.abs(word) > 0.05 * np.abs(word).max()) / RATE
        at_s += 0.5
        assert one.begins_s == pytest.approx(at_s + loud[0], abs=0.12)
        assert one.ends_s == pytest.approx(at_s + loud[-1], abs=0.2)
        at_s += len(word) / RATE


def test_a_sound_that_is_too_short_for_its_text_has_no_words_in_it() -> None:
    ways = tuple(lexicon().pronunciations(word) for word in TEXT.split())
    trained = read_folder(COACH)
    outputs = np.zeros((5, trained.units.outputs), np.float32)
    assert words_said(outputs, spoken_graph(ways), trained.units) == []
