"""Speech is distorted as intended, and what measures is kept from what trains."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.complaint import Complaint
from assistant.sound.mix import loudest_energy
from scripts.voice_model.corpus import (
    RATE,
    Recording,
    Samples,
    read_manifest,
    read_sound,
    write_manifest,
)

pytest.importorskip("scipy", reason="needed for training only")

from scripts.voice_model import noise
from scripts.voice_model.augmentation import (
    Surroundings,
    distorted,
    measuring_half,
    mixed,
    surroundings,
    training_half,
)


def chance() -> np.random.Generator:
    return np.random.default_rng(1)


def speech() -> np.ndarray:
    tone = np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    return (0.3 * tone).astype(np.float32)


@pytest.mark.parametrize("snr_db", [0.0, 12.0])
def test_noise_is_as_far_below_the_speech_as_asked(snr_db: float) -> None:
    bed = noise.coloured(RATE, chance())
    added = mixed(speech(), bed, snr_db) - speech()
    ratio = loudest_energy(speech()) / loudest_energy(added)
    assert 10 * np.log10(ratio) == pytest.approx(snr_db, abs=0.1)


def test_silent_noise_changes_nothing() -> None:
    assert np.array_equal(mixed(speech(), np.zeros(RATE, np.float32), 6.0), speech())


@pytest.mark.parametrize("make", [noise.coloured, noise.music, noise.clanks])
def test_made_noise_is_as_long_and_as_loud_as_can_be(
    make: Callable[[int, np.random.Generator], Samples],
) -> None:
    made = make(RATE, chance())
    assert made.shape == (RATE,)
    assert np.max(np.abs(made)) == pytest.approx(1.0)


def test_distorted_speech_fits_16_bits_and_is_the_same_for_the_same_seed() -> None:
    around = Surroundings([noise.coloured(RATE, chance())], [noise.music(RATE, chance())], [])
    for seed in range(20):
        heard = distorted(speech(), around, np.random.default_rng(seed), hard=seed % 2 == 1)
        assert np.isfinite(heard).all()
        assert -32_768 <= heard.min() <= heard.max() <= 32_767
        assert len(heard) > RATE * 0.88
        again = distorted(speech(), around, np.random.default_rng(seed), hard=seed % 2 == 1)
        assert np.array_equal(heard, again)


def test_no_second_of_noise_both_trains_and_measures(tmp_path: Path) -> None:
    whole = np.arange(9, dtype=np.float32)
    assert np.array_equal(np.concatenate((training_half(whole), measuring_half(whole))), whole)
    file = tmp_path / "tap.wav"
    soundfile.write(file, np.concatenate((np.full(RATE, 0.25), np.full(RATE, -0.5))), RATE)
    listed = [Recording(file, 2.0, "", "", "noise", "taps")]
    around = surroundings(listed, [file], [file], seed=1, beds=15)
    assert all((used > 0).all() for used in around.noises)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    one = Recording(tmp_path / "a.wav", 1.25, "slt", "don't stop", "train", "synthetic")
    write_manifest(tmp_path, [one])
    assert read_manifest(tmp_path) == [one]


def test_what_is_no_corpus_is_a_complaint(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match=r"needs a manifest\.tsv"):
        read_manifest(tmp_path)
    (tmp_path / "manifest.tsv").write_text("path\ttext\n")
    with pytest.raises(Complaint, match="columns corpus, part, seconds, speaker are missing"):
        read_manifest(tmp_path)
    (tmp_path / "a.wav").write_text("no sound")
    with pytest.raises(Complaint, match="cannot be read"):
        read_sound(tmp_path / "a.wav")


def test_any_rate_becomes_16_khz_mono(tmp_path: Path) -> None:
    file = tmp_path / "stereo.wav"
    soundfile.write(file, np.full((44_100, 2), 0.5), 44_100)
    assert len(read_sound(file)) == RATE
