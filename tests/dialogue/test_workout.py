"""What happens around a set: what keeps it from starting, series and warm-ups."""

import pytest

from assistant.content.loader import load_content
from assistant.content.triage import Level
from assistant.dialogue.effects import Say, StartCadence
from assistant.dialogue.events import Heard
from assistant.dialogue.session import Checking, Idle, Lifting, Resting
from tests.dialogue.stage import Stage

CONTENT = load_content()


@pytest.fixture
def stage() -> Stage:
    return Stage(CONTENT)


def lifting(stage: Stage) -> Lifting:
    assert isinstance(stage.session.mode, Lifting)
    return stage.session.mode


# What keeps a set from starting


def test_reported_pain_blocks_every_way_to_a_set(stage: Stage) -> None:
    stage.session = stage.session.__class__(CONTENT, blocked=Level.DOCTOR)
    for intent in ("StartSet", "NextSet"):
        stage.hears(intent)
        assert stage.said() == ["triage.blocked"]
        assert isinstance(stage.session.mode, Idle)


def test_an_open_point_of_the_checklist_blocks_a_set_until_it_is_overridden(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.hears("No")
    stage.said()
    stage.hears("StartSet")
    assert stage.said() == ["setup.blocked"]
    stage.hears("Override")
    stage.hears("StartSet")
    assert lifting(stage)


def test_in_the_middle_of_the_checklist_its_question_comes_first(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.runs(5)
    stage.said()
    stage.hears("StartSet")
    assert stage.said() == ["workout.checklist_first"]
    assert isinstance(stage.session.mode, Checking)
    stage.runs(60)
    assert "setup.again" in stage.said()  # it still waits for the answer


# Series and warm-ups


def test_three_sets_are_announced_and_each_begins_only_when_told(stage: Stage) -> None:
    stage.hears("StartSet", sets=3, reps=2)
    assert stage.said()[0] == "workout.begin_of_series"
    for number in (1, 2):
        stage.runs_until(lambda session: isinstance(session.mode, Resting))
        stage.said()
        stage.runs(120)
        assert stage.of(Say)[-1].text == (
            f"Set {number + 1} of 3, 2 reps. Say start when you are ready."
        )
        stage.runs(600)
        assert isinstance(stage.session.mode, Idle)
        stage.hears("Ready")
        assert lifting(stage).plan.number == number + 1
    stage.runs(60)
    assert stage.said()[-1] == "workout.series_done"
    assert isinstance(stage.session.mode, Idle)
    assert stage.session.up_next is None


def test_how_many_are_left_of_a_series_is_told_in_the_rest(stage: Stage) -> None:
    stage.hears("StartSet", reps=2, sets=3)
    stage.runs_until(lambda session: isinstance(session.mode, Resting))
    stage.said()
    stage.hears("HowMany")
    assert stage.said() == ["rest.next_of_series"]
    assert isinstance(stage.session.mode, Resting)


def test_a_set_stopped_before_its_first_rep_is_still_the_next_one(stage: Stage) -> None:
    stage.hears("StartSet", sets=3, reps=8)
    stage.hears("Stop")
    stage.hears("NextSet")
    assert lifting(stage).plan.number == 1


def test_a_warm_up_set_is_marked_and_has_a_rest_of_its_own(stage: Stage) -> None:
    stage.hears("StartSet", reps=2, kind="warm_up")
    assert stage.said()[0] == "workout.begin_warm_up"
    stage.runs_until(lambda session: isinstance(session.mode, Resting))
    assert stage.sets_logged()[0].detail["kind"] == "warm_up"
    assert isinstance(stage.session.mode, Resting)
    assert stage.session.mode.length_s == 60
    assert stage.session.up_next is None


def test_ready_means_the_next_set_only_when_there_is_one(stage: Stage) -> None:
    stage.meets(Heard("Ready"))
    assert isinstance(stage.session.mode, Idle)
    assert stage.of(StartCadence) == []
