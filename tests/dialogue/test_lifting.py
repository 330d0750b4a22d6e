"""A set under way: paused, gone on with, stopped, written down."""

import pytest

from assistant.content.loader import load_content
from assistant.dialogue.cadence import Phase
from assistant.dialogue.effects import Advise, Cut, Hush, StartCadence
from assistant.dialogue.events import FaultRaised
from assistant.dialogue.session import Idle, Lifting, Paused
from tests.dialogue.stage import Stage, reps_counted

CONTENT = load_content()


@pytest.fixture
def stage() -> Stage:
    return Stage(CONTENT)


def lifting(stage: Stage) -> Lifting:
    assert isinstance(stage.session.mode, Lifting)
    return stage.session.mode


def last_cadence(stage: Stage) -> StartCadence:
    return stage.of(StartCadence)[-1]


# Pausing and going on


def test_pause_is_silent_at_once_and_nothing_resumes_by_itself(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(6)
    stage.effects.clear()
    stage.hears("Pause")
    assert isinstance(stage.effects[0], Hush | Cut)
    assert Cut() in stage.effects
    mode = stage.session.mode
    assert isinstance(mode, Paused)
    assert mode == Paused(mode.plan, done=6)
    stage.runs(3600)
    assert isinstance(stage.session.mode, Paused)
    assert stage.of(StartCadence) == []


def test_resume_counts_in_and_goes_on_in_the_same_rep(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(6)
    stage.runs(3)  # in the middle of the seventh
    stage.hears("Pause")
    stage.effects.clear()
    stage.hears("Resume")
    first, *_ = last_cadence(stage).cadence.cues
    assert first.phase is Phase.COUNT_IN
    stage.runs(2 + 6 * 7 + 10)
    assert reps_counted(stage.effects) == [7, 8, 9, 10, 11, 12]
    assert stage.sets_logged()[0].detail["reps"] == 12


def test_a_second_pause_and_a_resume_of_nothing_have_short_answers(stage: Stage) -> None:
    stage.hears("Resume")
    assert stage.said() == ["workout.nothing_to_resume"]
    stage.hears("Pause")
    assert stage.said() == ["workout.no_set"]
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(2)
    stage.hears("Resume")
    assert stage.said()[-1] == "workout.already_counting"
    stage.hears("Pause")
    stage.hears("Pause")
    assert stage.said() == ["workout.paused", "workout.already_paused"]


def test_pause_in_the_count_in_loses_nothing(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs(3)
    stage.hears("Pause")
    stage.hears("Resume")
    assert last_cadence(stage).cadence.cues[0].phase is Phase.COUNT_IN
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3, 4, 5]


def test_pause_after_the_last_number_ends_the_set(stage: Stage) -> None:
    stage.hears("StartSet", reps=2)
    stage.runs_to_rep(2)
    stage.hears("Pause")
    assert stage.sets_logged()[0].detail["reason"] == "finished"
    assert not stage.is_counting


def test_start_means_resume_while_paused_and_a_new_set_when_it_names_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(4)
    stage.hears("Pause")
    stage.hears("StartSet")
    assert lifting(stage).done == 4
    stage.hears("Pause")
    stage.effects.clear()
    stage.hears("StartSet", reps=8)
    assert lifting(stage).done == 0
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (4, "replaced")


def test_start_while_counting_does_not_disturb_the_count(stage: Stage) -> None:
    stage.hears("StartSet", reps=4)
    stage.runs_to_rep(1)
    stage.hears("StartSet", reps=12)
    assert stage.said()[-1] == "workout.already_counting"
    stage.runs_to_rep(4)
    assert lifting(stage).plan.reps == 4


# Stopping


def test_stop_silences_and_writes_down_the_reps_that_sounded(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.runs(4)
    stage.hears("Stop")
    assert not stage.is_counting
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (5, "stopped")
    assert isinstance(stage.session.mode, Idle)


def test_stop_while_paused_ends_the_set_too(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.hears("Pause")
    stage.hears("Stop")
    assert stage.sets_logged()[0].detail["reps"] == 5
    stage.hears("Resume")
    assert stage.said()[-1] == "workout.nothing_to_resume"


def test_a_set_that_was_stopped_before_its_first_number_is_not_written_down(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs(4)
    stage.hears("Stop")
    assert stage.sets_logged() == []


@pytest.mark.parametrize("part", ["microphone", "recogniser"])
def test_a_set_in_which_stop_could_not_be_heard_is_ended(stage: Stage, part: str) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(3)
    stage.meets(FaultRaised(part))
    assert not stage.is_counting
    assert stage.sets_logged()[0].detail["reason"] == f"{part} lost"
    assert stage.said()[-1] == "workout.unheard"


def test_a_set_nobody_can_hear_is_ended(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(3)
    stage.meets(FaultRaised("speaker"))
    assert stage.sets_logged()[0].detail["reps"] == 3


def test_a_back_that_lifted_ends_the_set_and_is_no_clean_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(7)
    stage.hears("BackLifted")
    assert not stage.is_counting
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["clean"]) == (7, 0)
    assert stage.said()[-1] == "workout.back_lifted"


def test_pain_ends_the_set_and_the_reps_are_not_lost(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(7)
    stage.hears("MyBackHurts")
    assert not stage.is_counting
    assert stage.sets_logged()[0].detail["reps"] == 7
    assert stage.of(Advise) == []  # questions first
