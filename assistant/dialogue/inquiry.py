"""Questions about the log: each is open only for as long as it is the last thing that was said."""

from dataclasses import replace
from typing import Any

from assistant.dialogue.history import History
from assistant.dialogue.notes import Question
from assistant.dialogue.turn import Turn


def ask(turn: Turn, question: Question, ticket: int) -> None:
    """Wait for the answer to a question that has just been spoken."""
    note(turn, question=question, asked=ticket)
    turn.expect(ticket, turn.session.content.logbook.answer_within_s)


def open_question(turn: Turn) -> Question | None:
    """The question that waits for an answer; none when something else was said since."""
    notes = turn.session.notes
    return notes.question if notes.asked == turn.session.tickets else None


def close(turn: Turn) -> None:
    """The question is answered, or no longer of interest."""
    note(turn, question=None)


def note(turn: Turn, **changes: Any) -> None:
    """Change what this conversation keeps in mind."""
    turn.update(notes=replace(turn.session.notes, **changes))


def past(turn: Turn) -> History:
    """The past as it looks now."""
    same_session_h = turn.session.content.logbook.same_session_h
    return turn.session.history.seen_at(turn.now, same_session_h)
