import numpy as np
import pytest

from assistant.hearing.gauge import Condition, Gauge

RATE_HZ = 16_000
HISS = 0.001
VOICE = 0.2


def noise(amplitude: float, seconds: float) -> bytes:
    samples = np.random.default_rng(1).normal(0, amplitude, round(seconds * RATE_HZ))
    return bytes((np.clip(samples, -1, 1) * 32_767).astype("<i2"))


def gauge_after(*sounds: bytes, window_s: float = 2.0) -> Gauge:
    gauge = Gauge(RATE_HZ, window_s)
    for sound in sounds:
        for start in range(0, len(sound), 960):
            gauge.add(sound[start : start + 960])
    return gauge


@pytest.mark.parametrize(
    ("amplitude", "condition"),
    [
        (0.0, Condition.MUTED),
        (0.0001, Condition.QUIET),
        (HISS, Condition.FINE),
        (VOICE, Condition.FINE),
        (1.5, Condition.CLIPPED),
    ],
)
def test_it_tells_what_is_wrong_with_a_microphone(amplitude: float, condition: Condition) -> None:
    assert gauge_after(noise(amplitude, 2)).condition is condition


def test_nothing_is_muted_before_a_whole_window_was_silent() -> None:
    assert gauge_after(noise(0, 1.9)).condition is Condition.FINE
    assert gauge_after(noise(0, 2.0)).condition is Condition.MUTED


def test_one_sound_ends_the_suspicion_at_once() -> None:
    gauge = gauge_after(noise(0, 3))
    gauge.add(noise(HISS, 0.03))
    assert gauge.condition is Condition.FINE


def test_speech_stands_out_from_the_room() -> None:
    assert gauge_after(noise(HISS, 3)).speech_s == 0
    assert gauge_after(noise(HISS, 3), noise(VOICE, 0.6)).speech_s == pytest.approx(0.6)


def test_a_loud_room_is_not_taken_for_speech_for_long() -> None:
    gauge = gauge_after(noise(HISS, 3), noise(0.1, 30))
    gauge.speech_s = 0.0
    for _ in range(100):
        gauge.add(noise(0.1, 0.03))
    assert gauge.speech_s == 0


def test_an_empty_block_is_no_sound_at_all() -> None:
    gauge = gauge_after(noise(HISS, 2))
    gauge.add(b"")
    assert gauge.condition is Condition.FINE
