import pytest

from assistant.complaint import Complaint
from assistant.sound.devices import Direction, choose, devices, fit
from tests.soundcard import VirtualSoundCard


def test_a_device_is_found_by_part_of_its_name(sound_card: VirtualSoundCard) -> None:
    assert choose("HEAD", Direction.INPUT).name == "headset"


def test_without_a_name_the_default_of_the_system_is_taken(sound_card: VirtualSoundCard) -> None:
    assert choose(None, Direction.OUTPUT).name == "default"


def test_an_exact_name_wins_over_names_that_contain_it(sound_card: VirtualSoundCard) -> None:
    names = {device.name for device in devices(Direction.OUTPUT)}
    assert "loudspeaker" in names
    assert choose("loudspeaker", Direction.OUTPUT).name == "loudspeaker"


def test_an_unknown_name_is_answered_with_the_names_there_are(
    sound_card: VirtualSoundCard,
) -> None:
    with pytest.raises(Complaint, match=r"No microphone has 'jabra'.*'headset'.*'default'"):
        choose("jabra", Direction.INPUT)


def test_a_name_that_fits_several_devices_is_not_guessed_at(sound_card: VirtualSoundCard) -> None:
    with pytest.raises(Complaint, match="More than one speaker has 'e'"):
        choose("e", Direction.OUTPUT)


def test_a_number_is_refused_because_numbers_change_from_boot_to_boot(
    sound_card: VirtualSoundCard,
) -> None:
    with pytest.raises(Complaint, match=r"by name, not by the number '1'.*'headset'"):
        choose(" 1 ", Direction.INPUT)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("direction", list(Direction))
def test_the_usual_rates_are_taken_as_they_are(
    sound_card: VirtualSoundCard, direction: Direction, rate_hz: int
) -> None:
    agreed = fit(None, direction, rate_hz)
    assert (agreed.rate_hz, agreed.channels) == (rate_hz, 1)


def test_a_rate_no_device_takes_is_replaced_by_the_device_s_own(
    sound_card: VirtualSoundCard,
) -> None:
    assert fit(None, Direction.INPUT, 1_000_000).rate_hz == choose(None, Direction.INPUT).rate_hz


def test_a_rate_that_must_not_be_replaced_is_complained_about(
    sound_card: VirtualSoundCard,
) -> None:
    with pytest.raises(Complaint, match="'default' cannot be opened at 1000000 Hz"):
        fit(None, Direction.INPUT, 1_000_000, fixed_rate=True)


def test_without_any_device_the_complaint_says_what_to_look_at(
    sound_card: VirtualSoundCard,
) -> None:
    from assistant.sound import devices as counted

    sound_card.kill()
    counted.count_again()
    with pytest.raises(Complaint, match="There is no speaker on this machine: plug one in"):
        choose(None, Direction.OUTPUT)
