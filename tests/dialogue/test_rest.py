import pytest

from assistant.content.loader import load_content
from assistant.dialogue.effects import Say, StartCadence
from assistant.dialogue.session import Idle, Lifting, Resting
from tests.dialogue.stage import Stage

CONTENT = load_content()


@pytest.fixture
def stage() -> Stage:
    """Somebody who has just finished a set of two."""
    stage = Stage(CONTENT)
    stage.hears("StartSet", reps=2)
    stage.runs_until(lambda session: isinstance(session.mode, Resting))
    stage.now = float(round(stage.now))
    return stage


def resting(stage: Stage) -> Resting:
    assert isinstance(stage.session.mode, Resting)
    return stage.session.mode


def left_s(stage: Stage) -> float:
    mode = resting(stage)
    return mode.ends_at - stage.now if mode.left_s is None else mode.left_s


def timeline(stage: Stage, seconds: float) -> list[tuple[float, str]]:
    """What is said, and when, in the seconds to come."""
    begun = stage.now
    said: list[tuple[float, str]] = []
    for _ in range(round(seconds)):
        stage.runs(1)
        said += [(stage.now - begun, key) for key in stage.said()]
    return said


def test_the_rest_begins_by_itself_and_is_followed_by_nothing_by_itself(stage: Stage) -> None:
    assert stage.said()[-2:] == ["workout.done", "rest.begun"]
    assert timeline(stage, 600) == [
        (60, "rest.half"),
        (110, "rest.last"),
        (120, "rest.over"),
        (120, "rest.next"),
    ]
    assert stage.of(StartCadence) == []
    assert isinstance(stage.session.mode, Idle)


def test_it_says_how_long_is_left(stage: Stage) -> None:
    stage.runs(45)
    stage.effects.clear()
    stage.hears("HowLong")
    assert [it.text for it in stage.of(Say)] == ["75 seconds left."]


@pytest.mark.parametrize(("pause", "resume"), [("PauseRest", "ResumeRest"), ("Pause", "Resume")])
def test_a_paused_rest_waits_and_goes_on_where_it_was(
    stage: Stage, pause: str, resume: str
) -> None:
    stage.runs(100)
    stage.hears(pause)
    stage.runs(1000)
    assert left_s(stage) == 20
    stage.said()
    stage.hears(pause)
    assert stage.said() == ["rest.already_paused"]
    stage.hears(resume)
    assert stage.said() == ["rest.resumed"]
    assert timeline(stage, 21) == [(10, "rest.last"), (20, "rest.over"), (20, "rest.next")]


def test_a_running_rest_cannot_be_resumed(stage: Stage) -> None:
    stage.said()
    stage.hears("ResumeRest")
    assert stage.said() == ["rest.not_paused"]
    assert left_s(stage) == 120


def test_seconds_are_added_running_or_paused(stage: Stage) -> None:
    stage.runs(20)
    stage.hears("AddRest", seconds=15)
    assert left_s(stage) == 115
    stage.hears("PauseRest")
    stage.hears("AddRest", seconds=15)
    assert left_s(stage) == 130


def test_a_rest_grows_to_five_minutes_and_no_longer(stage: Stage) -> None:
    stage.hears("AddRest", seconds=600)
    assert left_s(stage) == 300


def test_half_time_is_that_of_the_whole_rest(stage: Stage) -> None:
    stage.runs(20)
    stage.hears("AddRest", seconds=60)  # 180 in all, 160 left
    stage.said()
    assert timeline(stage, 75) == [(70, "rest.half")]


def test_a_skipped_rest_announces_the_next_set_and_waits(stage: Stage) -> None:
    stage.said()
    stage.hears("SkipRest")
    assert stage.said() == ["rest.skipped", "rest.next"]
    assert timeline(stage, 300) == []


@pytest.mark.parametrize("intent", ["StartSet", "NextSet", "Ready", "Next"])
def test_the_next_set_may_begin_before_the_rest_is_over(stage: Stage, intent: str) -> None:
    stage.runs(30)
    stage.hears(intent)
    assert isinstance(stage.session.mode, Lifting)
    assert stage.session.mode.plan.reps == 2
    stage.said()
    stage.runs(12)
    assert stage.said() == []  # the rest does not speak into the set


def test_the_length_that_was_set_holds_for_this_rest_and_the_next(stage: Stage) -> None:
    stage.runs(20)
    stage.hears("SetRest", seconds=90)
    assert left_s(stage) == 70
    stage.hears("StartSet")
    stage.runs_until(lambda session: isinstance(session.mode, Resting))
    assert resting(stage).length_s == 90


@pytest.mark.parametrize("seconds", [25, 305])
def test_a_length_out_of_range_is_asked_about(stage: Stage, seconds: int) -> None:
    stage.said()
    stage.hears("SetRest", seconds=seconds)
    assert stage.said() == ["rest.odd"]
    assert left_s(stage) == 120


def test_the_shortest_rest_has_no_half_time(stage: Stage) -> None:
    stage.hears("SetRest", seconds=30)
    stage.said()
    assert timeline(stage, 30) == [(20, "rest.last"), (30, "rest.over"), (30, "rest.next")]


def test_the_timer_can_be_switched_off_and_on(stage: Stage) -> None:
    stage.hears("RestTimerOff")
    assert isinstance(stage.session.mode, Idle)
    stage.hears("StartSet", reps=1)
    stage.runs(60)
    assert stage.said()[-1] == "workout.done"
    assert isinstance(stage.session.mode, Idle)
    stage.hears("RestTimerOn")
    stage.hears("StartSet", reps=1)
    stage.runs(30)
    assert resting(stage)


def test_a_rest_can_be_started_by_hand(stage: Stage) -> None:
    stage.hears("SkipRest")
    stage.hears("StartRest")
    assert left_s(stage) == 120


@pytest.mark.parametrize("intent", ["PauseRest", "ResumeRest", "AddRest", "SkipRest"])
def test_without_a_rest_there_is_nothing_to_change(stage: Stage, intent: str) -> None:
    stage.hears("SkipRest")
    stage.said()
    stage.hears(intent, seconds=15)
    assert stage.said() == ["rest.none"]


def test_stop_ends_the_rest(stage: Stage) -> None:
    stage.hears("Stop")
    stage.said()
    assert timeline(stage, 300) == []
