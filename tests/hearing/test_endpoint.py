import numpy as np
import pytest

from assistant.hearing.endpoint import BYTES_A_SECOND, LIVE, WHOLE, VoiceGate
from assistant.language.walk import Standing
from assistant.sound.clip import Samples
from assistant.sound.wav import to_pcm
from tests.hearing.voices import spoken

BLOCK = BYTES_A_SECOND * 30 // 1000


def noise(seconds: float, level: float = 2e-4) -> Samples:
    samples = np.random.default_rng(1).normal(0.0, level, round(seconds * BYTES_A_SECOND / 2))
    return samples.astype(np.float32)


def passed(gate: VoiceGate, sound: Samples) -> bytes:
    pcm = to_pcm(sound)
    return b"".join(gate.pass_on(pcm[at : at + BLOCK]) for at in range(0, len(pcm), BLOCK))


@pytest.mark.parametrize("level", [0.0, 1e-3, 3e-2, 0.2])
def test_noise_of_any_level_wakes_nobody(level: float) -> None:
    assert passed(VoiceGate(), noise(4.0, level)) == b""


def test_a_rhythm_of_clanks_and_a_hum_wake_nobody() -> None:
    at = np.arange(4 * BYTES_A_SECOND // 2) / (BYTES_A_SECOND / 2)
    hum = 0.1 * np.sin(2 * np.pi * 50 * at) + 0.05 * np.sin(2 * np.pi * 150 * at)
    clanks = 0.5 * np.exp(-30 * (at % 0.8)) * np.sin(2 * np.pi * 2400 * at)
    assert passed(VoiceGate(), (hum + clanks).astype(np.float32)) == b""


def test_a_voice_is_let_through_with_the_moment_before_it() -> None:
    gate = VoiceGate()
    word = spoken("stop")
    let_through = passed(gate, np.concatenate([noise(2.0), word + noise(len(word) / 16_000)]))
    assert 0.25 < len(let_through) / BYTES_A_SECOND - len(word) / 16_000 < 0.6
    assert 0.1 < gate.speech_s < 0.6


def test_after_an_utterance_it_waits_for_the_next_voice() -> None:
    gate = VoiceGate()
    passed(gate, np.concatenate([noise(0.5), spoken("stop")]))
    passed(gate, noise(1.0))
    assert gate.silence_s > 0.5
    gate.shut()
    assert passed(gate, noise(1.0)) == b""
    assert passed(gate, spoken("stop")) != b""


def test_what_was_heard_can_be_forgotten() -> None:
    gate = VoiceGate()
    passed(gate, spoken("stop"))
    gate.reset()
    assert gate.speech_s == gate.silence_s == 0.0
    assert passed(gate, noise(1.0)) == b""


def test_the_less_may_follow_the_sooner_it_ends() -> None:
    limits = [
        LIVE.limit_s(Standing.CLOSED, 1),
        LIVE.limit_s(Standing.OPEN, 1),
        LIVE.limit_s(Standing.OPEN, 2),
        LIVE.limit_s(Standing.FRAGMENT, 3),
    ]
    assert limits == sorted(set(limits))


def test_a_recording_ends_with_its_file() -> None:
    assert WHOLE.limit_s(Standing.CLOSED, 1) == float("inf")
