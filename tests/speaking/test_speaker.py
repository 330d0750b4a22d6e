import os

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.complaint import Complaint
from assistant.speaking.speaker import Speaker, real_time
from tests.soundcard import COACH, RATE_HZ, VirtualSoundCard


class Tone:
    """A sine that goes on for ever."""

    def __init__(self, frequency_hz: float, rate_hz: int) -> None:
        self._step = 2 * np.pi * frequency_hz / rate_hz
        self._frame = 0

    def __call__(self, frames: int) -> NDArray[np.float32]:
        phase = self._step * np.arange(self._frame, self._frame + frames)
        self._frame += frames
        return np.asarray(0.3 * np.sin(phase), np.float32)


def loudest_hz(sound: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * RATE_HZ / len(sound))


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000])
def test_what_is_rendered_sounds_in_the_room(sound_card: VirtualSoundCard, rate_hz: int) -> None:
    speaker = Speaker(rate_hz=rate_hz)
    speaker.open()
    assert speaker.rate_hz == rate_hz
    with sound_card.record() as room:
        speaker.play(Tone(440, rate_hz))
        start = room.frames
        assert room.wait_for_coach(start, timeout_s=5)
        start = room.frames
        assert room.wait_until(lambda: room.frames > start + RATE_HZ // 2, timeout_s=5)
    speaker.close()
    assert loudest_hz(room.channel(COACH, start)) == pytest.approx(440, abs=3)
    assert speaker.failures == 0


def test_it_is_silent_but_alive_until_it_is_told_what_to_play(
    sound_card: VirtualSoundCard,
) -> None:
    speaker = Speaker()
    speaker.open()
    with sound_card.record() as room:
        assert room.wait_until(lambda: room.frames > RATE_HZ // 2, timeout_s=5)
        assert not np.any(room.channel(COACH))
    assert speaker.is_running
    assert speaker.frames > 0
    speaker.close()
    assert not speaker.is_running


def test_an_error_while_rendering_is_counted_and_heard_as_silence(
    sound_card: VirtualSoundCard,
) -> None:
    def broken(frames: int) -> NDArray[np.float32]:
        raise RuntimeError(frames)

    speaker = Speaker()
    speaker.open()
    speaker.play(broken)
    with sound_card.record() as room:
        assert room.wait_until(lambda: speaker.failures > 3, timeout_s=5)
        speaker.play(Tone(440, speaker.rate_hz))
        assert room.wait_for_coach(0, timeout_s=5)
    assert speaker.is_running
    speaker.close()


def test_sound_is_rendered_ahead_of_all_else_where_the_system_allows_it(
    sound_card: VirtualSoundCard,
) -> None:
    before = os.sched_getscheduler(0)
    with real_time():
        granted = os.sched_getscheduler(0)
    policies: list[int] = []

    def render(frames: int) -> NDArray[np.float32]:
        policies.append(os.sched_getscheduler(0))
        return np.full(frames, 0.3, np.float32)

    speaker = Speaker()
    speaker.open()
    speaker.play(render)
    with sound_card.record() as room:
        assert room.wait_for_coach(0, timeout_s=5)
    speaker.close()
    assert set(policies) == {granted}
    assert os.sched_getscheduler(0) == before


def test_an_unknown_device_is_answered_with_the_names_there_are(
    sound_card: VirtualSoundCard,
) -> None:
    with pytest.raises(Complaint, match=r"No speaker has 'bose'.*'loudspeaker'"):
        Speaker("bose").open()


def test_a_speaker_that_could_not_be_opened_can_be_opened_later(
    sound_card: VirtualSoundCard,
) -> None:
    from assistant.sound import devices

    sound_card.kill()
    devices.count_again()
    speaker = Speaker("loudspeaker")
    with pytest.raises(Complaint, match="There is no speaker"):
        speaker.open()
    sound_card.start()
    devices.count_again()
    speaker.open()
    assert speaker.is_running
    speaker.close()
