"""Stopping, sleeping, volume, pace, and saying it again: true in every conversation."""

import pytest

from assistant.app.knowledge import Knowledge
from assistant.dialogue.effects import Cut, Hush, SetPace, SetVolume
from assistant.dialogue.events import FaultCleared, FaultRaised, MicrophoneDoubted
from assistant.dialogue.session import Asleep, Checking, Idle, Lifting, Triaging
from tests.dialogue.stage import Stage


@pytest.fixture
def stage(knowledge: Knowledge) -> Stage:
    return Stage(knowledge.content)


@pytest.mark.parametrize("beginning", ["StartChecklist", "StartSet", "MyBackHurts", "AskT6"])
def test_stop_silences_whatever_is_going_on(stage: Stage, beginning: str) -> None:
    stage.hears(beginning)
    stage.effects.clear()

    stage.hears("Stop")

    cuts = [number for number, effect in enumerate(stage.effects) if isinstance(effect, Cut)]
    assert cuts[0] == 0 or stage.effects[: cuts[0]] == [Hush()]
    assert not stage.is_counting


def test_nothing_resumes_after_stop(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs_to_rep(2)
    stage.hears("Stop")
    stage.said()

    stage.runs(600)

    assert stage.said() == []
    assert stage.session.mode == Idle()


def test_stop_logs_the_repetitions_that_sounded(stage: Stage) -> None:
    stage.hears("StartSet", reps=5)
    stage.runs_to_rep(2)

    stage.hears("Stop")

    assert [(log.detail["reps"], log.detail["reps_planned"]) for log in stage.sets_logged()] == [
        (2, 5)
    ]


def test_stop_while_asleep_says_nothing(stage: Stage) -> None:
    stage.hears("Goodbye")
    stage.said()

    stage.hears("Stop")

    assert stage.said() == []
    assert stage.session.mode == Asleep()


@pytest.mark.parametrize("intent", ["StartSet", "StartChecklist", "Louder", "AskT6", "Yes"])
def test_commands_pass_unanswered_while_asleep(stage: Stage, intent: str) -> None:
    stage.hears("Goodbye")
    stage.said()

    stage.hears(intent)

    assert stage.said() == []


def test_pain_is_heard_while_asleep(stage: Stage) -> None:
    stage.hears("Goodbye")

    stage.hears("MyBackHurts")

    assert isinstance(stage.session.mode, Triaging)


def test_wake_up_ends_the_sleep(stage: Stage) -> None:
    stage.hears("Goodbye")
    stage.said()

    stage.hears("WakeUp")

    assert stage.said() == ["manners.awake"]
    assert stage.session.mode == Idle()


def test_louder_and_quieter_move_one_step(stage: Stage) -> None:
    stage.hears("Louder")
    stage.hears("Quieter")
    stage.hears("Quieter")

    assert stage.of(SetVolume) == [SetVolume(8), SetVolume(7), SetVolume(6)]


def test_volume_stays_between_one_and_ten(stage: Stage) -> None:
    stage.hears("SetVolume", level=10)
    stage.hears("Louder")
    stage.hears("SetVolume", level=1)
    stage.hears("Quieter")

    assert stage.of(SetVolume) == [SetVolume(10), SetVolume(1)]
    assert stage.said()[1::2] == ["manners.loudest", "manners.quietest"]


def test_speech_becomes_slower_until_it_cannot(stage: Stage) -> None:
    for _ in range(5):
        stage.hears("SlowerSpeech")

    assert [effect.words_per_minute for effect in stage.of(SetPace)] == [145, 125, 105]
    assert stage.said()[-1] == "manners.slowest"


def test_repeat_says_the_last_reply_word_for_word(stage: Stage) -> None:
    stage.hears("AskT6")
    first = [effect for effect in stage.effects if hasattr(effect, "text")]
    stage.runs(10)
    stage.effects.clear()

    stage.hears("Repeat")

    again = [effect for effect in stage.effects if hasattr(effect, "text")]
    assert [said.text for said in again] == [said.text for said in first]


def test_repeat_has_nothing_to_repeat_at_first(stage: Stage) -> None:
    stage.hears("Repeat")

    assert stage.said() == ["manners.nothing_said"]


def test_skip_says_so_where_there_is_nothing_to_skip(stage: Stage) -> None:
    stage.hears("Skip")
    assert stage.said() == ["manners.nothing_to_skip"]


def test_an_answer_during_a_question_drops_the_rest_of_the_question(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.effects.clear()

    stage.hears("Yes")

    assert stage.effects[0] == Hush()
    assert stage.session.mode == Checking(1)


def test_a_lost_microphone_is_said_aloud_and_so_is_its_return(stage: Stage) -> None:
    stage.meets(FaultRaised("microphone"))
    stage.meets(FaultCleared("microphone"))

    assert stage.said() == ["manners.microphone_lost", "manners.microphone_back"]


@pytest.mark.parametrize("reason", ["quiet", "clipped", "monitor"])
def test_what_is_wrong_with_a_microphone_is_said_in_words_of_its_own(
    stage: Stage, reason: str
) -> None:
    stage.meets(MicrophoneDoubted(reason))

    assert stage.said() == [f"manners.microphone_{reason}"]


def test_louder_during_a_set_does_not_disturb_the_count(stage: Stage) -> None:
    stage.hears("StartSet", reps=3)
    stage.runs_to_rep(1)

    stage.hears("Louder")

    assert stage.is_counting
    assert isinstance(stage.session.mode, Lifting)
