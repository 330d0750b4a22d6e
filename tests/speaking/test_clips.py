"""Clips for virtual time: silent, and as long as the words would be."""

import pytest

from assistant.speaking.clips import PacedClips, SynthesisFailed, paced_length_s


def test_a_word_of_five_letters_lasts_one_word_of_the_pace() -> None:
    assert paced_length_s("lower", 120) == 0.5


def test_pauses_are_made_between_clauses_and_sentences_but_not_at_the_end() -> None:
    assert paced_length_s("Lower, lower. Lower.", 120) == pytest.approx(3 * 0.5 + 0.15 + 0.3)


def test_clips_are_silent_and_as_long_at_every_rate() -> None:
    for rate in (16_000, 22_050, 44_100, 48_000):
        clip = PacedClips(rate).clip("breathe in, brace", 165)
        assert len(clip) == round(paced_length_s("breathe in, brace", 165) * rate)
        assert not clip.samples.any()


def test_a_clip_fits_where_it_must() -> None:
    clips = PacedClips(16_000)
    assert len(clips.clip("breathe in and brace", 165, 0.6)) == 9600
    assert len(clips.clip("one", 165, 0.6)) < 9600


def test_nothing_to_say_is_an_empty_clip() -> None:
    assert len(PacedClips(16_000).clip(" ", 165)) == 0


def test_a_broken_source_fails_until_it_is_mended() -> None:
    clips = PacedClips(16_000)
    clips.is_broken = True
    with pytest.raises(SynthesisFailed):
        clips.clip("one", 165)
    clips.is_broken = False
    assert len(clips.clip("one", 165)) > 0
