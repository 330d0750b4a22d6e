"""Counts sets into a journal until it is killed; prints what has sounded, before it is written."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from assistant.content.loader import ENGLISH
from assistant.content.logbook import Logbook
from assistant.journal import Journal
from assistant.journal.moments import zone_named


def main(folder: Path, first: int) -> None:
    data = yaml.safe_load((ENGLISH / "logbook.yaml").read_text(encoding="utf-8"))
    rules = TypeAdapter(Logbook).validate_python(data)
    now = datetime(2026, 1, 5, 18, 0, tzinfo=UTC) + timedelta(hours=first)
    journal = Journal.open(folder, rules, now=now, zone=zone_named("UTC"))
    for number in range(first, first + 1000):
        for rep in range(1, 13):
            now += timedelta(seconds=7)
            print(number, rep, "sounded", flush=True)
            journal.progress(rep, 12, tempo="3-1-2-1", now=now)
            print(number, rep, "kept", flush=True)
        journal.write("set", {"reps": 12, "reps_planned": 12, "tempo": "3-1-2-1"}, now=now)
        print(number, 12, "logged", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
