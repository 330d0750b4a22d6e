"""Written cases, each with the level of help it must end at."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.content.triage import Level
from assistant.dialogue.effects import Advise
from assistant.runtime.scenario import BeSilent, Scenario, Speak, load_scenario
from tests.dialogue.triage_patient import Patient

FOLDER = Path(__file__).parents[1] / "scenarios" / "triage"
VIGNETTES = sorted(FOLDER.glob("*.yaml"))


def play(scenario: Scenario) -> Patient:
    patient = Patient()
    for step in scenario.steps:
        match step.act:
            case Speak(text):
                patient.say(text)
            case BeSilent():
                patient.be_silent()
            case other:
                raise TypeError(other)
    return patient


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_a_vignette_ends_at_its_level(path: Path) -> None:
    scenario = load_scenario(path)
    assert scenario.expected is not None
    assert play(scenario).level is scenario.expected


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_a_vignette_never_passes_through_a_level_that_is_too_low(path: Path) -> None:
    scenario = load_scenario(path)
    assert scenario.expected is not None
    levels = [it.level for it in play(scenario).effects if isinstance(it, Advise)]
    assert len(levels) == 1 or "again" in path.stem or "twice" in path.stem


def test_there_are_at_least_twenty_of_each_kind() -> None:
    found = Counter(load_scenario(path).expected for path in VIGNETTES)
    assert found[Level.EMERGENCY] >= 20
    assert found[Level.SAME_DAY] + found[Level.DOCTOR] >= 20
    assert found[Level.SELF_CARE] >= 20


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_the_name_of_a_vignette_begins_with_its_level(path: Path) -> None:
    expected = load_scenario(path).expected
    assert expected is not None
    assert path.stem.startswith(expected.value)
