"""Which answers are expected: they may be badly heard, and the same words unasked may be talk.

Whoever has just been asked something most likely answers it, so what sounded like talk is worth a
second look: was it one of these? Questions about pain are not among them. They have rules of their
own for an answer that was not understood, and these fail towards help.

The other way round, people who talk with each other say numbers, and nobody has asked for them.
"""

from typing import Final

from assistant.dialogue.events import Event, Heard, NotUnderstood
from assistant.dialogue.notes import Agreeing, Missing, Question, Sure, WereClean, Which
from assistant.dialogue.session import Checking, Idle, OfferingIce, Paused, Resting, Session
from assistant.dialogue.turn import ANSWER

Intents = frozenset[str]

_YES_OR_NO: Final[Intents] = frozenset({"Yes", "No", "NotSure", "Repeat"})
_CHECKLIST: Final[Intents] = _YES_OR_NO | {"Skip", "Why", "Ready"}
_NUMBERS: Final[Intents] = frozenset({"GiveWeight", "GivePlates", "CorrectReps"})
_ABOUT_A_SET: Final[Intents] = _YES_OR_NO | _NUMBERS | {"LowerOne", "HigherOne", "Why"}

ANSWERS: Final[Intents] = _CHECKLIST | _ABOUT_A_SET
"""All that can ever be among them."""
UNASKED: Final[Intents] = _NUMBERS | {"EditSet"}
"""Amid people's talk these count as answers only."""


def expected(session: Session) -> Intents:
    """Intents that answer the question the coach has just asked; none when none is open."""
    if not _is_asking(session):
        return frozenset()
    match session.mode:
        case Checking():
            return _CHECKLIST
        case OfferingIce():
            return _YES_OR_NO
        case Idle() | Resting() | Paused():
            return _about_the_log(session.notes.question)
    return frozenset()


def as_meant(session: Session, event: Event) -> Event:
    """The event, or where people only talked to each other, one that tells no more than that."""
    if isinstance(event, Heard) and is_overheard(session, event):
        return NotUnderstood(event.text)
    return event


def is_overheard(session: Session, event: Event) -> bool:
    """Whether it is most likely a number that people mentioned to each other."""
    match event:
        case Heard(intent=intent, amid_talk=True) if intent in UNASKED:
            return not _is_asking(session)
    return False


def _is_asking(session: Session) -> bool:
    return session.awaited is not None or ANSWER in session.deadlines


def _about_the_log(question: Question | None) -> Intents:
    match question:
        case Which() | Sure() | Missing():
            return _ABOUT_A_SET
        case WereClean() | Agreeing():
            return _YES_OR_NO
    return frozenset()  # to delete everything, or to train too soon, takes clear words
