"""Rest days: whether it is too soon for another session (row F10)."""

from assistant.dialogue import lifting
from assistant.dialogue.inquiry import ask, close, note, past
from assistant.dialogue.notes import TooSoon
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import hours_in_words
from assistant.progress import Recovery, recovery

_S_PER_H = 3600


def blocks(turn: Turn) -> bool:
    """Whether the first set of a session must wait for the lifter's decision; says so then.

    A session too many in one week is spoken about, and blocks nothing.
    """
    history = past(turn)
    if history.today or history.is_clock_doubtful or _has_decided(turn):
        return False
    rest = _recovery(turn)
    if rest.is_too_often:
        turn.say("logbook.too_often", number=rest.sessions_in_week + 1)
    if rest.is_ready:
        note(turn, went_ahead_at=turn.now)
        return False
    ask(turn, TooSoon(rest.hours_left), _say_too_soon(turn, rest, "logbook.too_soon"))
    return True


def go_ahead(turn: Turn, question: TooSoon) -> None:
    """The lifter trains before the rest is over: write it down and begin the set."""
    close(turn)
    turn.log("override", what="recovery", hours_left=round(question.hours_left, 1))
    note(turn, went_ahead_at=turn.now)
    turn.say("logbook.went_ahead")
    if turn.session.up_next is not None:
        lifting.begin(turn, turn.session.up_next)


def tell(turn: Turn) -> bool:
    """Say whether the rest was long enough; false when there is no session to rest from."""
    history = past(turn)
    if history.is_clock_doubtful:
        turn.say("logbook.clock_doubtful")
        return True
    if not history.session_ages_h:
        return False
    rest = _recovery(turn)
    if rest.is_ready:
        turn.say("logbook.rested", ago=hours_in_words(turn, min(history.session_ages_h)))
    else:
        _say_too_soon(turn, rest, "logbook.not_rested")
    if rest.is_too_often:
        turn.say("logbook.too_often", number=rest.sessions_in_week + 1)
    return True


def _recovery(turn: Turn) -> Recovery:
    rules = turn.session.content.logbook.progression
    return recovery(past(turn).session_ages_h, rules)


def _say_too_soon(turn: Turn, rest: Recovery, prompt: str) -> int:
    latest = min(past(turn).session_ages_h)
    left = hours_in_words(turn, rest.hours_left)
    return turn.say(prompt, ago=hours_in_words(turn, latest), left=left)


def _has_decided(turn: Turn) -> bool:
    """Whether this was spoken about in the session that is about to begin."""
    went_ahead_at = turn.session.notes.went_ahead_at
    same_session_h = turn.session.content.logbook.same_session_h
    return went_ahead_at is not None and turn.now - went_ahead_at <= same_session_h * _S_PER_H
