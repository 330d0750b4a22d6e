"""Whose log is open, in which state it is, and what a power cut left in it."""

from collections.abc import Mapping

from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue import appointments, habits
from assistant.dialogue.effects import Light, Signal
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import Condition, History, Unfinished
from assistant.dialogue.inquiry import ask, close, note, past
from assistant.dialogue.lifting import end_set
from assistant.dialogue.lookback import tell_next_weight
from assistant.dialogue.notes import Deleting, Notes
from assistant.dialogue.noting import read_back
from assistant.dialogue.session import Idle, Paused, SetPlan
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import counted


def recalled(turn: Turn, history: History) -> None:
    """Take in what the journal holds now, and say what the lifter should know of it."""
    before = turn.session.history
    is_first = not turn.session.notes.is_begun
    turn.update(history=history)
    note(turn, is_begun=True)
    if is_first or (history.person != before.person and before.person in history.people):
        _take_over_pain(turn, history)
        habits.take_over(turn, history)
    catch_up(turn)
    if is_first:
        _greet(turn, history)
    elif _last_row(history) > _last_row(before) and history.person == before.person:
        appointments.plan_next_session(turn)
    if turn.session.notes.is_suggesting:
        note(turn, is_suggesting=False)
        tell_next_weight(turn)
    appointments.catch_up(turn)


def catch_up(turn: Turn) -> None:
    """Say that the journal has got into a bad condition, when nobody is busy."""
    condition = turn.session.history.condition
    if condition is turn.session.notes.told or not appointments.is_free(turn):
        return
    note(turn, told=condition)
    if condition is not Condition.SOUND:
        turn.do(Light(Signal.FAULT))
        turn.say(f"logbook.{condition}")


def switch_person(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Open the log of somebody else; what was set up for the person before is forgotten."""
    person = str(slots["person"])
    if isinstance(turn.session.mode, Paused):
        turn.say("logbook.not_in_a_set")
        return
    if person == turn.session.history.person:
        turn.say("logbook.same_person", person=person)
        return
    turn.rest()
    told = turn.session.notes.told
    turn.update(
        checked_at=None,
        open_points=(),
        up_next=None,
        notes=Notes(is_begun=True, told=told),
    )
    turn.log("person", name=person)
    turn.say("logbook.switched", person=person)


def tell_person(turn: Turn) -> None:
    """Say whose log is open."""
    turn.say("logbook.whose", person=turn.session.history.person)


def ask_to_delete(turn: Turn) -> None:
    """Ask for the words that delete everything about this person."""
    ask(turn, Deleting(), turn.say("logbook.delete", person=turn.session.history.person))


def delete_everything(turn: Turn) -> None:
    """Delete the training log, the reports of pain and the reminders of this person."""
    close(turn)
    turn.log("forget")
    turn.say("logbook.all_deleted", person=turn.session.history.person)


def nothing_to_confirm(turn: Turn) -> None:
    """The words that confirm a deletion mean nothing without the question."""
    turn.say("logbook.nothing_to_confirm")


def finish_set(turn: Turn) -> None:
    """Log a paused or interrupted set as far as it went."""
    unfinished = turn.session.history.unfinished
    if isinstance(turn.session.mode, Paused):
        reps = turn.session.mode.done
        end_set(turn, "ended early")
        history = past(turn)
        read_back(turn, len(history.today) + 1, reps, history.load)
    elif unfinished is not None:
        turn.log("interrupted")
        turn.say("logbook.logged", done=counted(turn, "rep", unfinished.reps))
    else:
        turn.say("logbook.nothing_interrupted")


def discard_set(turn: Turn) -> None:
    """Drop a paused or interrupted set."""
    is_paused = isinstance(turn.session.mode, Paused)
    if not is_paused and turn.session.history.unfinished is None:
        turn.say("logbook.nothing_interrupted")
        return
    if is_paused:
        turn.rest()
    turn.log("discarded")
    turn.say("logbook.discarded")


def _greet(turn: Turn, history: History) -> None:
    """At the start: whose log it is where there are several, and what was left undone."""
    if len(history.people) > 1:
        turn.say("logbook.whose", person=history.person)
    if history.unfinished is not None and isinstance(turn.session.mode, Idle):
        _offer_to_go_on(turn, history.unfinished)


def _offer_to_go_on(turn: Turn, unfinished: Unfinished) -> None:
    slots = {"done": unfinished.reps, "planned": unfinished.reps_planned}
    is_recent = unfinished.age_s <= turn.session.content.logbook.go_on_within_s
    if is_recent and turn.session.blocked is None and unfinished.reps < unfinished.reps_planned:
        plan = SetPlan(
            unfinished.reps_planned,
            Tempo.of(unfinished.tempo),
            unfinished.kind,
            unfinished.number,
            unfinished.sets,
            pace_percent=unfinished.pace_percent,
        )
        turn.enter(Paused(plan, unfinished.reps))
        turn.update(checked_at=turn.now)  # The set-up is that of the interrupted session.
        turn.say("logbook.interrupted", **slots)
    else:
        turn.say("logbook.interrupted_long_ago", **slots)


def _take_over_pain(turn: Turn, history: History) -> None:
    """Nobody trains on after a report of pain because the program, or the person, has changed."""
    warning = history.warning
    turn.update(
        blocked=None if warning is None else Level(warning),
        cleared=False,
        last_pain_days=history.evidence.days_since_pain,
    )


def _last_row(history: History) -> int:
    return max((done.row for done in history.today), default=0)
