"""``simulate`` as a person and as a program see it."""

import json
from pathlib import Path

import pytest

from assistant.cli import main


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.yaml"
    path.write_text("- {at: 1, say: start set of three}\n- {at: 20, say: stop}\n")
    return path


def test_each_line_is_one_json_object(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", str(script), "--json"]) == 0

    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [it["text"] for it in records if it["kind"] == "heard"] == ["start set of three", "stop"]
    assert {"at", "kind", "rep", "phase", "clip", "frame"} == set(
        next(it for it in records if it["kind"] == "cue")
    )
    assert records == sorted(records, key=lambda it: it["at"])


def test_people_get_a_line_for_each_thing_that_happens(
    script: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", str(script), "--no-cues"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["1.00", "you", "start", "set", "of", "three", "[StartSet]"]
    assert not any(" cue " in line for line in lines)


@pytest.mark.parametrize(("level", "code"), [("emergency", 0), ("doctor", 1)])
def test_the_exit_code_tells_whether_the_expected_level_was_reached(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str, code: int
) -> None:
    path = tmp_path / "pain.yaml"
    path.write_text(f"expect: {{level: {level}}}\nsteps:\n- say: my leg is numb\n")

    assert main(["simulate", str(path)]) == code
    assert f"expected {level}, reached emergency" in capsys.readouterr().err


def test_the_sound_is_written_as_long_as_the_session_lasts(script: Path, tmp_path: Path) -> None:
    import soundfile

    sound = tmp_path / "session.wav"
    assert main(["simulate", str(script), "--audio", str(sound)]) == 0

    info = soundfile.info(sound)
    assert info.samplerate == 16_000
    assert info.duration > 20


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["none.yaml"], "none.yaml: cannot be read"),
        (["{script}", "--audio", "/nowhere/out.wav"], "/nowhere/out.wav: cannot be written"),
        (["{script}", "--ears", "--model", "no-such-model"], "There is no model no-such-model"),
    ],
)
def test_bad_input_is_one_sentence(
    script: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["simulate", *(it.format(script=script) for it in arguments)]) == 2

    error = capsys.readouterr().err
    assert complaint in error
    assert "Traceback" not in error
