"""The set-up checklist: seven points before the handles are released (rows K0 to K8).

A point that is not answered with a clear yes is open. While a point is open no set starts, until
the lifter says "ready", or overrides it, which is spoken and written down.
"""

from dataclasses import replace

from assistant.content.checklist import Point
from assistant.dialogue.events import DeadlinePassed, Event, Heard, NotUnderstood
from assistant.dialogue.session import Checking, Fixing
from assistant.dialogue.turn import Turn


def handle(turn: Turn, event: Event) -> bool:
    """Answer what belongs to the checklist; true when answered."""
    match event:
        case Heard(intent="StartChecklist"):
            _begin(turn)
            return True
        case Heard(intent="Override"):
            override(turn)
            return True
    match turn.session.mode:
        case Checking() as mode:
            return _checking(turn, mode, event)
        case Fixing() as mode:
            return _fixing(turn, mode, event)
    if isinstance(event, Heard) and event.intent == "Ready" and turn.session.open_points:
        _put_right(turn)
        return True
    return False


def blocks(turn: Turn) -> bool:
    """Whether a set must not start because a point is open; says so when it is."""
    if not turn.session.open_points:
        return False
    turn.say("setup.blocked")
    return True


def miss(turn: Turn) -> None:
    """Tell a set that begins without the checklist from the others, once a session."""
    same_session_s = turn.session.content.logbook.same_session_h * 3600
    checked_at = turn.session.checked_at
    if checked_at is None or turn.now - checked_at > same_session_s:
        turn.say("setup.missed")
    turn.update(checked_at=turn.now)


def override(turn: Turn) -> None:
    """Let a set start although points are open: it is spoken, and written down."""
    match turn.session.mode:
        case Checking() | Fixing():
            turn.rest()
    if not turn.session.open_points:
        turn.say("setup.nothing_to_override")
        return
    turn.log("override", open=", ".join(turn.session.open_points))
    turn.update(open_points=(), checked_at=turn.now)
    turn.say("setup.overridden")


def _begin(turn: Turn) -> None:
    turn.update(checked_at=None, open_points=())
    turn.say("setup.begin")
    _ask(turn, 0)


def _ask(turn: Turn, index: int) -> None:
    turn.enter(Checking(index))
    _put(turn, _points(turn)[index])


def _put(turn: Turn, point: Point) -> None:
    """Speak the question of a point and wait for its answer."""
    ticket = turn.speak(f"checklist.{point.code}", point.ask)
    turn.expect(ticket, turn.session.content.checklist.answer_within_s)


def _checking(turn: Turn, mode: Checking, event: Event) -> bool:
    point = _points(turn)[mode.point]
    match event:
        case Heard(intent="Yes" | "Ready"):
            _advance(turn, mode.point)
        case Heard(intent="No" | "NotSure"):
            _fail(turn, mode.point)
        case Heard(intent="Skip"):
            _open(turn, point)
            turn.say("setup.skipped")
            _advance(turn, mode.point)
        case Heard(intent="Why"):
            turn.speak(f"checklist.{point.code}.why", point.why)
            _put(turn, point)
        case Heard(intent="Repeat"):
            _put(turn, point)
        case Heard(intent="Next") | NotUnderstood() | DeadlinePassed(name="answer"):
            _miss(turn, mode, event)
        case _:
            return False
    return True


def _miss(turn: Turn, mode: Checking, event: Event) -> None:
    """Ask once more; a second miss counts as no."""
    if mode.misses == 0:
        turn.update(mode=replace(mode, misses=1))
        turn.say("setup.again")
        _put(turn, _points(turn)[mode.point])
        return
    if isinstance(event, DeadlinePassed):
        turn.say("setup.silent")
    _fail(turn, mode.point)


def _fail(turn: Turn, index: int) -> None:
    point = _points(turn)[index]
    _open(turn, point)
    turn.enter(Fixing(index))
    turn.speak(f"checklist.{point.code}.fix", point.fix)
    turn.say("setup.failed")


def _open(turn: Turn, point: Point) -> None:
    turn.update(open_points=(*turn.session.open_points, point.code))


def _fixing(turn: Turn, mode: Fixing, event: Event) -> bool:
    point = _points(turn)[mode.point]
    match event:
        case Heard(intent="Ready" | "Yes" | "Next"):
            still_open = tuple(code for code in turn.session.open_points if code != point.code)
            turn.update(open_points=still_open)
            _advance(turn, mode.point)
        case Heard(intent="Repeat" | "No" | "NotSure"):
            turn.speak(f"checklist.{point.code}.fix", point.fix)
            turn.say("setup.failed")
        case Heard(intent="Why"):
            turn.speak(f"checklist.{point.code}.why", point.why)
            turn.say("setup.failed")
        case Heard(intent="Skip"):
            turn.say("setup.skipped")
            _advance(turn, mode.point)
        case _:
            return False
    return True


def _advance(turn: Turn, index: int) -> None:
    """Go on to the next point, or end the checklist."""
    if index + 1 < len(_points(turn)):
        _ask(turn, index + 1)
        return
    turn.rest()
    count = len(turn.session.open_points)
    turn.log("checklist", open=", ".join(turn.session.open_points))
    if count == 0:
        turn.update(checked_at=turn.now)
        turn.say("setup.done")
    elif count == 1:
        turn.say("setup.failed")
    else:
        turn.say("setup.failed_several", count=count)


def _put_right(turn: Turn) -> None:
    """The lifter reports that everything left open is in order now."""
    turn.update(open_points=(), checked_at=turn.now)
    turn.log("checklist", open="")
    turn.say("setup.ready")


def _points(turn: Turn) -> tuple[Point, ...]:
    return turn.session.content.checklist.points
