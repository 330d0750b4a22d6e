"""The one entry to the core: ``step(session, event, now) -> (session, effects)``.

Theory of operation. An event is offered to the conversations in a fixed order, and the first one
that claims it answers it:

1. ``stop`` and the danger words, whatever is going on;
2. the conversation the session is in (its *mode*): checklist, set, triage;
3. the conversations that can begin at any time: set, checklist, questions, manners.

Nothing here reads a clock, a file or a device. ``now`` is an argument, and a moment to be woken at
is data in ``Session.deadlines``. The same events at the same times give the same effects.
"""

from collections.abc import Callable

from assistant.dialogue import logbook, manners, questions, setup, triage, workout
from assistant.dialogue.effects import Effect
from assistant.dialogue.events import (
    CadenceFinished,
    DeadlinePassed,
    Event,
    Heard,
    NotUnderstood,
    PromptSpoken,
)
from assistant.dialogue.expectation import as_meant
from assistant.dialogue.session import Session
from assistant.dialogue.turn import ANSWER, Turn

CONVERSATIONS: tuple[Callable[[Turn, Event], bool], ...] = (
    logbook.listen,
    triage.handle,
    manners.stop,
    manners.sleep,
    logbook.answer,
    workout.handle,
    setup.handle,
    logbook.handle,
    questions.handle,
    manners.handle,
)
"""In order of precedence; each is true for an event that it has answered."""


def step(session: Session, event: Event, now: float) -> tuple[Session, tuple[Effect, ...]]:
    """What one event leads to.

    Args:
        session: what is remembered so far.
        event: what has happened.
        now: monotonic seconds.

    Returns:
        The session afterwards, and the effects to carry out in order.
    """
    turn = Turn(session, now)
    event = as_meant(session, event)
    _keep_books(turn, event)
    for answers in CONVERSATIONS:
        if answers(turn, event):
            break
    return turn.session, tuple(turn.effects)


def _keep_books(turn: Turn, event: Event) -> None:
    """Follow what has been spoken and what is being waited for, before anybody answers."""
    session = turn.session
    match event:
        case PromptSpoken(ticket) | CadenceFinished(ticket):
            turn.update(spoken=max(session.spoken, ticket))
            awaited = session.awaited
            if awaited is not None and ticket == awaited.ticket:
                turn.wake_at(ANSWER, awaited.within_s)
                turn.update(awaited=None)
        case DeadlinePassed(name):
            turn.forget(name)
        case Heard():
            turn.forget(ANSWER)
            if session.is_speaking:
                turn.hush()
        case NotUnderstood():
            turn.forget(ANSWER)
