import json
from pathlib import Path
from typing import Any

import pytest

from assistant.app.hearing import recognisers
from assistant.app.knowledge import know
from assistant.cli import main
from assistant.hearing.models import find_model
from assistant.settings import Settings
from assistant.sound import devices
from tests.soundcard import VirtualSoundCard


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keeps the compiled sentences from test to test."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without settings or log."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return tmp_path


class Report:
    """What ``check --json`` says, by part."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *options: str) -> None:
        self.code = main(["check", "--json", *options])
        lines = capsys.readouterr().out.splitlines()
        self.parts: dict[str, dict[str, Any]] = {
            finding.pop("part"): finding for finding in map(json.loads, lines)
        }

    def state(self, part: str) -> str:
        return str(self.parts[part]["state"])


def test_a_machine_with_everything_is_in_order(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(capsys)
    assert report.code == 0
    assert [*report.parts] == [
        "microphone",
        "speaker",
        "model",
        "voice",
        "data folder",
        "cache folder",
        "config file",
        "disk",
        "clock",
    ]
    sound_parts = [report.state(part) for part in report.parts if part != "clock"]
    assert sound_parts == ["ok"] * 8
    assert all(finding.keys() == {"state", "detail", "mend"} for finding in report.parts.values())


def test_what_the_coach_hears_with_has_been_opened_all_of_it(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str], cache: Path
) -> None:
    assert Report(capsys).state("model") == "ok"
    compiled = {path.name for path in (cache / "workout-assistant" / "models").iterdir()}
    settings = Settings()
    recognisers(find_model(None), know(settings), settings)
    assert compiled == {path.name for path in (cache / "workout-assistant" / "models").iterdir()}


def test_the_microphone_hears_the_tone_of_the_speaker(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str]
) -> None:
    sound_card.couple()
    assert Report(capsys, "--listen").state("tone") == "ok"


def test_a_tone_that_is_not_heard_is_a_warning(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(capsys, "--listen")
    assert report.state("tone") == "warn"
    assert "turn the volume up" in report.parts["tone"]["mend"]
    assert report.code == 0


def test_no_devices_is_a_failure_that_says_what_to_do(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str]
) -> None:
    sound_card.kill()
    devices.count_again()
    report = Report(capsys, "--listen")
    assert report.code == 2
    assert (report.state("microphone"), report.state("speaker")) == ("fail", "fail")
    assert "There is no speaker" in report.parts["speaker"]["detail"]
    assert "[speaking] speaker" in report.parts["speaker"]["mend"]
    assert report.state("voice") == "ok"


def test_a_muted_microphone_is_told_from_a_missing_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sound_card: VirtualSoundCard,
) -> None:
    sound_card.kill()
    (tmp_path / "silent").mkdir()
    silent = VirtualSoundCard(tmp_path / "silent", room_tone=0)
    silent.start()
    for name, value in silent.settings.items():
        monkeypatch.setenv(name, value)
    devices.count_again()
    report = Report(capsys)
    silent.kill()
    assert report.state("microphone") == "warn"
    assert "nothing but zeros" in report.parts["microphone"]["detail"]


def test_settings_that_are_not_valid_are_a_failure_among_others(
    sound_card: VirtualSoundCard,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WORKOUT_ASSISTANT_SPEAKING_VOLUME", "eleven")
    report = Report(capsys)
    assert (report.code, report.state("settings")) == (2, "fail")
    assert report.state("model") == "ok"


def test_a_config_file_that_others_may_write_is_a_warning_with_its_remedy(
    sound_card: VirtualSoundCard, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "XDG_CONFIG_HOME" / "workout-assistant" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("")
    file.chmod(0o666)
    report = Report(capsys)
    assert report.state("config file") == "warn"
    assert report.parts["config file"]["mend"] == f"chmod go-w '{file}'"


def test_people_get_a_line_for_each_part_and_the_remedy_below(
    sound_card: VirtualSoundCard, capsys: pytest.CaptureFixture[str]
) -> None:
    sound_card.kill()
    devices.count_again()
    assert main(["check"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("fail microphone   There is no microphone")
    assert lines[1].lstrip().startswith("put it right")
