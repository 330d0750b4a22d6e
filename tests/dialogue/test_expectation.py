"""Which answers may be taken though they were badly heard."""

import pytest

from assistant.app.earcons import earcon
from assistant.app.knowledge import Knowledge
from assistant.dialogue.events import Event, Heard, NotUnderstood
from assistant.dialogue.expectation import ANSWERS, expected, is_overheard
from assistant.dialogue.step import step
from assistant.speaking.clicks import Earcon
from tests.dialogue.gym import Gym
from tests.dialogue.stage import Stage


@pytest.fixture
def stage(knowledge: Knowledge) -> Stage:
    return Stage(knowledge.content)


def test_nothing_is_expected_of_somebody_who_was_not_asked(stage: Stage) -> None:
    assert expected(stage.session) == frozenset()


def test_a_point_of_the_checklist_expects_its_answers_while_it_is_open(stage: Stage) -> None:
    stage.hears("StartChecklist")
    stage.runs(3)
    assert expected(stage.session) >= {"Yes", "No", "Skip", "Repeat", "Why"}
    assert "GiveWeight" not in expected(stage.session)
    stage.hears("Stop")
    assert expected(stage.session) == frozenset()


def test_questions_about_pain_expect_nothing_that_is_in_doubt(stage: Stage) -> None:
    stage.hears("MyBackHurts")
    stage.runs(3)
    assert stage.session.mode.name == "triage"
    assert expected(stage.session) == frozenset()


def test_a_number_that_was_asked_back_is_expected_until_it_comes() -> None:
    gym = Gym()
    gym.hear("eighty")
    assert expected(gym.session) >= {"Yes", "No", "GiveWeight", "CorrectReps"}
    gym.hear("yes")
    assert expected(gym.session) == frozenset()


def test_an_answer_is_expected_only_as_long_as_the_question_is_open() -> None:
    gym = Gym()
    gym.hear("eighty")
    gym.runs(gym.session.content.logbook.answer_within_s + 1)
    assert expected(gym.session) == frozenset()


def test_to_delete_everything_takes_clear_words() -> None:
    gym = Gym()
    gym.hear("log twelve at eighty two kilos")
    gym.hear("delete my data")
    assert expected(gym.session) == frozenset()


def test_every_answer_is_among_the_sentences(knowledge: Knowledge) -> None:
    assert knowledge.sentences.intents.intents.keys() >= ANSWERS


NUMBERS = (
    Heard("GiveWeight", {"amount": 47}, "forty seven", amid_talk=True),
    Heard("CorrectReps", {"reps": 29}, "that was twenty nine", amid_talk=True),
    Heard(
        "EditSet",
        {"set_number": 10, "reps": 12, "amount": 90},
        "correct set ten to twelve at ninety",
        amid_talk=True,
    ),
)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_people_mention_to_each_other_is_talk(stage: Stage, number: Heard) -> None:
    assert is_overheard(stage.session, number)
    assert step(stage.session, number, 0.0) == step(stage.session, NotUnderstood(number.text), 0.0)
    after, _ = step(stage.session, number, 0.0)
    assert earcon(number, stage.session, after) is Earcon.NOT_UNDERSTOOD


def test_a_number_said_into_silence_is_none() -> None:
    gym = Gym()
    assert not is_overheard(gym.session, Heard("GiveWeight", {"amount": 80}, "eighty"))


def test_a_number_that_was_asked_for_is_the_answer() -> None:
    gym = Gym()
    gym.hear("eighty")
    assert not is_overheard(gym.session, NUMBERS[0])


@pytest.mark.parametrize("intent", ["StartSet", "MyBackHurts", "Danger", "Emergency", "Stop", "No"])
def test_orders_and_complaints_count_amid_talk_as_well(stage: Stage, intent: str) -> None:
    event: Event = Heard(intent, amid_talk=True)
    assert not is_overheard(stage.session, event)
