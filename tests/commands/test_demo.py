"""``demo``: real voices, a simulated room, the real recogniser."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.cli import main


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.yaml"
    path.write_text("- {at: 0.5, say: start checklist}\n- say: yes\n- say: my back hurts\n")
    return path


def test_a_spoken_session_is_understood_written_down_and_recorded(
    script: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    arguments = ["demo", "--scenario", str(script), "--out", str(folder), "--no-play", "--json"]
    assert main(arguments) == 0

    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    heard = [it["intent"] for it in records if it["kind"] == "heard"]
    assert heard[:3] == ["StartChecklist", "Yes", "MyBackHurts"]

    transcript = (folder / "session.txt").read_text()
    assert "person    my back hurts" in transcript
    assert "coach     Back and hips firm against the seat?" in transcript

    samples, rate = soundfile.read(folder / "session.wav")
    question = next(it for it in records if it.get("prompt") == "checklist.K1")
    spoken = samples[round(question["at"] * rate) : round((question["at"] + 2) * rate)]
    assert np.sqrt(np.mean(spoken**2)) > 0.01


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file")

    assert main(["demo", "--out", str(tmp_path / "taken"), "--no-play"]) == 2
    assert f"{tmp_path / 'taken'}: cannot be written to" in capsys.readouterr().err


def test_without_a_speaker_nothing_is_played_and_nobody_complains(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere")
    monkeypatch.setenv("WORKOUT_ASSISTANT_SPEAKING_SPEAKER", "no such speaker")
    script.write_text("- say: louder\n")

    assert main(["demo", "--scenario", str(script), "--out", str(tmp_path / "out")]) == 0
