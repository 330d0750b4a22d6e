"""``console``: a conversation from a pipe, on virtual time."""

import io
import json

import pytest

from assistant.cli import main


def talk(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    return main(["console", *arguments])


def test_each_line_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(monkeypatch, "start checklist\nno\n") == 0

    out = capsys.readouterr().out
    assert "Knees at ninety degrees or slightly less?" in out
    assert "Fix it now, before you release the handles." in out


def test_nonsense_does_not_disturb(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(monkeypatch, "xyzzy\n\N{DROMEDARY CAMEL}\n\x00\nlouder\n", "--json") == 0

    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    intents = [it["intent"] for it in records if it["kind"] == "heard"]
    assert intents == [None, None, None, "Louder"]


def test_a_tempo_may_be_typed_with_hyphens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(monkeypatch, "start set of 2 at tempo 2-1-2-1\nstop\n", "--json") == 0

    heard = json.loads(capsys.readouterr().out.splitlines()[0])
    assert heard["slots"] == {"reps": 2, "eccentric": 2, "hold": 1, "concentric": 2, "brace": 1}


def test_an_empty_conversation_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert talk(monkeypatch, "") == 0
    assert capsys.readouterr().out == ""
