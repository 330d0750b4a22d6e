"""Ordering a set, and everything that is said around one."""

from collections.abc import Mapping
from typing import TypeAlias

from assistant.dialogue import clearance, lifting, recovery, rest, setup
from assistant.dialogue.events import Event, FaultRaised, Heard, NotUnderstood, SlotValue
from assistant.dialogue.lifting import end_set
from assistant.dialogue.order import ordered, set_tempo
from assistant.dialogue.session import (
    Alarmed,
    AskingPain,
    Asleep,
    Checking,
    Confirming,
    Idle,
    Lifting,
    OfferingIce,
    Paused,
    Resting,
    Triaging,
    Verbosity,
)
from assistant.dialogue.turn import Turn

__all__ = ["end_set", "handle"]

Slots: TypeAlias = Mapping[str, SlotValue]


def handle(turn: Turn, event: Event) -> bool:
    """Answer what belongs to a set or to the rest after it; true when answered."""
    if lifting.follow(turn, event):
        return True
    match event:
        case Heard(intent=intent, slots=slots):
            return _heard(turn, intent, slots)
        case FaultRaised(part):
            return _fault_raised(turn, part)
        case NotUnderstood():  # during a set: breath, chatter and counting along
            return isinstance(turn.session.mode, Lifting)
    return rest.handle(turn, event)


def _fault_raised(turn: Turn, part: str) -> bool:
    """End a set that cannot be heard, or that could not be ended by voice any more."""
    if not isinstance(turn.session.mode, Lifting):
        return False
    if part in ("microphone", "recogniser"):
        lifting.end_unheard(turn, part)
        return True
    if part == "speaker":
        turn.cut()
        end_set(turn, "speaker lost")
    return False


def _start(turn: Turn, slots: Slots) -> bool:
    match turn.session.mode:
        case Asleep() | Triaging() | Alarmed() | AskingPain() | OfferingIce() | Confirming():
            return False
        case Lifting():
            turn.say("workout.already_counting")
        case Checking():
            within_s = turn.session.content.checklist.answer_within_s
            turn.expect(turn.say("workout.checklist_first"), within_s)
        case Paused() if not slots:
            lifting.resume(turn)
        case _:
            _start_new(turn, slots)
    return True


def _start_new(turn: Turn, slots: Slots) -> None:
    blocked = turn.session.blocked
    if blocked is not None:
        clearance.refuse(turn, blocked)
        return
    plan = ordered(turn, slots)
    if plan is None:
        return
    if setup.blocks(turn) or recovery.blocks(turn):
        turn.update(up_next=plan)
        return
    end_set(turn, "replaced")
    setup.miss(turn)
    lifting.begin(turn, plan)


def _start_anyway(turn: Turn) -> bool:
    """Begin the set that an open point of the checklist held back."""
    if turn.session.up_next is None or not turn.session.open_points:
        return False
    setup.override(turn)
    _start_new(turn, {})
    return True


def _heard(turn: Turn, intent: str, slots: Slots) -> bool:
    if intent in ("StartSet", "NextSet"):
        return _start(turn, slots)
    if intent == "Override":
        return _start_anyway(turn)
    match turn.session.mode:
        case Lifting() | Paused() if intent in lifting.COMMANDS:
            lifting.COMMANDS[intent](turn)
            return True
        case Idle() | Lifting() | Paused() | Resting():
            return (
                _around_a_set(turn, intent, slots)
                or rest.handle(turn, Heard(intent, slots))
                or _without_a_set(turn, intent)
            )
    return False


def _around_a_set(turn: Turn, intent: str, slots: Slots) -> bool:
    if intent in ("Ready", "Next") and _is_waiting(turn):
        return _start(turn, {})
    if intent in _VERBOSITY:
        lifting.set_verbosity(turn, _VERBOSITY[intent])
    elif intent == "SetTempo":
        set_tempo(turn, slots)
    elif intent in _REFUSED_TEMPO:
        turn.say(_REFUSED_TEMPO[intent])
    elif intent == "BackLifted":
        _back_lifted(turn)
    else:
        return False
    return True


def _is_waiting(turn: Turn) -> bool:
    """Whether "ready" can only mean the next set; with an open point it means that point."""
    match turn.session.mode:
        case Paused():
            return True
        case Resting():
            return not turn.session.open_points
        case Idle():
            return turn.session.up_next is not None and not turn.session.open_points
    return False


def _back_lifted(turn: Turn) -> None:
    """End the set: a back that leaves the pad is no clean repetition (row T18)."""
    if isinstance(turn.session.mode, Lifting | Paused):
        turn.cut()
        end_set(turn, "back lifted", is_clean=False)
    turn.say("workout.back_lifted")


def _without_a_set(turn: Turn, intent: str) -> bool:
    """Answer what only makes sense during a set."""
    if intent not in lifting.COMMANDS or intent == "Skip":
        return False
    if intent == "HowMany" and turn.session.up_next is not None:
        rest.announce(turn)
    else:
        turn.say("workout.nothing_to_resume" if intent == "Resume" else "workout.no_set")
    return True


_VERBOSITY = {
    "FullWords": Verbosity.FULL,
    "QuietMode": Verbosity.SHORT,
    "ClicksOnly": Verbosity.CLICKS,
}

_REFUSED_TEMPO = {
    "ExplosiveTempo": "workout.tempo_explosive",
    "AssistedTempo": "workout.tempo_assisted",
}
