import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.complaint import Complaint
from assistant.hearing.microphone import BACKLOG_S, BLOCK_S, Microphone
from assistant.sound.devices import Direction, Fit, choose
from tests.soundcard import VirtualSoundCard


def heard(microphone: Microphone, seconds: float) -> NDArray[np.int16]:
    blocks = [microphone.read(timeout_s=5) for _ in range(round(seconds / BLOCK_S))]
    assert None not in blocks
    return np.frombuffer(b"".join(filter(None, blocks)), "<i2")


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000])
def test_what_sounds_in_the_room_is_read_at_its_true_level(
    sound_card: VirtualSoundCard, rate_hz: int
) -> None:
    microphone = Microphone("headset", rate_hz)
    microphone.open()
    assert (microphone.rate_hz, microphone.device_name) == (rate_hz, "headset")
    tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(12_000) / 48_000)
    sound_card.play(tone.astype(np.float32), 48_000)
    samples = heard(microphone, 0.6)
    microphone.close()
    assert len(samples) == pytest.approx(0.6 * rate_hz, rel=0.01)
    assert np.abs(samples).max() / 32_768 == pytest.approx(0.25, rel=0.05)


def test_a_stereo_device_with_a_rate_of_its_own_is_mixed_down_and_resampled(
    sound_card: VirtualSoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sound card addressed directly, without a server that converts."""

    def only_48_khz_stereo(wanted: str | None, direction: Direction, _rate_hz: int) -> Fit:
        return Fit(choose(wanted, direction), 48_000, 2)

    monkeypatch.setattr("assistant.hearing.microphone.fit", only_48_khz_stereo)
    microphone = Microphone("headset")
    microphone.open()
    assert (microphone.rate_hz, microphone.device_rate_hz) == (16_000, 48_000)
    tone = 0.25 * np.sin(2 * np.pi * 440 * np.arange(12_000) / 48_000)
    sound_card.play(tone.astype(np.float32), 48_000)
    samples = heard(microphone, 0.6)
    microphone.close()
    assert len(samples) == pytest.approx(0.6 * 16_000, rel=0.02)
    assert np.abs(samples).max() / 32_768 == pytest.approx(0.25, rel=0.05)


def test_a_silent_room_still_delivers_blocks(sound_card: VirtualSoundCard) -> None:
    microphone = Microphone()
    microphone.open()
    assert np.abs(heard(microphone, 0.5)).max() < 0.01 * 32_768
    assert microphone.is_running
    microphone.close()


def test_no_block_in_time_is_none(sound_card: VirtualSoundCard) -> None:
    assert Microphone().read(timeout_s=0.01) is None


def test_a_reader_that_falls_behind_gets_the_latest_sound(sound_card: VirtualSoundCard) -> None:
    microphone = Microphone()
    microphone.open()
    with sound_card.record() as room:
        assert room.wait_until(lambda: microphone.dropped_blocks > 3, timeout_s=BACKLOG_S + 5)
    microphone.close()
    backlog = 0
    while microphone.read(timeout_s=0) is not None:
        backlog += 1
    assert backlog == round(BACKLOG_S / BLOCK_S)


def test_an_unknown_device_is_answered_with_the_names_there_are(
    sound_card: VirtualSoundCard,
) -> None:
    with pytest.raises(Complaint, match=r"No microphone has 'bose'.*'headset'"):
        Microphone("bose").open()
