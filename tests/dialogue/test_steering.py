"""Steering a set by voice while it is counted."""

import pytest

from assistant.content.loader import load_content
from assistant.dialogue.cadence import Click, Phase
from assistant.dialogue.effects import Cut, Say, StartCadence
from assistant.dialogue.events import CueSounded, NotUnderstood
from assistant.dialogue.session import Idle, Lifting, Resting, Verbosity
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


def test_slower_lets_the_rep_end_as_it_began_and_stretches_the_rest(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.runs(3)  # in the middle of the third
    stage.effects.clear()
    stage.hears("Slower")
    assert stage.said() == ["workout.slower"]
    third_ends_at = stage.now + 4
    stage.runs(60)
    assert stage.of(Cut) == []
    assert reps_counted(stage.effects) == [3, 4, 5, 6]
    ends_at = [at for at, cue in stage.sounded if cue.phase is Phase.DONE]
    assert ends_at[2:] == pytest.approx([third_ends_at + rep * 7 * 1.1 for rep in range(4)])
    fourth = [(at - third_ends_at, cue.clip) for at, cue in stage.sounded if cue.rep == 4]
    assert [at for at, _ in fourth[:2]] == pytest.approx([0, 1.1])
    assert [clip for _, clip in fourth[:2]] == ["click:low", "click:high"]


def test_a_pace_asked_for_in_the_count_in_begins_with_the_first_rep(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs(3.5)
    stage.hears("Faster")
    stage.runs(60)
    begins_at = {cue.rep: at for at, cue in reversed(stage.sounded)}
    assert begins_at[1] - begins_at[0] == pytest.approx(3)
    assert begins_at[2] - begins_at[1] == pytest.approx(7 * 0.9)


def test_two_changes_in_one_rep_both_hold(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs_to_rep(1)
    stage.hears("Slower")
    stage.hears("ClicksOnly")
    stage.runs(60)
    third = [(at, cue) for at, cue in stage.sounded if cue.rep == 3]
    assert third[1][0] - third[0][0] == pytest.approx(1.1)
    assert all(cue.clip.startswith("click:") for _, cue in third)


def test_faster_and_slower_have_limits_and_say_so(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(1)
    stage.said()
    for _ in range(3):
        stage.hears("Faster")
    assert stage.said() == ["workout.faster", "workout.faster", "workout.fastest"]
    for _ in range(6):
        stage.hears("Slower")
    assert stage.said() == ["workout.slower"] * 5 + ["workout.slowest"]
    assert lifting(stage).plan.pace_percent == 130


def test_no_pace_stretches_a_rep_beyond_ten_seconds(stage: Stage) -> None:
    stage.hears("StartSet", reps=12, eccentric=4, hold=2, concentric=2, brace=1)
    stage.runs_to_rep(1)
    stage.said()
    stage.hears("Slower")
    stage.hears("Slower")
    assert stage.said() == ["workout.slower", "workout.slowest"]


def test_in_the_last_rep_there_is_nothing_left_to_change(stage: Stage) -> None:
    stage.hears("StartSet", reps=2)
    stage.runs_to_rep(1)
    stage.runs(2)
    stage.said()
    stage.hears("Slower")
    assert stage.said() == ["workout.last_rep"]
    stage.runs(30)
    assert stage.sets_logged()[0].detail["pace_percent"] == 100


def test_a_pace_changed_while_paused_holds_on_resume(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.hears("Pause")
    stage.hears("Faster")
    stage.hears("Resume")
    assert last_cadence(stage).cadence.cues[2].at_s == 0.9


def test_restart_begins_again_and_keeps_the_reps_done_so_far(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs_to_rep(3)
    stage.hears("Restart")
    (log,) = stage.sets_logged()
    assert (log.detail["reps"], log.detail["reason"]) == (3, "restarted")
    stage.effects.clear()
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3, 4, 5]


def test_skip_ends_the_set_and_lets_the_rest_begin(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(8)
    stage.hears("Skip")
    assert stage.sets_logged()[0].detail["reason"] == "skipped"
    assert isinstance(stage.session.mode, Resting)


def test_a_set_skipped_before_its_first_rep_needs_no_rest(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.hears("Skip")
    assert stage.said()[-1] == "workout.skipped"
    assert isinstance(stage.session.mode, Idle)


def test_how_many_are_left_is_answered_while_the_count_goes_on(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(5)
    stage.effects.clear()
    stage.hears("HowMany")
    (said,) = stage.of(Say)
    assert said.text == "5 done, 7 left."
    assert stage.is_counting


@pytest.mark.parametrize(
    ("intent", "verbosity"),
    [
        ("QuietMode", Verbosity.SHORT),
        ("ClicksOnly", Verbosity.CLICKS),
        ("FullWords", Verbosity.FULL),
    ],
)
def test_the_amount_of_words_can_be_changed_before_and_during_a_set(
    stage: Stage, intent: str, verbosity: Verbosity
) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(2)
    stage.hears(intent)
    assert stage.said()[-1] == f"workout.verbosity_{verbosity}"
    stage.runs(60)
    assert reps_counted(stage.effects) == [3, 4, 5, 6]
    assert stage.session.manner.verbosity is verbosity


def test_clicks_only_counts_by_click(stage: Stage) -> None:
    stage.hears("ClicksOnly")
    stage.hears("StartSet", reps=3)
    assert all(isinstance(cue.sound, Click) for cue in last_cadence(stage).cadence.cues)
    stage.runs(60)
    assert reps_counted(stage.effects) == [1, 2, 3]


def test_talk_me_through_gives_the_words_of_every_rep_from_the_next_one(stage: Stage) -> None:
    stage.hears("StartSet", reps=6)
    stage.runs_to_rep(3)
    stage.runs(1)
    stage.hears("TalkThrough")
    stage.runs_to_rep(4)
    stage.runs(1)
    clips = [cue.clip for cue in last_cadence(stage).cadence.cues]
    assert clips.count("word:lower") == 2  # reps five and six


@pytest.mark.parametrize("intent", ["Faster", "Slower", "Restart", "HowMany", "TalkThrough"])
def test_what_concerns_a_set_is_answered_without_one(stage: Stage, intent: str) -> None:
    stage.hears(intent)
    assert stage.said() == ["workout.no_set"]


def test_chatter_and_counting_aloud_do_not_disturb_a_set(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs_to_rep(1)
    before = stage.session
    stage.effects.clear()
    stage.meets(NotUnderstood("two"))
    assert stage.effects == []
    assert stage.session.mode == before.mode


def test_what_an_earlier_cadence_reports_late_is_passed_over(stage: Stage) -> None:
    stage.hears("StartSet", reps=12)
    stage.runs_to_rep(2)
    stale = lifting(stage).ticket
    cue = next(it for it in last_cadence(stage).cadence.cues if it.phase is Phase.DONE)
    stage.hears("Pause")
    stage.hears("Resume")
    stage.meets(CueSounded(stale, cue, 0))
    assert lifting(stage).done == 2
