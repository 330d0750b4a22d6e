"""Whole conversations on virtual time, compared line for line with the timelines kept here."""

from pathlib import Path

import pytest

from assistant.app.knowledge import Knowledge
from assistant.app.rehearsal import Rehearsal
from assistant.commands.screen import describe
from assistant.runtime.scenario import load_scenario
from assistant.runtime.timeline import Record
from assistant.settings import Settings

FOLDER = Path(__file__).parent / "scenarios"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_scenario_leads_to_its_timeline(
    path: Path, knowledge: Knowledge, request: pytest.FixtureRequest
) -> None:
    records: list[Record] = []
    Rehearsal(knowledge, Settings(), records.append).play(load_scenario(path))
    timeline = "".join(_line(record) for record in records)

    golden = path.with_suffix(".golden.txt")
    if request.config.getoption("--update-golden"):
        golden.write_text(timeline)
    assert timeline == golden.read_text()


def _line(record: Record) -> str:
    return f"{record.at:9.3f}  {record.kind:<9} {describe(record)}".rstrip() + "\n"
