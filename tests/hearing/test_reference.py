"""What was played comes back in step with what is heard."""

import numpy as np
import pytest

from assistant.hearing.reference import RATE, Reference

RAMP = np.arange(RATE, dtype=np.float32) / np.float32(RATE)


def tone(frames: int, rate: int, hertz: float = 500) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(frames) / rate).astype(np.float32)


def test_at_the_same_rate_every_frame_comes_back_as_it_was() -> None:
    reference = Reference(RATE)
    for at in range(0, 3200, 320):
        reference.write(RAMP[at : at + 320])
        assert np.array_equal(reference.read(320), RAMP[at : at + 320])


def test_blocks_of_both_sides_may_differ_in_length() -> None:
    reference = Reference(RATE)
    reference.write(RAMP[:1000])
    first = [reference.read(480), reference.read(480)]
    assert np.array_equal(np.concatenate(first)[:480], RAMP[520:1000])


@pytest.mark.parametrize("rate", [22_050, 44_100, 48_000])
def test_other_rates_are_brought_to_that_of_the_microphone(rate: int) -> None:
    reference = Reference(rate)
    played = tone(rate, rate)
    for at in range(0, len(played), rate // 50):
        reference.write(played[at : at + rate // 50])
    sound = reference.read(8000)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    assert np.argmax(spectrum) * RATE / len(sound) == pytest.approx(500, abs=2)
    assert np.max(np.abs(sound)) == pytest.approx(1, abs=0.05)


def test_it_can_be_shifted_to_what_was_played_earlier() -> None:
    reference = Reference(RATE)
    reference.write(RAMP[:4000])
    reference.read(480)
    reference.shift(-1000)
    assert np.array_equal(reference.read(480), RAMP[3000:3480])


def test_at_another_pace_it_is_read_between_the_frames() -> None:
    reference = Reference(RATE)
    played = tone(RATE, RATE)
    reference.write(played)
    reference.read(0)
    reference.shift(-15_000)
    reference.pace = 1.0001
    sound = np.concatenate([reference.read(480) for _ in range(20)])
    places = 1000 + np.arange(len(sound)) * 1.0001
    assert np.allclose(sound, np.sin(2 * np.pi * 500 * places / RATE), atol=0.01)


def test_a_loudspeaker_that_was_away_is_lined_up_anew() -> None:
    reference = Reference(RATE)
    reference.write(RAMP[:480])
    reference.read(480)
    for _ in range(40):
        assert not reference.read(480).any()
    assert reference.restarts > 0
    before = reference.restarts
    reference.write(RAMP[:480])
    reference.read(480)
    reference.write(RAMP[480:960])
    reference.read(480)
    assert reference.restarts - before <= 2


def test_a_reader_that_fell_far_behind_goes_on_with_what_is_new() -> None:
    reference = Reference(RATE)
    reference.read(480)
    for _ in range(5):
        reference.write(RAMP)
    reference.read(480)
    assert reference.restarts == 1
    reference.write(RAMP[:480])
    assert np.array_equal(reference.read(480), RAMP[:480])
