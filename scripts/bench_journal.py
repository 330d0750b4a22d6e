#!/usr/bin/env python3
"""How fast and how safe the training log is: ten years of it, and a process killed again and again.

python scripts/bench_journal.py [--kills 200] [--picture training.png]
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.content.loader import load_content
from assistant.dialogue.effects import Say
from assistant.dialogue.events import Heard, HistoryRecalled
from assistant.dialogue.history import SetKind
from assistant.dialogue.session import Session
from assistant.dialogue.step import step
from assistant.journal.filling import fill
from assistant.journal.moments import zone_named
from assistant.journal.rows import HealthRow, SetRow
from assistant.journal.store import Journal
from assistant.progress import Weight

YEARS, SESSIONS, SETS = 10, 1500, 20_000
ZONE = zone_named("Europe/Berlin")
BEGIN = datetime(2016, 1, 4, 17, 0, tzinfo=UTC)
NOW = BEGIN + timedelta(days=365.25 * YEARS, hours=5)
COUNTING = Path(__file__).parent.parent / "tests" / "journal" / "counting.py"
QUESTIONS = {
    "what did I do last time": Heard("LastTime"),
    "what did I do today": Heard("ThisSession"),
    "how many this week": Heard("SessionsThisWeek"),
    "what weight next": Heard("NextWeight"),
    "what weight today": Heard("AskZ3"),
    "can I add weight": Heard("AskF7"),
    "can I train today": Heard("AskF10"),
    "is it too soon": Heard("RestedEnough"),
    "what reminders are set": Heard("ListReminders"),
    "who am I": Heard("WhoseLog"),
    "log twelve at one oh two": Heard("LogSet", {"reps": 12, "hundreds": 100, "amount": 2}),
    "undo": Heard("Undo"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="processes to kill (200)")
    parser.add_argument("--picture", type=Path, help="keep the picture here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        journal = ten_years(data)
        print(f"{SESSIONS} sessions, {SETS} sets: {size_mb(data):.1f} MB")
        ask(journal)
        write(journal)
        journal.close(NOW)
        run_commands(data, args.picture or Path(folder) / "training.png")
    lost = sum(not survives_a_kill(seed) for seed in range(args.kills))
    print(f"killed {args.kills} times in the middle of a set: {lost} times something was lost")
    sys.exit(1 if lost else 0)


def ten_years(folder: Path) -> Journal:
    """A journal of one person who has trained for ten years."""
    journal = open_journal(folder, NOW)
    chance = random.Random(1)  # noqa: S311  (the same ten years each time)
    rows: list[SetRow | HealthRow] = []
    per_session = [SETS // SESSIONS + (number < SETS % SESSIONS) for number in range(SESSIONS)]
    for session, count in enumerate(per_session, start=1):
        begin = BEGIN + timedelta(days=365.25 * YEARS * (session - 1) / SESSIONS)
        weight = 40 + 2.5 * (session // 20) - (10 if session % 97 < 5 else 0)
        numbers = range(1, count + 1)
        rows += [some_set(chance, session, number, begin, weight) for number in numbers]
        if session % 97 == 0:
            detail = {"level": "self_care", "sign": ""}
            rows.append(HealthRow("guest", begin + timedelta(hours=1), ZONE.key, "pain", detail))
    fill(journal.book, rows)
    return journal


def some_set(
    chance: random.Random, session: int, number: int, begin: datetime, weight: float
) -> SetRow:
    ended = begin + timedelta(minutes=3 * number)
    return SetRow(
        person="guest",
        machine="leg press",
        session=session,
        number=number,
        began_at=ended - timedelta(seconds=84),
        ended_at=ended,
        zone=ZONE.key,
        kind=SetKind.WARM_UP if number < 3 else SetKind.WORK,
        reps=chance.randint(8, 15),
        reps_planned=15,
        weight=Weight(weight),
        tempo="3-1-2-1",
        pace_percent=100,
        clean=chance.choice((True, False, None)),
        reserve=chance.choice((None, 1, 2)),
        effort=None,
        counted=True,
        reason="finished",
        notes="",
    )


def open_journal(folder: Path, now: datetime) -> Journal:
    return Journal.open(folder, load_content().logbook, now=now, zone=ZONE)


def ask(journal: Journal) -> None:
    """Each spoken question, the reading of the journal included."""
    session = Session(load_content())
    session, _ = step(session, HistoryRecalled(journal.recall(NOW, 0.0)), 0.0)
    for words, heard in QUESTIONS.items():

        def question(heard: Heard = heard) -> object:
            recalled = HistoryRecalled(journal.recall(NOW, 0.0))
            _, effects = step(step(session, recalled, 0.0)[0], heard, 0.0)
            return [effect for effect in effects if isinstance(effect, Say)]

        if not question():
            raise SystemExit(f'"{words}" got no answer')
        print(f"  {words:<28}{timed(question)}")


def write(journal: Journal) -> None:
    """One entry of each frequent kind, on the disk when it returns."""
    reps = iter(range(1, 10_000))
    kept = lambda: journal.progress(next(reps), 10_000, tempo="3-1-2-1", now=NOW)  # noqa: E731
    logged = lambda: journal.write("set", {"reps": 12, "counted": 0}, now=NOW)  # noqa: E731
    print(f"  {'a repetition, made durable':<28}{timed(kept)}")
    print(f"  {'a set, made durable':<28}{timed(logged)}")


def timed(act: Callable[[], object], times: int = 50) -> str:
    spans = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        spans.append((time.perf_counter() - began) * 1000)
    return f"median {statistics.median(spans):6.2f} ms   longest {max(spans):6.2f} ms"


def run_commands(data: Path, picture: Path) -> None:
    csv = data.parent / "log.csv"
    for arguments in (
        ("plot", "--data", data, picture),
        ("export", "--data", data, "--include-health", csv),
        ("import", "--data", data.parent / "copy", csv),
        ("history", "--data", data, "--json"),
    ):
        began, cpu_before = time.perf_counter(), children_cpu_s()
        command = [sys.executable, "-m", "assistant", *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True)
        wall_s, cpu_s = time.perf_counter() - began, children_cpu_s() - cpu_before
        print(f"  {arguments[0]:<28}{wall_s:.2f} s, the whole process; {cpu_s:.2f} s of processor")


def children_cpu_s() -> float:
    times = os.times()
    return times.children_user + times.children_system


def survives_a_kill(seed: int) -> bool:
    """Whether the journal holds what had sounded when the counting process was killed."""
    lines_before = random.Random(seed).randrange(1, 400)  # noqa: S311  (repeatable)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(COUNTING), folder, "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline() for _ in range(lines_before)]
            child.kill()
            lines += child.stdout.readlines()
        number, rep, what = lines[-1].split()
        now = datetime(2026, 1, 5, 19, 0, tzinfo=UTC)
        journal = open_journal(Path(folder), now)
        history = journal.recall(now, 0.0)
        journal.close(now)
    kept = sum(done.reps for done in history.today)
    kept += history.unfinished.reps if history.unfinished else 0
    sounded = int(number) * 12 + int(rep)
    return kept == sounded or (what == "sounded" and kept == sounded - 1)


def size_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


if __name__ == "__main__":
    main()
