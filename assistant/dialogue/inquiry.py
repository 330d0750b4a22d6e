"""Questions about the log: each is open until something else is said to the coach, but not long.

What the coach says of itself, such as that half of a rest is over, leaves a question open.
"""

from dataclasses import replace
from typing import Any

from assistant.dialogue.history import History
from assistant.dialogue.notes import Question
from assistant.dialogue.turn import Turn


def ask(turn: Turn, question: Question, ticket: int) -> None:
    """Wait for the answer to a question that has just been spoken."""
    note(turn, question=question, since=turn.now)
    turn.expect(ticket, turn.session.content.logbook.answer_within_s)


def open_question(turn: Turn) -> Question | None:
    """The question that waits for an answer."""
    return turn.session.notes.question if _is_fresh(turn) else None


def give_reason(turn: Turn, why: str) -> None:
    """Keep the reason of what has just been suggested, in words."""
    note(turn, why=why, since=turn.now)


def last_reason(turn: Turn) -> str:
    """The reason of what was suggested just now; empty when nothing was."""
    return turn.session.notes.why if _is_fresh(turn) else ""


def close(turn: Turn) -> None:
    """The question is answered, or no longer of interest."""
    note(turn, question=None, why="")


def _is_fresh(turn: Turn) -> bool:
    notes = turn.session.notes
    return turn.now - notes.since <= turn.session.content.logbook.question_lasts_s


def note(turn: Turn, **changes: Any) -> None:
    """Change what this conversation keeps in mind."""
    turn.update(notes=replace(turn.session.notes, **changes))


def past(turn: Turn) -> History:
    """The past as it looks now."""
    same_session_h = turn.session.content.logbook.same_session_h
    return turn.session.history.seen_at(turn.now, same_session_h)
