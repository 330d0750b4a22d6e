"""Scenario files: what they may say, and what is told about those that say something else."""

from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.content.triage import Level
from assistant.runtime.scenario import (
    Advance,
    BeSilent,
    Break,
    Mend,
    Scenario,
    ScriptStep,
    Speak,
    from_lines,
    load_scenario,
    seconds,
)


def scenario(tmp_path: Path, text: str) -> Scenario:
    path = tmp_path / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


def test_a_list_of_steps_is_a_scenario(tmp_path: Path) -> None:
    played = scenario(
        tmp_path,
        """
        - at: 12.6
          say: stop
        - advance: 48h
        - silence: true
        - fault: microphone
        - mend: microphone
        """,
    )

    assert played.steps == (
        ScriptStep(Speak("stop"), 12.6),
        ScriptStep(Advance(172_800)),
        ScriptStep(BeSilent()),
        ScriptStep(Break("microphone")),
        ScriptStep(Mend("microphone")),
    )


def test_a_bare_yes_and_no_are_words(tmp_path: Path) -> None:
    played = scenario(tmp_path, "- say: yes\n- say: no\n")

    assert [step.act for step in played.steps] == [Speak("yes"), Speak("no")]


def test_an_expected_level_and_a_start_can_be_named(tmp_path: Path) -> None:
    played = scenario(tmp_path, "start: 2026-03-28 23:50\nexpect: {level: emergency}\nsteps: []\n")

    assert played.expected is Level.EMERGENCY
    assert played.start.isoformat() == "2026-03-28T23:50:00+00:00"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [(90, 90.0), ("90s", 90.0), ("5m", 300.0), ("1h30m", 5400.0), ("2d", 172_800.0)],
)
def test_durations(text: object, wanted: float) -> None:
    assert seconds(text) == wanted


@pytest.mark.parametrize("text", ["", "soon", "h", "5", -1, True, "5x"])
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="no duration"):
        seconds(text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("just words", "must be a list of steps"),
        ("- say: [", "is not valid YAML"),
        ("- shout: stop", "step 1: needs exactly one of say, advance"),
        ("- {say: stop, fault: disk}", "step 1: needs exactly one of"),
        ("- say: ''", "step 1: say: is empty"),
        ("- fault: chair", 'fault: "chair" is no part'),
        ("- advance: soon", '"soon" is no duration'),
        ("- {at: later, say: stop}", '"later" is no duration'),
        ("steps: []\nexpect: {level: fine}", "expect: must be {level: L}"),
        ("steps: []\nstart: tomorrow", 'start: "tomorrow" is no date'),
        ("steps: []\nstepps: []", '"stepps" is unknown'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(Complaint) as caught:
        scenario(tmp_path, text)

    assert complaint in str(caught.value)
    assert "script.yaml" in str(caught.value)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Complaint) as caught:
        scenario(tmp_path, "- shout: stop\n- fault: chair\n")

    assert len(str(caught.value).splitlines()) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match=r"none\.yaml: cannot be read"):
        load_scenario(tmp_path / "none.yaml")


def test_lines_become_a_conversation() -> None:
    assert from_lines(["start checklist\n", "  \n", "yes\n"]).steps == (
        ScriptStep(Speak("start checklist")),
        ScriptStep(Speak("yes")),
    )
