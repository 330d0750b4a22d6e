"""``cadence``: the file and its cue list agree to the sample."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.cli import main


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def cues(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
def test_the_first_sample_of_each_click_is_on_the_frame_of_its_cue(
    rate: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "set.wav"
    options = ["--tempo", "3-1-2-1", "--reps", "3", "--verbosity", "clicks", "--json"]
    assert main(["cadence", *options, "--rate", str(rate), str(out)]) == 0
    samples, file_rate = soundfile.read(out, dtype="int16")
    assert file_rate == rate
    sounding = np.flatnonzero(samples)
    breaks = np.flatnonzero(np.diff(sounding) > 0.2 * rate)
    onsets = {int(sounding[0]), *(int(sounding[index + 1]) for index in breaks)}
    frames = {cue["frame"] for cue in cues(capsys)}
    assert onsets == frames
    first = min(onsets)
    assert all(round((onset - first) / rate) * rate == onset - first for onset in onsets)


def test_every_line_of_the_list_has_frame_rep_phase_and_clip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cadence", "--reps", "2", "--rate", "16000", "--json", f"{tmp_path}/x.wav"]) == 0
    lines = cues(capsys)
    assert all(list(line) == ["frame", "rep", "phase", "clip"] for line in lines)
    done = [(line["rep"], line["clip"]) for line in lines if line["phase"] == "done"]
    assert done == [(1, "word:last one"), (2, "word:two")]


def test_words_are_spoken_unless_only_clicks_are_wanted(tmp_path: Path) -> None:
    loudness = {}
    for verbosity in ("full", "clicks"):
        out = tmp_path / f"{verbosity}.wav"
        options = ["--reps", "1", "--rate", "16000", "--verbosity", verbosity]
        assert main(["cadence", *options, str(out)]) == 0
        samples, _ = soundfile.read(out)
        loudness[verbosity] = float(np.sqrt(np.mean(samples**2)))
        assert np.abs(samples).max() < 1
    assert loudness["full"] > 1.5 * loudness["clicks"]


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_set_can_be_drawn(ending: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / f"set.{ending}"
    options = ["--reps", "1", "--rate", "16000", "--plot", str(picture)]
    assert main(["cadence", *options, str(tmp_path / "set.wav")]) == 0
    assert picture.read_bytes()[:5] in (b"\x89PNG\r", b"<?xml")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--tempo", "3-1-X-1"], "X means as fast as possible"),
        (["--tempo", "0-0-0-0"], "at least one phase must take time"),
        (["--tempo", "9-9-9-9"], "would take 36 seconds"),
        (["--tempo", "fast"], "is no tempo"),
        (["--reps", "0"], "choose 1 to 30"),
        (["--reps", "31"], "choose 1 to 30"),
        (["--plot", "set.jpg"], "end it in .png or .svg"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    options: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "set.wav"
    arguments = ["cadence", "--reps", "1", "--verbosity", "clicks", "--rate", "16000"]
    assert main([*arguments, *options, str(out)]) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert not out.exists()


def test_a_folder_that_does_not_exist_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "set.wav"
    assert main(["cadence", "--reps", "1", "--verbosity", "clicks", str(out)]) == 2
    assert f"{out} cannot be written" in capsys.readouterr().err
