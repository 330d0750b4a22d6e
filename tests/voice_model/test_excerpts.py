"""What stands between two pauses is cut out."""

import pytest

pytest.importorskip("torch", reason="needed for training only")

from scripts.voice_model.alignment import Said
from scripts.voice_model.excerpts import runs


def said(*bounds_s: tuple[float, float]) -> list[Said]:
    return [Said(word, begins_s, ends_s) for word, (begins_s, ends_s) in enumerate(bounds_s)]


def test_a_word_between_two_pauses_is_cut_out_with_some_of_both() -> None:
    words = said((0.05, 0.3), (0.6, 0.9), (1.5, 1.8))
    (run,) = runs(words, 1.85)
    assert run.words == [1]
    assert (run.begins_s, run.ends_s) == pytest.approx((0.5, 1.0))


def test_short_pauses_are_shared_with_the_neighbours() -> None:
    words = said((0.05, 0.3), (0.4, 0.9), (1.0, 1.8))
    (run,) = runs(words, 1.85)
    assert run.words == [1]
    assert (run.begins_s, run.ends_s) == pytest.approx((0.35, 0.95))


def test_words_without_a_pause_between_them_stay_together() -> None:
    words = said((0.3, 0.5), (0.52, 0.9), (1.2, 1.4))
    assert [run.words for run in runs(words, 1.6)] == [[0, 1], [2]]


def test_what_is_cut_off_by_the_end_of_the_recording_is_left_out() -> None:
    words = said((0.02, 0.5), (0.8, 1.0))
    assert [run.words for run in runs(words, 1.03)] == []


def test_many_words_are_a_sentence_not_an_excerpt() -> None:
    words = said((0.3, 0.5), (0.9, 1.1), (1.1, 1.3), (1.3, 1.5), (1.5, 1.7))
    assert [run.words for run in runs(words, 2.0)] == [[0]]


def test_a_whole_utterance_is_no_excerpt() -> None:
    assert list(runs(said((0.3, 0.5), (0.52, 0.9)), 1.5)) == []


def test_nothing_said_is_nothing_cut() -> None:
    assert list(runs([], 1.5)) == []
