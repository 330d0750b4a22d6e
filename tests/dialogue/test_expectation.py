"""Which answers may be taken though they were badly heard."""

import pytest

from assistant.app.knowledge import Knowledge
from assistant.dialogue.expectation import ANSWERS, expected
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
