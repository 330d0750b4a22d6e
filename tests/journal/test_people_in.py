"""Who has a log is read without touching it."""

from pathlib import Path

from assistant.journal.store import people_in
from tests.journal.conftest import Diary


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.glob("*.sqlite")}


def test_everybody_with_a_log_is_named_and_nothing_is_written(diary: Diary, tmp_path: Path) -> None:
    diary.write("register", name="anna")
    diary.journal.close(diary.now)
    before = contents(diary.folder)
    assert people_in(diary.folder) == ("guest", "anna")
    assert contents(diary.folder) == before


def test_where_there_is_no_log_yet_there_is_a_guest(tmp_path: Path) -> None:
    assert people_in(tmp_path / "nowhere") == ("guest",)
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_log_is_left_for_whoever_opens_it(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"nonsense" * 1000)
    assert people_in(tmp_path) == ("guest",)
