"""Whether somebody who has reported pain may train: no set until a professional allows it."""

from dataclasses import replace
from typing import Final

from assistant.content.triage import Level, most_urgent
from assistant.dialogue.events import DeadlinePassed, Event, Heard, NotUnderstood
from assistant.dialogue.session import Confirming
from assistant.dialogue.turn import Turn

ASIDE: Final = frozenset({"Help", "Louder", "Quieter", "SetVolume", "SlowerSpeech", "FasterSpeech"})
"""What may be asked for in the middle of a question without counting as an answer to it."""
STARTS_A_SET: Final = frozenset({"StartSet", "StartChecklist", "Override", "Resume", "Restart"})


def note_pain(turn: Turn, level: Level, sign: str) -> None:
    """Report and write down the level a report of pain has reached, and block the next set."""
    blocked = turn.session.blocked
    turn.update(
        blocked=level if blocked is None else most_urgent((blocked, level)),
        cleared=level is Level.SELF_CARE,
        last_pain_days=0.0,
    )
    turn.advise(level)
    turn.log("pain", private=True, level=level.value, sign=sign)


def handle(turn: Turn, event: Event) -> bool:
    """Refuse a set while it is blocked, and hear that somebody has been checked."""
    match event:
        case Heard(intent=intent) if intent in STARTS_A_SET and turn.session.blocked is not None:
            refuse(turn, turn.session.blocked)
            return True
        case Heard(intent="Checked"):
            _confirm(turn)
            return True
    return False


def refuse(turn: Turn, blocked: Level) -> None:
    """Say why no set starts."""
    resting = blocked is Level.SELF_CARE
    turn.say("triage.blocked_resting" if resting else "triage.blocked")


def answer(turn: Turn, mode: Confirming, event: Event) -> bool:
    """Take the answer to "has a professional told you that you may train?"; only yes counts."""
    match event:
        case Heard(intent="Yes"):
            turn.rest()
            turn.update(blocked=None)
            turn.log("checked", private=True, allowed="yes")
            turn.say("triage.unblocked")
        case Heard(intent="Repeat"):
            _ask(turn, mode, "triage.confirm")
        case NotUnderstood() if mode.misses == 0:
            _ask(turn, replace(mode, misses=1), "triage.confirm_again")
        case Heard(intent="Stop"):
            turn.cut()
            _stay_blocked(turn)
        case Heard(intent="No" | "NotSure") | NotUnderstood() | DeadlinePassed(name="answer"):
            _stay_blocked(turn)
        case Heard(intent=intent):
            if intent not in ASIDE:
                turn.rest()
            return False
        case _:
            return False
    return True


def _confirm(turn: Turn) -> None:
    if turn.session.blocked is None:
        turn.say("triage.nothing_noted")
        return
    _ask(turn, Confirming(), "triage.confirm")


def _ask(turn: Turn, mode: Confirming, prompt: str) -> None:
    turn.enter(mode)
    turn.expect(turn.say(prompt), turn.session.content.triage.answer_within_s)


def _stay_blocked(turn: Turn) -> None:
    turn.rest()
    turn.log("checked", private=True, allowed="no")
    turn.say("triage.still_blocked")
