"""What was told of a machine stays with that machine."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from assistant.content.logbook import Logbook
from assistant.content.training import StartPhase
from assistant.dialogue.history import Machine
from assistant.journal.schema import TRAINING
from assistant.journal.store import Journal
from assistant.progress import Unit
from tests.journal.conftest import BERLIN, MONDAY, Diary

PRESS = Machine("leg press", Unit.KG, 5)
SQUAT = Machine("hack squat", Unit.KG, 5)


def seen(folder: Path, rules: Logbook, machine: Machine, **told: str) -> Machine:
    """What is known of a machine, after something was told at it."""
    journal = Journal.open(folder, rules, now=MONDAY, zone=BERLIN, machine=machine)
    if told:
        journal.write("machine", told, now=MONDAY)
    known = journal.recall(MONDAY, 0).machine
    journal.close(MONDAY)
    return known


def test_a_unit_that_is_told_belongs_to_one_machine(tmp_path: Path, rules: Logbook) -> None:
    assert seen(tmp_path, rules, PRESS, unit="lb") == Machine("leg press", Unit.LB, 10)
    assert seen(tmp_path, rules, SQUAT) == SQUAT
    assert seen(tmp_path, rules, PRESS) == Machine("leg press", Unit.LB, 10)


def test_the_unit_of_the_owner_comes_with_the_step_of_the_owner(
    tmp_path: Path, rules: Logbook
) -> None:
    fine = Machine("leg press", Unit.KG, 1.25)
    seen(tmp_path, rules, fine, unit="lb")
    assert seen(tmp_path, rules, fine, unit="kg") == fine


def test_another_unit_in_the_settings_goes_before_what_was_told(
    tmp_path: Path, rules: Logbook
) -> None:
    seen(tmp_path, rules, PRESS, unit="lb")
    seen(tmp_path, rules, Machine("leg press", Unit.LB, 20))
    assert seen(tmp_path, rules, PRESS) == PRESS


def test_the_movement_that_is_told_belongs_to_one_machine_and_stays_with_it(
    tmp_path: Path, rules: Logbook
) -> None:
    pushed = replace(PRESS, start_phase=StartPhase.PRESS)
    assert seen(tmp_path, rules, PRESS, start_phase="press") == pushed
    assert seen(tmp_path, rules, SQUAT) == SQUAT
    assert seen(tmp_path, rules, PRESS, unit="kg") == pushed


def test_a_log_from_before_units_could_be_told_is_brought_up_to_date(
    tmp_path: Path, rules: Logbook
) -> None:
    old = sqlite3.connect(tmp_path / "journal.sqlite")
    old.executescript(f"{TRAINING[0]} PRAGMA user_version = 1;")
    old.execute("INSERT INTO person (name) VALUES ('guest')")
    old.execute("INSERT INTO progress VALUES (1, 1, ?, ?, 'work', 12, 5, '3-1-2-1', 100)",
                ("2026-01-05T18:00:00.000000", "2026-01-05T18:00:40.000000"))  # fmt: skip
    old.commit()
    old.close()
    diary = Diary(tmp_path, rules)
    unfinished = diary.history().unfinished
    assert unfinished is not None
    assert (unfinished.reps, unfinished.number, unfinished.sets) == (5, 1, 1)
    assert diary.history().habits == {}
