"""The commands around the log, from the command line to the file."""

import csv
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.content.loader import load_content
from assistant.dialogue.events import SlotValue
from assistant.journal.moments import zone_named
from assistant.journal.store import Journal

BEGIN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sessions of the guest, one of anna, and pain."""
    folder = tmp_path / "log"
    rules = load_content().logbook
    journal = Journal.open(folder, rules, now=BEGIN, zone=zone_named("Europe/Berlin"))
    for day, weight in ((0, 80), (3, 82.5)):
        for number in range(2):
            now = BEGIN + timedelta(days=day, minutes=5 * number)
            journal.progress(1, 12, tempo="3-1-2-1", now=now)
            detail: dict[str, SlotValue]
            detail = {"reps": 12 - number, "reps_planned": 12, "tempo": "3-1-2-1"}
            more = {"weight": weight, "unit": "kg", "reason": "stopped", "kind": "work"}
            journal.write("set", {**detail, **more}, now=now + timedelta(seconds=84))
    journal.write("amend", {"row": 2, "clean": 1, "effort": 8.5, "notes": 'heavy, "very"'}, now=now)
    journal.write("pain", {"level": "self_care", "sign": ""}, now=now, private=True)
    journal.write("person", {"name": "anna"}, now=now)
    told: dict[str, SlotValue] = {"reps": 10, "weight": 135, "unit": "lb", "counted": 0}
    journal.write("set", told, now=now + timedelta(hours=1))
    journal.close(now)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_log_is_shown_as_a_table(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--data", str(data)]) == 0
    out = capsys.readouterr().out
    assert "82.5 kg" in out
    assert "135 lb" in out
    assert "11/12" in out
    assert "2026-01-05" in out
    assert "19:01" in out  # as it was on the clock in Berlin


def test_the_last_sessions_of_one_person_for_programs(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["history", "--data", str(data), "--person", "GUEST", "--last", "1", "--json"]
    assert main(arguments) == 0
    sets = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(it["session"], it["set"], it["reps"], it["weight"]) for it in sets] == [
        (2, 1, 12, 82.5),
        (2, 2, 11, 82.5),
    ]


def test_an_empty_log_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--data", str(tmp_path / "new")]) == 0
    assert "The log is empty" in capsys.readouterr().err


def test_an_unknown_person_is_named_with_those_who_are_known(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--data", str(data), "--person", "bob"]) == 2
    assert 'there is no log of "bob"; there are logs of guest, anna' in capsys.readouterr().err


def test_health_is_exported_only_when_asked_for(data: Path, tmp_path: Path) -> None:
    main(["export", "--data", str(data), str(tmp_path / "plain.csv")])
    main(["export", "--data", str(data), "--include-health", str(tmp_path / "all.csv")])
    assert {row["type"] for row in rows(tmp_path / "plain.csv")} == {"work"}
    assert "self_care" not in (tmp_path / "plain.csv").read_text()
    assert [row["type"] for row in rows(tmp_path / "all.csv")].count("pain") == 1


def test_a_row_says_what_was_done_where_it_was_done(data: Path, tmp_path: Path) -> None:
    main(["export", "--data", str(data), str(tmp_path / "log.csv")])
    row = rows(tmp_path / "log.csv")[1]
    assert (row["date"], row["time"], row["zone"]) == ("2026-01-05", "19:06:24", "Europe/Berlin")
    assert (row["session"], row["set"], row["reps"], row["weight"]) == ("1", "2", "11", "80")
    assert (row["clean"], row["rpe"], row["notes"]) == ("yes", "8.5", 'heavy, "very"')


def test_what_is_exported_can_be_imported_without_loss(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    main(["export", "--data", str(data), "--include-health", str(first)])
    assert main(["import", "--data", str(tmp_path / "other"), str(first)]) == 0
    main(["export", "--data", str(tmp_path / "other"), "--include-health", str(second)])
    assert second.read_bytes() == first.read_bytes()


def test_importing_twice_adds_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "log.csv"
    main(["export", "--data", str(data), "--include-health", str(out)])
    before = out.read_bytes()
    assert main(["import", "--data", str(data), str(out)]) == 0
    assert "0 rows added, 6 were there already" in capsys.readouterr().err
    main(["export", "--data", str(data), "--include-health", str(out)])
    assert out.read_bytes() == before


def test_a_file_made_by_hand_needs_little(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "date,reps,weight,unit\n2020-03-01,12,80,kg\n2020-03-01,12,80,kg\n2020-03-04,10,,\n"
    )
    assert main(["import", "--data", str(tmp_path / "log"), str(file)]) == 0
    capsys.readouterr()
    main(["history", "--data", str(tmp_path / "log"), "--json"])
    sets = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(it["session"], it["set"], it["reps"]) for it in sets] == [
        (1, 1, 12),
        (1, 2, 12),
        (2, 1, 10),
    ]


BAD_FILES = {
    "date,reps\n2020-13-01,12\n": 'line 2: date is "2020-13-01", and must look like 2026-01-31.',
    "date,reps\n2020-01-01,0\n": 'line 2: reps is "0", and must be a number from 1 to 99.',
    "date,reps\n2020-01-01,9.5\n": "line 2: reps is 9.5, and must be a whole number.",
    "date,reps\n2020-01-01,\n": "line 2: reps is missing.",
    "date,reps\n2999-01-01,12\n": "line 2: 2999-01-01 lies in the future.",
    "date,reps,weight\n2020-01-01,9,nan\n": 'weight is "nan", and must be a number from 1 to 600.',
    "date,reps,weight,unit\n2020-01-01,9,80,stone\n": 'unit "stone" is unknown;',
    "date,reps,clean\n2020-01-01,9,maybe\n": 'clean is "maybe", and must be one of yes, no,',
    "date,reps,type\n2020-01-01,9,drop\n": 'type "drop" is unknown;',
    "date,reps,zone\n2020-01-01,9,Mars\n": 'zone "Mars" is unknown;',
    "date,reps,rep\n2020-01-01,9,9\n": "there is no column rep; known are person,",
    "date\n2020-01-01\n": "the column reps is missing.",
    "date,reps\n2020-01-01,9,9\n": "line 2: has more cells than columns.",
    "date,reps,notes,type\n2020-01-01,,nonsense,pain\n": "must be a JSON object.",
    "": "the column date and reps is missing.",
}


@pytest.mark.parametrize("text", BAD_FILES)
def test_a_bad_file_is_refused_as_a_whole_with_the_reason(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    assert main(["import", "--data", str(tmp_path / "log"), str(file)]) == 2
    assert BAD_FILES[text] in capsys.readouterr().err
    main(["history", "--data", str(tmp_path / "log")])
    assert "The log is empty" in capsys.readouterr().err


def test_all_errors_of_a_file_are_told_up_to_ten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("date,reps\n" + "2020-01-01,0\n" * 12)
    assert main(["import", "--data", str(tmp_path / "log"), str(file)]) == 2
    err = capsys.readouterr().err
    assert err.count("and must be a number") == 10
    assert "and 2 more; nothing was imported." in err


def test_files_that_are_none_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--data", str(tmp_path / "log"), str(tmp_path / "none.csv")]) == 2
    assert "cannot be read (No such file or directory)" in capsys.readouterr().err
    (tmp_path / "photo.csv").write_bytes(b"\xff\xd8\xff\xe0")
    assert main(["import", "--data", str(tmp_path / "log"), str(tmp_path / "photo.csv")]) == 2
    assert "is not UTF-8 text" in capsys.readouterr().err
    assert main(["export", "--data", str(tmp_path / "log"), str(tmp_path / "no" / "x.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "begins"), [("log.png", b"\x89PNG"), ("log.svg", b"<?xml")])
def test_the_log_is_drawn(name: str, begins: bytes, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert main(["plot", "--data", str(data), "--person", "guest", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_pain_is_marked_unless_it_is_left_out(data: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    marked, unmarked = tmp_path / "marked.svg", tmp_path / "unmarked.svg"
    of_guest = ["plot", "--data", str(data), "--person", "guest"]
    main([*of_guest, str(marked)])
    main([*of_guest, "--without-health", str(unmarked)])
    assert "#cb181d" in marked.read_text()
    assert "#cb181d" not in unmarked.read_text()


def test_there_must_be_something_to_draw_and_a_format_to_draw_it_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plot", "--data", str(tmp_path / "new"), str(tmp_path / "log.png")]) == 2
    assert "there is nothing to draw" in capsys.readouterr().err
    assert main(["plot", "--data", str(data), str(tmp_path / "log.pdf")]) == 2
    assert "end it in .png or .svg" in capsys.readouterr().err


def test_people_are_listed_and_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["people", "--data", str(tmp_path), "Ben", "anna"]) == 0
    assert capsys.readouterr().out.split() == ["guest", "ben", "anna"]
    assert main(["people", "--data", str(tmp_path), "R2D2"]) == 2
    assert '"r2d2" cannot be spoken as a name' in capsys.readouterr().err
    assert main(["people", "--data", str(tmp_path), "xqzt"]) == 2
    assert "does not know xqzt; choose a name that sounds alike" in capsys.readouterr().err
    assert main(["people", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == ["guest", "ben", "anna"]


def test_a_damaged_log_is_set_aside_and_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"rubbish" * 1000)
    assert main(["history", "--data", str(tmp_path)]) == 2
    assert "was damaged; the old file was renamed" in capsys.readouterr().err
    assert main(["history", "--data", str(tmp_path)]) == 0


def test_looking_at_the_log_leaves_the_machine_as_the_owner_set_it(
    data: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[training]\nstep = 2.5\nstart_phase = "press"\ntempo = "brisk"\n')
    assert main(["--config", str(config), "history", "--data", str(data)]) == 0
    with sqlite3.connect(data / "journal.sqlite") as training:
        kept = training.execute("SELECT step, start_phase, tempo FROM machine").fetchall()
    assert kept == [(2.5, "press", "2-1-2-1")]
