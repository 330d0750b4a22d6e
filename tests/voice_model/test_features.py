"""Features are those of libvosk: its cepstra, and its running mean taken off them."""

import numpy as np
import pytest

pytest.importorskip("kaldi_native_fbank", reason="needed for training only")

from scripts.voice_model.features import DIM, cepstra, without_mean

CORPUS_MEAN = np.linspace(-1, 1, DIM).astype(np.float32)


def rows(count: int) -> np.ndarray:
    return np.random.default_rng(1).normal(3.0, 2.0, (count, DIM)).astype(np.float32)


def test_a_second_has_98_frames() -> None:
    sound = 1000 * np.random.default_rng(1).normal(size=16_000).astype(np.float32)
    found = cepstra(sound)
    assert found.shape == (98, DIM)
    assert cepstra(sound[:100]).shape == (0, DIM)


def test_louder_sound_differs_in_the_first_cepstrum_only() -> None:
    sound = 1000 * np.random.default_rng(1).normal(size=4_000).astype(np.float32)
    difference = cepstra(4 * sound) - cepstra(sound)
    assert (difference[:, 0] > 1).all()
    assert np.allclose(difference[:, 1:], 0.0, atol=1e-2)


@pytest.mark.parametrize("count", [5, 700])
def test_the_mean_is_of_the_last_600_frames_and_at_first_of_the_corpus(count: int) -> None:
    features = rows(count)
    found = without_mean(features, CORPUS_MEAN)
    for frame in (0, 1, 4, count - 1):
        window = features[max(0, frame - 599) : frame + 1].astype(np.float64)
        borrowed = min(600 - len(window), 200)
        mean = (window.sum(axis=0) + borrowed * CORPUS_MEAN) / (len(window) + borrowed)
        assert np.allclose(found[frame], features[frame] - mean, atol=1e-3)


def test_what_was_heard_before_counts_as_if_it_stood_in_front() -> None:
    features, before = rows(50), np.full(DIM, 2.0, np.float32)
    together = np.concatenate((np.tile(before, (300, 1)), features))
    expected = without_mean(together, CORPUS_MEAN)[300:]
    assert np.allclose(without_mean(features, CORPUS_MEAN, before, 300), expected, atol=1e-3)
