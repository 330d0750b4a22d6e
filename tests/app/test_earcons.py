"""A tone where nothing is said, and nowhere else."""

from dataclasses import replace

import pytest

from assistant.app.earcons import earcon
from assistant.app.knowledge import Knowledge, new_session
from assistant.dialogue.effects import Say
from assistant.dialogue.events import Event, Heard, NotUnderstood, PromptSpoken
from assistant.dialogue.session import Asleep, Session
from assistant.settings import Settings
from assistant.speaking.clicks import Earcon

REPLY = Say("workout.paused", "Paused.", 1)


@pytest.fixture
def session(knowledge: Knowledge) -> Session:
    return new_session(knowledge, Settings())


def test_what_is_done_without_a_word_is_confirmed(session: Session) -> None:
    assert earcon(Heard("QuietMode"), session, session) is Earcon.UNDERSTOOD


def test_a_reply_is_confirmation_enough(session: Session) -> None:
    answered = replace(session, last_said=(REPLY,))
    assert earcon(Heard("Pause"), session, answered) is None
    assert earcon(NotUnderstood("x"), session, answered) is None


def test_what_was_not_understood_is_told(session: Session) -> None:
    assert earcon(NotUnderstood("x"), session, session) is Earcon.NOT_UNDERSTOOD


def test_a_question_that_has_been_asked_awaits_an_answer(session: Session) -> None:
    awaiting = replace(session, deadlines={"answer": 9.0})
    assert earcon(PromptSpoken(1), session, awaiting) is Earcon.LISTENING
    assert earcon(PromptSpoken(1), awaiting, awaiting) is None
    assert earcon(PromptSpoken(1), session, session) is None


@pytest.mark.parametrize("event", [Heard("Goodbye"), NotUnderstood("x")])
def test_whoever_sleeps_gives_no_sign(session: Session, event: Event) -> None:
    asleep = replace(session, mode=Asleep())
    assert earcon(event, asleep, asleep) is None
    assert earcon(event, session, asleep) is None
