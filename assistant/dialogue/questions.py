"""Questions about the exercise, and what may be said or asked at all.

An answer is a row of the content files. A row that calms is spoken only to somebody whose warning
questions have all had a clear no; everybody else is asked those questions instead. A row that
explains pain is followed by the question whether it hurts now.
"""

from collections.abc import Mapping
from typing import Final

from assistant.content.questions import Answer
from assistant.dialogue import setup, triage
from assistant.dialogue.events import Event, Heard
from assistant.dialogue.session import Asleep, Checking, Lifting
from assistant.dialogue.turn import Turn

ASK: Final = "Ask"
"""The intent that asks for a row is this and the code of the row."""
OWN: Final = "questions."
"""What the name of a prompt of this conversation begins with; the code of a row may follow."""


def handle(turn: Turn, event: Event) -> bool:
    """Answer a question, or say what may be asked; true when answered."""
    mode = turn.session.mode
    match event:
        case Heard(intent="Help"):
            turn.say(f"{OWN}help_{mode.name}")
        case Heard() if not isinstance(mode, Asleep | Lifting) and _heard(turn, event):
            pass
        case _:
            return False
    if isinstance(mode, Checking) and turn.session.mode is mode:
        setup.handle(turn, Heard("Repeat"))  # the point that was open is still open
    return True


def _heard(turn: Turn, event: Heard) -> bool:
    match event.intent:
        case "Topics":
            turn.say(f"{OWN}topics")
        case "AskTopic":
            _suggest(turn, str(event.slots["topic"]))
        case "WarningSigns":
            turn.say(f"{OWN}warning_signs")
        case "TellMeMore" | "Why" as intent:
            _go_further(turn, intent)
        case intent if (code := intent.removeprefix(ASK)) in _rows(turn):
            _answer(turn, code)
        case _:
            return False
    return True


def _answer(turn: Turn, code: str) -> None:
    rules = turn.session.content.triage
    if code in rules.only_when_cleared and not turn.session.cleared:
        triage.begin(turn)
        return
    turn.speak(OWN + code, _rows(turn)[code].says)
    if code in rules.ask_pain_now:
        triage.ask_pain_now(turn, code)


def _suggest(turn: Turn, topic: str) -> None:
    """Name three questions of a topic: more are forgotten before the last is spoken."""
    first, second, third, *_ = (row.asks for row in _rows(turn).values() if row.topic == topic)
    turn.say(f"{OWN}examples", first=first, second=second, third=third)


def _go_further(turn: Turn, intent: str) -> None:
    """Speak a row beside the one spoken last: its reason, or what goes with it."""
    rows = _rows(turn)
    spoken = [said.prompt.removeprefix(OWN) for said in turn.session.last_said]
    row = next((rows[code] for code in spoken if code in rows), None)
    if row is None:
        turn.say(f"{OWN}ask_first")
    else:
        _answer(turn, row.why if intent == "Why" else row.more)


def _rows(turn: Turn) -> Mapping[str, Answer]:
    return turn.session.content.answers
