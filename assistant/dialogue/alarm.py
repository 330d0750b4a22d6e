"""The emergency sentence: at once, and again until somebody acknowledges it.

The machine cannot call anybody, and the person may lie on the floor alone. So the sentence is
repeated at full loudness until it is answered. "Stop" silences it in any case; "yes" and its like
only after the sentence has been heard once, lest the tail of an answer silences it unheard.
"""

from dataclasses import replace
from typing import Final

from assistant.content.triage import Level
from assistant.dialogue import clearance, workout
from assistant.dialogue.effects import SetVolume
from assistant.dialogue.events import DeadlinePassed, Event, Heard, PromptSpoken
from assistant.dialogue.session import Alarmed
from assistant.dialogue.turn import Turn

ALARM: Final = "alarm"
"""Name of the deadline at which the emergency sentence is repeated."""
LOUDEST: Final = 10
ACKNOWLEDGES: Final = frozenset({"HelpIsComing", "Yes", "Ready", "Goodbye"})


def sound(turn: Turn, sign: str = "", because: str = "") -> None:
    """Silence everything, end the set, and say that this is an emergency.

    Args:
        turn: the step under way.
        sign: code of the sign, or several joined by ``+``; empty when none was named.
        because: key of the prompt with the reason; by default the sign's own words, if it has any.
    """
    turn.cut()
    workout.end_set(turn, "pain")
    clearance.note_pain(turn, Level.EMERGENCY, sign)
    own = "" if because else turn.session.content.triage.because(sign)
    _speak(turn, "triage.emergency", own or turn.text(because or "triage.because"))


def answer(turn: Turn, mode: Alarmed, event: Event) -> bool:
    """Repeat until acknowledged; nothing else is answered meanwhile."""
    match event:
        case PromptSpoken(ticket) if ticket >= mode.ticket:
            turn.update(mode=replace(mode, heard=True))
        case Heard(intent="Stop"):
            turn.cut()
            _end(turn)
            turn.say("triage.silenced")
        case Heard(intent=intent) if intent in ACKNOWLEDGES and mode.heard:
            _end(turn)
            turn.say("triage.acknowledged")
            turn.say("triage.safety_net")
        case Heard(intent=intent):
            if intent == "No":
                turn.say("triage.no_help_yet")
            _repeat(turn)
        case DeadlinePassed(name="alarm"):
            turn.do(SetVolume(LOUDEST))
            _repeat(turn)
    return True


def _repeat(turn: Turn) -> None:
    _speak(turn, "triage.emergency_again")


def _speak(turn: Turn, prompt: str, because: str = "") -> None:
    triage = turn.session.content.triage
    mode = turn.session.mode
    heard = isinstance(mode, Alarmed) and mode.heard
    ticket = turn.say(prompt, because=because, number=" ".join(triage.emergency_number))
    turn.enter(Alarmed(Level.EMERGENCY, ticket, heard))
    turn.wake_at(ALARM, triage.alarm_every_s)


def _end(turn: Turn) -> None:
    turn.rest()
    turn.do(SetVolume(turn.session.manner.volume))
