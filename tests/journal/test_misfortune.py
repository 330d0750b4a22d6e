"""What becomes of the log when the disk, the files or the program fail."""

import sqlite3
import stat

import pytest

from assistant.dialogue.history import Condition
from tests.journal.conftest import Diary


@pytest.mark.parametrize("name", ["journal.sqlite", "health.sqlite"])
@pytest.mark.parametrize("damage", [b"this is no database" * 100, None])
def test_a_damaged_file_is_set_aside_and_never_overwritten(
    diary: Diary, name: str, damage: bytes | None
) -> None:
    diary.tell_set(12, 80)
    diary.write("pain", private=True, level="doctor")
    diary.journal.close(diary.now)
    path = diary.folder / name
    if damage is None:
        healthy = bytearray(path.read_bytes())
        healthy[4096:8192] = b"\xff" * 4096
        damage = bytes(healthy)
    path.write_bytes(damage)
    diary.reopen()
    assert diary.condition() is Condition.SET_ASIDE
    (aside,) = diary.folder.glob(f"{name}.damaged-2026-01-05T180000")
    assert aside.read_bytes() == damage
    diary.tell_set(10, 85)
    diary.reopen()
    assert diary.condition() is Condition.SOUND
    assert diary.history().today[-1].reps == 10


def test_two_damaged_files_of_one_second_are_both_kept(diary: Diary) -> None:
    diary.journal.close(diary.now)
    for damage in (b"first" * 500, b"second" * 500):
        (diary.folder / "journal.sqlite").write_bytes(damage)
        diary.reopen()
        diary.journal.close(diary.now)
    kept = {path.read_bytes()[:5] for path in diary.folder.glob("journal.sqlite.damaged-*")}
    assert kept == {b"first", b"secon"}
    diary.reopen()


def test_a_file_of_a_newer_version_is_left_alone(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.journal.book.training.execute("PRAGMA user_version = 99")
    diary.journal.close(diary.now)
    before = (diary.folder / "journal.sqlite").read_bytes()
    diary.reopen()
    assert diary.condition() is Condition.NEWER
    diary.tell_set(10, 85)
    diary.reopen()
    assert [done.reps for done in diary.history().today] == [10]
    assert (diary.folder / "journal.sqlite").read_bytes() == before


def test_only_the_owner_can_read_the_files(diary: Diary) -> None:
    diary.write("pain", private=True, level="doctor")
    diary.tell_set(12, 80)
    for path in diary.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert stat.S_IMODE(diary.folder.stat().st_mode) == 0o700


def test_an_entry_a_full_disk_refuses_is_kept_and_written_when_there_is_room(diary: Diary) -> None:
    diary.tell_set(12, 80)
    training = diary.journal.book.training
    (pages,) = training.execute("PRAGMA page_count").fetchone()
    training.execute(f"PRAGMA max_page_count = {pages}")
    diary.write("note", text="x" * 100_000)
    assert diary.condition() is Condition.FULL
    assert [done.reps for done in diary.history().today] == [12]
    diary.tell_set(10, 80)
    assert diary.condition() is Condition.SOUND
    diary.reopen()
    assert [done.reps for done in diary.history().today] == [12, 10]
    notes = diary.journal.book.training.execute("SELECT COUNT(*) FROM note").fetchone()
    assert notes == (1,)


def test_a_read_only_file_is_told_from_a_full_disk(diary: Diary) -> None:
    diary.journal.book.training.execute("PRAGMA query_only = ON")
    diary.tell_set(12, 80)
    assert diary.condition() is Condition.READ_ONLY
    assert [done.reps for done in diary.history().today] == [12]


def test_without_a_disk_the_coach_remembers_until_it_ends(diary: Diary) -> None:
    diary.tell_set(12, 80)
    diary.journal.close(diary.now)
    away = diary.folder.rename(diary.folder.with_name("unplugged"))
    diary.folder.write_bytes(b"")
    diary.reopen()
    assert diary.condition() is Condition.LOST
    for reps in (8, 9):
        diary.tell_set(reps, 80)
    assert [done.reps for done in diary.history().today] == [8, 9]
    diary.folder.unlink()
    away.rename(diary.folder)
    diary.reopen()
    assert [done.reps for done in diary.history().today] == [12, 8, 9]


def test_a_locked_file_delays_an_entry_but_loses_none(diary: Diary) -> None:
    other = sqlite3.connect(diary.folder / "journal.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    diary.tell_set(12, 80)
    assert [done.reps for done in diary.history().today] == [12]
    other.execute("ROLLBACK")
    diary.tell_set(11, 80)
    other.close()
    diary.reopen()
    assert [done.reps for done in diary.history().today] == [12, 11]
