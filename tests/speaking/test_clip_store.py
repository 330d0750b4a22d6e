"""Spoken clips: shaped alike at every rate, kept, and made again when what was kept is damaged."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.complaint import Complaint
from assistant.sound.clip import Clip
from assistant.speaking import clip_store as module
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import SynthesisFailed
from assistant.speaking.shaping import PEAK, shape, vowel_onset_s
from assistant.speaking.synthesiser import Speech, Synthesiser

RATE = 16_000


class Counting(Synthesiser):
    """The real synthesiser, counting what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.rendered: list[tuple[str, int]] = []
        self.fails = False

    def render(self, text: str, words_per_minute: int, *, time_vowel: bool = False) -> Speech:
        if self.fails:
            raise SynthesisFailed("it has ended")
        self.rendered.append((text, words_per_minute))
        return super().render(text, words_per_minute, time_vowel=time_vowel)


@pytest.fixture(scope="module")
def shared() -> Iterator[Counting]:
    with Counting() as synthesiser:
        yield synthesiser


@pytest.fixture
def synthesiser(shared: Counting) -> Counting:
    shared.rendered.clear()
    shared.fails = False
    return shared


def same(one: Clip, other: Clip) -> bool:
    if one.anchor != other.anchor or len(one) != len(other):
        return False
    return bool(np.allclose(one.samples, other.samples, atol=1 / 32767))


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_a_clip_sounds_alike_at_every_rate(synthesiser: Counting, rate: int) -> None:
    clip = ClipStore(synthesiser, rate).clip("seven", 165)
    assert len(clip) / rate == pytest.approx(0.48, abs=0.02)
    assert clip.anchor / rate == pytest.approx(0.081, abs=0.003)
    assert 0.2 < np.abs(clip.samples).max() <= PEAK
    assert clip.samples[0] == 0
    assert np.abs(clip.samples[-1]) < 0.001


def test_a_clip_is_made_once_and_then_read_from_disk(synthesiser: Counting, tmp_path: Path) -> None:
    first = ClipStore(synthesiser, RATE, tmp_path).clip("seven", 165)
    second = ClipStore(synthesiser, RATE, tmp_path).clip("  seven\n", 165)
    assert same(first, second)
    assert synthesiser.rendered == [("seven", 165)]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 rubbish", None])
def test_a_damaged_file_is_made_again(
    synthesiser: Counting, tmp_path: Path, damage: bytes | None
) -> None:
    ClipStore(synthesiser, RATE, tmp_path).clip("seven", 165)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
    file.write_bytes(flipped if damage is None else damage)
    assert len(ClipStore(synthesiser, RATE, tmp_path).clip("seven", 165)) > 0
    assert len(synthesiser.rendered) == 2
    ClipStore(synthesiser, RATE, tmp_path).clip("seven", 165)
    assert len(synthesiser.rendered) == 2


def test_another_pace_or_rate_is_another_clip(synthesiser: Counting, tmp_path: Path) -> None:
    for rate, pace in ((RATE, 165), (RATE, 200), (48_000, 165)):
        ClipStore(synthesiser, rate, tmp_path).clip("seven", pace)
    assert len(list(tmp_path.iterdir())) == 3


def test_memory_is_bounded_and_keeps_what_was_wanted_last(
    synthesiser: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = ClipStore(synthesiser, RATE).clip("one", 165)
    monkeypatch.setattr(module, "_MOST_MEMORY_BYTES", int(2.5 * word.samples.nbytes))
    store = ClipStore(synthesiser, RATE)
    synthesiser.rendered.clear()
    for text in ("one", "two", "one", "six", "one", "two"):
        store.clip(text, 165)
    assert synthesiser.rendered == [("one", 165), ("two", 165), ("six", 165), ("two", 165)]


def test_short_clips_stay_in_memory_where_no_disk_can_be_written(
    synthesiser: Counting, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("where the folder should be")
    for folder in (None, blocked):
        synthesiser.rendered.clear()
        store = ClipStore(synthesiser, RATE, folder)
        assert store.clip("seven", 165) is store.clip("seven", 165)
        assert len(synthesiser.rendered) == 1


def test_the_cache_stays_small_and_the_oldest_goes_first(
    synthesiser: Counting, tmp_path: Path
) -> None:
    store = ClipStore(synthesiser, RATE, tmp_path, most_bytes=60_000)
    for age, word in enumerate(["one", "two", "three", "four", "five", "six", "seven"]):
        store.clip(word, 165)
        for file in tmp_path.iterdir():
            if file.stat().st_mtime_ns > 10**15:
                os.utime(file, ns=(age, age))
    files = list(tmp_path.iterdir())
    assert sum(file.stat().st_size for file in files) <= 60_000
    assert min(file.stat().st_mtime_ns for file in files) > 0
    assert max(file.stat().st_mtime_ns for file in files) == 6


def test_a_file_that_another_thread_has_just_removed_does_not_end_the_cache(
    synthesiser: Counting, tmp_path: Path
) -> None:
    (tmp_path / "gone.npz").symlink_to(
        tmp_path / "nowhere"
    )  # it is listed, and cannot be looked at
    store = ClipStore(synthesiser, RATE, tmp_path)
    store.clip("eight", 165)
    store.clip("nine", 165)
    ClipStore(synthesiser, RATE, tmp_path).clip("nine", 165)
    assert len(synthesiser.rendered) == 2


def test_a_word_is_spoken_faster_until_it_fits_and_is_never_cut_short(
    synthesiser: Counting,
) -> None:
    store = ClipStore(synthesiser, RATE)
    for word in ("seventeen", "twenty seven"):
        assert len(store.clip(word, 165)) > 0.6 * RATE
        assert len(store.clip(word, 165, 0.6)) <= 0.6 * RATE
    assert len(store.clip("one", 165, 0.6)) == len(store.clip("one", 165))
    fastest = store.clip("rack it, lock the handles", 165, 0.1)
    assert len(fastest) > 0.3 * RATE


def test_a_store_is_broken_from_the_first_failure_to_the_next_success(
    synthesiser: Counting, tmp_path: Path
) -> None:
    store = ClipStore(synthesiser, RATE, tmp_path)
    store.clip("seven", 165)
    synthesiser.fails = True
    with pytest.raises(SynthesisFailed):
        store.clip("eight", 165)
    store.clip("seven", 165)
    assert store.is_broken
    synthesiser.fails = False
    store.clip("eight", 165)
    assert not store.is_broken


def test_a_missing_voice_breaks_the_store() -> None:
    with Synthesiser("xx-nobody") as synthesiser:
        store = ClipStore(synthesiser, RATE)
        with pytest.raises(Complaint):
            store.clip("one", 165)
        assert store.is_broken


def test_all_prompts_are_equally_loud(synthesiser: Counting) -> None:
    store = ClipStore(synthesiser, RATE)
    texts = ("one", "six", "breathe in, brace", "rack it, lock the handles")
    clips = [store.clip(text, 165).samples for text in texts]
    loudness = [
        np.sqrt(np.mean(clip[np.abs(clip) > 0.03 * np.abs(clip).max()] ** 2)) for clip in clips
    ]
    assert 20 * np.log10(max(loudness) / min(loudness)) < 0.5


def test_silence_becomes_an_empty_clip() -> None:
    assert len(shape(np.zeros(1000, np.float32), 22_050, RATE)) == 0
    assert len(shape(np.zeros(0, np.float32), 22_050, RATE)) == 0


def test_a_known_vowel_is_the_anchor_and_moves_with_the_trimming() -> None:
    samples = np.zeros(22_050, np.float32)
    samples[4410:13_230] = 0.5 * np.sin(np.arange(8820))
    clip = shape(samples, 22_050, 44_100, vowel_s=0.3)
    assert clip.anchor / 44_100 == pytest.approx(0.1 + 0.005, abs=0.0005)


def test_an_unknown_vowel_is_estimated_from_the_sound(synthesiser: Counting) -> None:
    for word in ("eight", "seven", "eleven", "nine", "lower", "press", "brace"):
        speech = synthesiser.render(word, 165, time_vowel=True)
        assert speech.vowel_s is not None
        estimate_s = vowel_onset_s(speech.samples, speech.rate)
        assert estimate_s == pytest.approx(speech.vowel_s, abs=0.045)
