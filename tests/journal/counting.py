"""Counts sets into a journal until it is killed; prints what has sounded, before it is written."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from assistant.content.loader import ENGLISH
from assistant.content.logbook import Logbook
from assistant.journal.moments import zone_named
from assistant.journal.store import Journal


def tell(number: int, rep: int, what: str) -> None:
    sys.stdout.write(f"{number} {rep} {what}\n")
    sys.stdout.flush()


def main(folder: Path, first: int) -> None:
    data = yaml.safe_load((ENGLISH / "logbook.yaml").read_text(encoding="utf-8"))
    rules = TypeAdapter(Logbook).validate_python(data)
    now = datetime(2026, 1, 5, 18, 0, tzinfo=UTC) + timedelta(hours=first)
    journal = Journal.open(folder, rules, now=now, zone=zone_named("UTC"))
    for number in range(first, first + 1000):
        for rep in range(1, 13):
            now += timedelta(seconds=7)
            tell(number, rep, "sounded")
            journal.progress(rep, 12, tempo="3-1-2-1", now=now)
            tell(number, rep, "kept")
        journal.write("set", {"reps": 12, "reps_planned": 12, "tempo": "3-1-2-1"}, now=now)
        tell(number, 12, "logged")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
