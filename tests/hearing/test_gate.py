"""What the recogniser gets to hear."""

import numpy as np

from assistant.hearing.gate import PRE_ROLL_S, SILENCE_S, SILENT_FOR_S, Gate

FRAMES = 320
BLOCK_S = 0.02


def block(number: int) -> bytes:
    noise = np.random.default_rng(number).normal(0, 50, FRAMES)
    return np.rint(noise).astype("<i2").tobytes()


def closed() -> Gate:
    """A gate that nobody has spoken through for long."""
    gate = Gate()
    for number in range(round(3 / BLOCK_S)):
        gate.pass_on(block(number), is_own_sound=True, is_near=False)
    return gate


def test_while_the_coach_is_silent_everything_passes() -> None:
    gate = Gate()
    assert gate.pass_on(block(1), is_own_sound=False, is_near=False) == block(1)


def test_the_coachs_own_sound_does_not_pass() -> None:
    assert closed().pass_on(block(1), is_own_sound=True, is_near=False) == b""


def test_a_person_passes_together_with_the_moment_before() -> None:
    gate = closed()
    for number in range(30):
        gate.pass_on(block(number), is_own_sound=True, is_near=False)
    before = b"".join(block(number) for number in range(30))
    passed = gate.pass_on(block(30), is_own_sound=True, is_near=True)
    assert passed.endswith(block(29) + block(30))
    assert before.endswith(passed[: -len(block(30))])
    assert PRE_ROLL_S <= (len(passed) // 2 - FRAMES) / 16_000 <= PRE_ROLL_S + BLOCK_S


def test_when_the_person_falls_silent_the_silence_comes_at_once_and_then_ends() -> None:
    gate = closed()
    gate.pass_on(block(1), is_own_sound=True, is_near=True)
    silence = gate.pass_on(block(2), is_own_sound=True, is_near=False)
    assert len(silence) // 2 == round(SILENCE_S * 16_000)
    more = [gate.pass_on(block(n), is_own_sound=True, is_near=False) for n in range(200)]
    length_s = (len(silence) + sum(map(len, more))) / 32_000
    assert abs(length_s - SILENT_FOR_S) < BLOCK_S
    assert more[-1] == b""


def test_the_silence_is_as_loud_as_the_room_and_no_tone() -> None:
    gate = closed()
    gate.pass_on(block(1), is_own_sound=True, is_near=True)
    silence = np.frombuffer(gate.pass_on(block(2), is_own_sound=True, is_near=False), "<i2")
    assert 35 < np.std(silence) < 60
    spectrum = np.abs(np.fft.rfft(silence)) ** 2
    assert spectrum.max() < 20 * spectrum.mean()


def test_nothing_is_passed_twice() -> None:
    gate = closed()
    gate.pass_on(block(1), is_own_sound=True, is_near=True)
    assert gate.pass_on(block(2), is_own_sound=True, is_near=True) == block(2)
