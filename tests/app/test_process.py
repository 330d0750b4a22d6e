"""The real process: on a virtual sound card, under a service manager that listens."""

import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.service.door import NAME
from tests.coach import START_S, RunningCoach
from tests.soundcard import VirtualSoundCard

SILENT_S = 6.0

Start = Callable[..., RunningCoach]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What each start would have to make anew."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def start(tmp_path: Path, cache: Path) -> Iterator[Start]:
    """Starts a coach that is gone after the test."""
    coaches: list[RunningCoach] = []

    def begin(*arguments: str, **env: str) -> RunningCoach:
        coach = RunningCoach(tmp_path, *arguments, env={"XDG_CACHE_HOME": str(cache), **env})
        coaches.append(coach)
        return coach

    yield begin
    for coach in coaches:
        coach.__exit__(None, None, None)


def test_a_service_is_ready_when_everything_works_and_ends_within_two_seconds(
    sound_card: VirtualSoundCard, start: Start, tmp_path: Path, cache: Path
) -> None:
    coach = start("--service", WATCHDOG_USEC="1500000")
    assert coach.tells("READY=1")
    status = coach.status
    assert status["ready"]
    assert status["faults"] == []
    assert status["state"] == "idle"
    assert coach.tells("WATCHDOG=1")
    assert coach.tells("WATCHDOG=1")
    assert stat.S_IMODE(coach.door.stat().st_mode) == 0o600

    with RunningCoach(cache, env={"XDG_RUNTIME_DIR": str(tmp_path)}) as second:
        assert second.process.wait(START_S) == 2
        assert "Another coach is running already" in second.log

    code, took_s = coach.stop()
    assert code == 0
    assert took_s < 2
    assert "STOPPING=1" in coach.messages or coach.tells("STOPPING=1")
    assert coach.output == ""
    assert coach.log == ""
    journal = tmp_path / "data" / "workout-assistant" / "journal.sqlite"
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_a_lost_microphone_is_told_and_leaves_the_watchdog_unfed_until_it_is_back(
    sound_card: VirtualSoundCard, start: Start
) -> None:
    coach = start("--service", WATCHDOG_USEC="600000")
    assert coach.tells("READY=1")
    sound_card.suspend_microphone()
    assert coach.tells("STATUS=has failed: microphone", SILENT_S)
    coach.messages.clear()
    assert coach.logs("the microphone has failed")
    assert not coach.tells("WATCHDOG=1", 1.5)
    sound_card.resume_microphone()
    assert coach.tells("STATUS=listening", SILENT_S)
    assert coach.tells("WATCHDOG=1", SILENT_S)
    assert "ALSA" not in coach.log


def test_a_service_waits_for_its_devices(sound_card: VirtualSoundCard, start: Start) -> None:
    sound_card.kill()
    coach = start("--service")
    assert coach.tells("STATUS=waiting for a loudspeaker")
    sound_card.start()
    assert coach.tells("READY=1")


def test_whoever_starts_it_by_hand_is_told_what_is_missing(
    sound_card: VirtualSoundCard, start: Start
) -> None:
    sound_card.kill()
    coach = start()
    assert coach.process.wait(30) == 2
    assert "microphone" in coach.log
    assert "ALSA" not in coach.log
    assert "Traceback" not in coach.log


def test_hangup_reads_the_settings_again_and_keeps_the_old_ones_when_they_are_no_good(
    sound_card: VirtualSoundCard, start: Start, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "workout-assistant" / "config.toml"
    config.parent.mkdir(parents=True)
    coach = start("--service")
    assert coach.tells("READY=1")
    config.write_text(f'[hearing]\nrecord_dir = "{tmp_path / "heard"}"\n')
    coach.process.send_signal(signal.SIGHUP)
    assert coach.tells("RELOADING=1")
    assert coach.tells("READY=1")
    assert "everything heard is recorded" in coach.log
    assert list((tmp_path / "heard").glob("*.wav"))

    config.write_text("[speaking]\nvolume = 99\n")
    coach.process.send_signal(signal.SIGHUP)
    assert coach.tells("RELOADING=1")
    assert coach.logs("Nothing is changed")
    assert coach.tells("READY=1")


def test_a_service_does_not_read_what_others_may_write(
    sound_card: VirtualSoundCard, start: Start, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "workout-assistant" / "config.toml"
    config.parent.mkdir(parents=True)
    config.touch()
    config.chmod(0o666)
    coach = start("--service")
    assert coach.process.wait(30) == 2
    assert f"{config} can be written by everybody" in coach.log


def test_a_microphone_that_is_switched_off_is_told_from_a_silent_room(
    sound_card: VirtualSoundCard, start: Start, tmp_path: Path
) -> None:
    sound_card.kill()
    (tmp_path / "dead").mkdir()
    dead = VirtualSoundCard(tmp_path / "dead", room_tone=0)
    dead.start()
    coach = start("--service", **dead.settings)
    assert coach.shows(microphone_condition="muted", faults=["microphone"])
    dead.kill()


def test_starts_that_came_to_nothing_become_rarer(
    sound_card: VirtualSoundCard, start: Start, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "workout-assistant" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("nonsense")
    (tmp_path / NAME).mkdir()
    for _ in range(3):
        assert start("--service").process.wait(START_S) == 2
    coach = start("--service")
    assert coach.tells("STATUS=waiting for 2 s")
    assert coach.process.wait(START_S) == 2


def test_a_library_that_aborts_while_it_is_loaded_does_not_go_unseen(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "asound.conf").mkdir()  # what PortAudio does not survive
    coach = start("--service", ALSA_CONFIG_PATH=str(tmp_path / "asound.conf"))
    assert coach.process.wait(START_S) != 0
    assert coach.log != ""
