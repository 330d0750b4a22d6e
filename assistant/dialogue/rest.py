"""The rest between two sets: timed by itself, ended by itself, followed by nothing by itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from assistant.dialogue import habits
from assistant.dialogue.events import DeadlinePassed, Event, Heard, SlotValue
from assistant.dialogue.history import SetKind
from assistant.dialogue.session import Resting
from assistant.dialogue.turn import Turn

HALF = "rest_half"
LAST = "rest_last"
END = "rest_end"
"""Deadlines of a running rest."""

Slots: TypeAlias = Mapping[str, SlotValue]


def begin(turn: Turn, kind: SetKind = SetKind.WORK) -> None:
    """Time the rest after a set, unless the lifter has switched that off."""
    if turn.session.habits.times_rest:
        _begin(turn, _usual_s(turn, kind))


def handle(turn: Turn, event: Event) -> bool:
    """Answer what belongs to the rest timer; true when answered."""
    match event, turn.session.mode:
        case Heard(intent=intent, slots=slots), _ if intent in _TIMER:
            _TIMER[intent](turn, slots)
        case Heard(intent=intent, slots=slots), Resting() as rest if intent in _WHILE_RESTING:
            _WHILE_RESTING[intent](turn, rest, slots)
        case Heard(intent=intent), _ if intent in _WHILE_RESTING and intent not in _SHARED:
            turn.say("rest.none")
        case DeadlinePassed(name="rest_half"), Resting() as rest:
            turn.say("rest.half", seconds=_left_s(turn, rest))
        case DeadlinePassed(name="rest_last"), Resting() as rest:
            turn.say("rest.last", seconds=_left_s(turn, rest))
        case DeadlinePassed(name="rest_end"), Resting():
            turn.rest()
            turn.say("rest.over")
            announce(turn)
        case _:
            return False
    return True


def _begin(turn: Turn, length_s: int) -> None:
    turn.say("rest.begun", seconds=length_s)
    _run(turn, float(length_s), float(length_s))


def _run(turn: Turn, length_s: float, left_s: float) -> None:
    """Let the timer run; cues that lie in the past are not caught up on."""
    last_s = turn.session.content.training.rest.last_s
    turn.enter(Resting(length_s, turn.now + left_s))
    turn.wake_at(END, left_s)
    if left_s > last_s:
        turn.wake_at(LAST, left_s - last_s)
    if left_s > length_s / 2 >= 2 * last_s:
        turn.wake_at(HALF, left_s - length_s / 2)


def _usual_s(turn: Turn, kind: SetKind) -> int:
    rest = turn.session.content.training.rest
    if kind is SetKind.WARM_UP:
        return rest.warm_up_s
    return turn.session.habits.rest_s or rest.default_s


def _left_s(turn: Turn, rest: Resting) -> int:
    left_s = rest.ends_at - turn.now if rest.left_s is None else rest.left_s
    return max(0, round(left_s))


def announce(turn: Turn) -> None:
    """Say which set comes next; it begins only when told."""
    plan = turn.session.up_next
    if plan is None:
        turn.say("rest.next_free")
    elif plan.sets > 1:
        turn.say("rest.next_of_series", number=plan.number, sets=plan.sets, reps=plan.reps)
    else:
        turn.say("rest.next", reps=plan.reps)


def _pause(turn: Turn, rest: Resting, _slots: Slots) -> None:
    if rest.left_s is not None:
        turn.say("rest.already_paused")
        return
    left_s = rest.ends_at - turn.now
    turn.enter(replace(rest, left_s=left_s))
    turn.say("rest.paused", seconds=round(left_s))


def _resume(turn: Turn, rest: Resting, _slots: Slots) -> None:
    if rest.left_s is None:
        turn.say("rest.not_paused")
        return
    _run(turn, rest.length_s, rest.left_s)
    turn.say("rest.resumed", seconds=round(rest.left_s))


def _add(turn: Turn, rest: Resting, slots: Slots) -> None:
    most_s = turn.session.content.training.rest.most_s
    left_s = rest.ends_at - turn.now if rest.left_s is None else rest.left_s
    added_s = min(float(slots["seconds"]), most_s - left_s)
    if rest.left_s is None:
        _run(turn, rest.length_s + added_s, left_s + added_s)
    else:
        length_s = rest.length_s + added_s
        turn.update(mode=replace(rest, length_s=length_s, left_s=left_s + added_s))
    turn.say("rest.added", seconds=round(left_s + added_s))


def _skip(turn: Turn, _rest: Resting, _slots: Slots) -> None:
    turn.rest()
    turn.say("rest.skipped")
    announce(turn)


def _tell(turn: Turn, rest: Resting, _slots: Slots) -> None:
    turn.say("rest.left", seconds=_left_s(turn, rest))


def _set_length(turn: Turn, slots: Slots) -> None:
    """Change the rest after work sets, also the one that is running."""
    limits = turn.session.content.training.rest
    length_s = int(slots["seconds"])
    if not limits.least_s <= length_s <= limits.most_s:
        turn.say("rest.odd", seconds=length_s, least=limits.least_s, most=limits.most_s)
        return
    turn.update(habits=replace(turn.session.habits, rest_s=length_s, times_rest=True))
    habits.keep(turn, rest_s=length_s, times_rest=1)
    turn.say("rest.set", seconds=length_s)
    match turn.session.mode:
        case Resting(left_s=None) as rest:
            passed_s = rest.length_s - (rest.ends_at - turn.now)
            _run(turn, float(length_s), max(0.0, length_s - passed_s))
        case Resting():
            turn.update(mode=replace(turn.session.mode, length_s=length_s, left_s=length_s))


def _switch_off(turn: Turn, _slots: Slots) -> None:
    turn.update(habits=replace(turn.session.habits, times_rest=False))
    habits.keep(turn, times_rest=0)
    if isinstance(turn.session.mode, Resting):
        turn.rest()
    turn.say("rest.off")


def _switch_on(turn: Turn, _slots: Slots) -> None:
    turn.update(habits=replace(turn.session.habits, times_rest=True))
    habits.keep(turn, times_rest=1)
    turn.say("rest.on", seconds=_usual_s(turn, SetKind.WORK))


def _start(turn: Turn, _slots: Slots) -> None:
    _begin(turn, _usual_s(turn, SetKind.WORK))


_TIMER: Mapping[str, Callable[[Turn, Slots], None]] = {
    "SetRest": _set_length,
    "RestTimerOff": _switch_off,
    "RestTimerOn": _switch_on,
    "StartRest": _start,
}

_WHILE_RESTING: Mapping[str, Callable[[Turn, Resting, Slots], None]] = {
    "PauseRest": _pause,
    "Pause": _pause,
    "ResumeRest": _resume,
    "Resume": _resume,
    "AddRest": _add,
    "SkipRest": _skip,
    "Skip": _skip,
    "HowLong": _tell,
}

_SHARED = ("Pause", "Resume", "Skip", "HowLong")
"""Intents that mean something else outside a rest."""
