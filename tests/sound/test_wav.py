from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.complaint import Complaint
from assistant.sound.mix import in_a_quiet_room, loudest_energy, with_noise
from assistant.sound.wav import from_pcm, read, to_pcm, write

RATE = 16_000
TONE = (0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_channels_become_mono_at_the_wanted_rate(
    tmp_path: Path, rate: int, channels: int
) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    soundfile.write(tmp_path / "a.wav", np.stack([tone] * channels, axis=1), rate)
    sound = read(tmp_path / "a.wav", RATE)
    assert abs(len(sound) - RATE) <= 2
    assert np.argmax(np.abs(np.fft.rfft(sound))) * RATE / len(sound) == pytest.approx(440, abs=1)


def test_what_is_there_of_a_truncated_file_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", TONE, RATE)
    whole = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "b.wav").write_bytes(whole[: len(whole) // 2])
    assert len(read(tmp_path / "b.wav", RATE)) == pytest.approx(RATE / 2, abs=32)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"this is no sound at all, but text", "not a sound file"),
        (b"RIFF\x24\x00\x00\x00WAVE", "not a sound file"),
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(Complaint, match=said):
        read(tmp_path / "a.wav", RATE)


def test_a_file_without_samples_or_no_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", TONE[:0], RATE)
    with pytest.raises(Complaint, match="no sound in the file"):
        read(tmp_path / "a.wav", RATE)
    with pytest.raises(Complaint, match="no such sound file"):
        read(tmp_path, RATE)


def test_what_is_too_loud_is_made_softer_and_not_clipped(tmp_path: Path) -> None:
    write(tmp_path / "a.wav", 4 * TONE, RATE)
    assert np.allclose(read(tmp_path / "a.wav", RATE), 2 * TONE, atol=1e-4)
    with pytest.raises(Complaint, match="cannot be written"):
        write(tmp_path / "none" / "a.wav", TONE, RATE)


def test_pcm_there_and_back() -> None:
    assert np.allclose(from_pcm(to_pcm(TONE) + b"x"), TONE, atol=1e-4)


@pytest.mark.parametrize("snr_db", [24.0, 6.0, 0.0])
def test_noise_is_scaled_by_the_loudest_frames(snr_db: float) -> None:
    noise = np.random.default_rng(1).normal(0, 0.01, 5_000).astype(np.float32)
    speech = TONE * np.float32(0.1)
    added = with_noise(speech, noise, snr_db) - speech
    ratio = loudest_energy(speech) / loudest_energy(added)
    assert 10 * np.log10(ratio) == pytest.approx(snr_db, abs=0.01)
    assert np.array_equal(with_noise(speech, noise, snr_db), added + speech)


def test_a_loud_mix_does_not_clip_and_silence_is_no_noise() -> None:
    assert np.max(np.abs(with_noise(TONE, TONE, 0.0))) <= 1.0
    with pytest.raises(Complaint, match="silent"):
        with_noise(TONE, np.zeros(100, np.float32), 10.0)


def test_quiet_speech_is_brought_to_the_usual_level() -> None:
    loud, soft = in_a_quiet_room(TONE, RATE), in_a_quiet_room(TONE / np.float32(500), RATE)
    assert len(loud) == len(TONE) + round(0.8 * RATE)
    assert np.allclose(loud, soft, atol=1e-4)
    assert np.isfinite(in_a_quiet_room(TONE * 0, RATE)).all()
