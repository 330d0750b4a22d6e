"""The set-up checklist: seven points, and nothing starts while one of them is open."""

from dataclasses import replace

import pytest

from assistant.app.knowledge import Knowledge
from assistant.dialogue.effects import Log, StartCadence
from assistant.dialogue.events import NotUnderstood
from assistant.dialogue.session import Checking, Fixing, Idle, Lifting
from tests.dialogue.stage import Stage

POINTS = ["K1", "K2", "K3", "K4", "K5", "K6", "K7"]


@pytest.fixture
def stage(knowledge: Knowledge) -> Stage:
    stage = Stage(knowledge.content)
    stage.hears("StartChecklist")
    return stage


def answer(stage: Stage, *intents: str) -> None:
    for intent in intents:
        stage.runs(1)
        stage.hears(intent)


def test_the_seven_points_are_asked_in_the_order_of_the_article(stage: Stage) -> None:
    answer(stage, *["Yes"] * 7)

    asked = [f"checklist.{code}" for code in POINTS]
    assert stage.said() == ["setup.begin", *asked, "setup.done"]
    assert stage.session.mode == Idle()
    assert stage.session.checked_at == stage.now


def test_a_no_speaks_the_remedy_and_waits_for_ready(stage: Stage) -> None:
    stage.said()
    answer(stage, "No")

    assert stage.said() == ["checklist.K1.fix", "setup.failed"]
    assert stage.session.mode == Fixing(0)

    answer(stage, "Ready")
    assert stage.said() == ["checklist.K2"]
    assert stage.session.open_points == ()


@pytest.mark.parametrize("unclear", ["NotSure", "No"])
def test_anything_but_yes_leaves_the_point_open(stage: Stage, unclear: str) -> None:
    answer(stage, "Yes", unclear)

    assert stage.session.open_points == ("K2",)


@pytest.mark.parametrize("point", range(7))
def test_an_open_point_blocks_a_set_whichever_it_is(stage: Stage, point: int) -> None:
    answer(stage, *["Yes"] * point, "No", "Stop")
    stage.said()

    stage.hears("StartSet", reps=5)

    assert stage.of(StartCadence) == []
    assert stage.said() == ["setup.blocked"]


def test_ready_after_the_checklist_puts_the_open_points_right(stage: Stage) -> None:
    answer(stage, "No", "Stop", "Ready")
    stage.said()

    stage.hears("StartSet")

    assert isinstance(stage.session.mode, Lifting)


def test_an_override_is_spoken_logged_and_starts_the_set_it_was_meant_for(stage: Stage) -> None:
    answer(stage, "Yes", "No", "StartSet")
    stage.said()

    stage.hears("Override")

    assert stage.of(Log)[0] == Log("override", {"open": "K2"})
    assert stage.said()[0] == "setup.overridden"
    assert isinstance(stage.session.mode, Lifting)


def test_an_override_without_anything_open_changes_nothing(knowledge: Knowledge) -> None:
    stage = Stage(knowledge.content)

    stage.hears("Override")

    assert stage.of(Log) == []
    assert stage.said() == ["setup.nothing_to_override"]


def test_silence_is_asked_about_once_and_then_counts_as_no(stage: Stage) -> None:
    within_s = stage.session.content.checklist.answer_within_s
    stage.runs(2 + within_s)
    assert stage.said() == ["setup.begin", "checklist.K1", "setup.again", "checklist.K1"]

    stage.runs(2 + within_s)
    assert stage.said() == ["setup.silent", "checklist.K1.fix", "setup.failed"]
    assert stage.session.open_points == ("K1",)


def test_two_answers_that_are_not_understood_count_as_no(stage: Stage) -> None:
    for _ in range(2):
        stage.runs(3)
        stage.meets(NotUnderstood("left"))

    assert stage.session.mode == Fixing(0)


def test_time_for_the_answer_counts_from_the_end_of_the_question(stage: Stage) -> None:
    within_s = stage.session.content.checklist.answer_within_s
    stage.runs(2)  # both prompts have been heard now

    assert stage.session.deadlines == {"answer": 2 + within_s}


def test_why_gives_the_reason_and_asks_again(stage: Stage) -> None:
    answer(stage, "Yes")
    stage.said()

    answer(stage, "Why")

    assert stage.said() == ["checklist.K2.why", "checklist.K2"]
    assert stage.session.mode == Checking(1)


def test_repeat_asks_the_same_point_again(stage: Stage) -> None:
    stage.said()
    answer(stage, "Repeat")

    assert stage.said() == ["checklist.K1"]


def test_a_skipped_point_stays_open_to_the_end(stage: Stage) -> None:
    answer(stage, "Skip", *["Yes"] * 6)

    assert stage.session.open_points == ("K1",)
    assert stage.said()[-1] == "setup.failed"
    assert stage.session.checked_at is None


def test_several_open_points_are_counted_at_the_end(stage: Stage) -> None:
    answer(stage, "Skip", "Skip", *["Yes"] * 5)

    assert stage.said()[-1] == "setup.failed_several"


def test_a_new_checklist_forgets_what_was_open(stage: Stage) -> None:
    answer(stage, "No", "StartChecklist", *["Yes"] * 7)

    assert stage.session.open_points == ()


def test_the_outcome_is_logged(stage: Stage) -> None:
    answer(stage, *["Yes"] * 7)

    assert stage.of(Log) == [Log("checklist", {"open": ""})]


# A set without the checklist


@pytest.fixture
def hasty(knowledge: Knowledge) -> Stage:
    """Somebody who has just come to the machine."""
    stage = Stage(knowledge.content)
    stage.session = replace(stage.session, checked_at=None)
    return stage


def begin_a_set(stage: Stage) -> list[str]:
    """What is said before the count."""
    stage.effects.clear()
    stage.hears("StartSet", reps=2)
    said = stage.said()
    stage.runs(200)
    return said


def test_the_first_set_without_a_checklist_begins_with_a_look_at_the_set_up(hasty: Stage) -> None:
    assert begin_a_set(hasty) == ["setup.missed", "workout.begin", "workout.rule"]
    assert begin_a_set(hasty) == ["workout.begin", "workout.rule"]


def test_after_a_checklist_nothing_is_missed(hasty: Stage) -> None:
    hasty.hears("StartChecklist")
    for _ in range(7):
        hasty.hears("Yes")
    assert begin_a_set(hasty) == ["workout.begin", "workout.rule"]


def test_after_an_override_nothing_is_missed(hasty: Stage) -> None:
    hasty.hears("StartChecklist")
    for _ in range(7):
        hasty.hears("Skip")
    hasty.hears("Override")
    assert begin_a_set(hasty) == ["workout.begin", "workout.rule"]


def test_a_checklist_given_up_half_way_is_missed(hasty: Stage) -> None:
    hasty.hears("StartChecklist")
    hasty.hears("Yes")
    hasty.hears("Stop")
    assert begin_a_set(hasty)[0] == "setup.missed"


def test_a_checklist_holds_for_the_session_and_not_for_the_next(hasty: Stage) -> None:
    assert begin_a_set(hasty)[0] == "setup.missed"
    hasty.runs(2 * 3600)
    assert begin_a_set(hasty)[0] == "workout.begin"
    hasty.runs(4 * 3600)
    assert begin_a_set(hasty)[0] == "setup.missed"
