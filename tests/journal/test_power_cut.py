"""The real process is killed at a random moment; the journal must hold what had sounded."""

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.content.logbook import Logbook
from assistant.dialogue.history import Condition
from assistant.journal.moments import zone_named
from assistant.journal.store import Journal

KILLS = 6
COUNTING = Path(__file__).with_name("counting.py")


@pytest.mark.parametrize("kill", range(KILLS))
def test_what_had_sounded_is_in_the_journal_after_a_kill(
    kill: int, tmp_path: Path, rules: Logbook
) -> None:
    lines_before_the_kill = random.Random(kill).randrange(1, 120)  # noqa: S311  (repeatable)
    with subprocess.Popen(
        [sys.executable, COUNTING, tmp_path, "0"], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(lines_before_the_kill)]
        child.kill()
        lines += child.stdout.readlines()
    told = [line.split() for line in lines if line.endswith("\n")]
    logged = sum(what == "logged" for _, _, what in told)
    last_set, last_rep, what = told[-1]

    now = datetime(2026, 1, 5, 18, 0, tzinfo=UTC) + timedelta(hours=1)
    journal = Journal.open(tmp_path, rules, now=now, zone=zone_named("UTC"))
    history = journal.recall(now, 0.0)
    journal.close(now)

    assert history.condition is Condition.SOUND
    unfinished = history.unfinished.reps if history.unfinished else 0
    kept = sum(done.reps for done in history.today) + unfinished
    sounded = int(last_set) * 12 + int(last_rep)
    assert kept in ({sounded - 1, sounded} if what == "sounded" else {sounded})
    assert len(history.today) in {logged, logged + 1}
