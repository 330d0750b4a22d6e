"""What was done, and what follows from it: last time, this week, the next weight and why."""

from assistant.dialogue.history import History, best_set
from assistant.dialogue.inquiry import ask, give_reason, last_reason, open_question, past
from assistant.dialogue.notes import Agreeing, WereClean
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import (
    counted,
    hours_in_words,
    set_in_words,
    sets_in_words,
    weight_in_words,
)
from assistant.progress import Suggestion, Verdict, suggest


def tell_last_time(turn: Turn) -> None:
    """Say what the session before this one was like."""
    history = past(turn)
    if history.last is None:
        turn.say("logbook.no_last_time")
        return
    if history.is_clock_doubtful:
        turn.say("logbook.clock_doubtful")
    sets = history.last.sets
    top = best_set(sets) or max(sets, key=lambda done: done.reps)
    turn.say(
        "logbook.last_time" if top.weight else "logbook.last_time_no_weight",
        ago=hours_in_words(turn, history.last.ended_h),
        sets=counted(turn, "set", len(sets)),
        best=set_in_words(turn, top.reps, top.weight),
    )


def tell_today(turn: Turn) -> None:
    """Say what is on the log of the session under way."""
    today = past(turn).today
    if not today:
        turn.say("logbook.nothing_today")
        return
    sets = counted(turn, "set", len(today))
    turn.say("logbook.today", sets=sets, list=sets_in_words(turn, today))


def tell_week(turn: Turn) -> None:
    """Say how many sessions the last seven days had."""
    history = past(turn)
    if history.is_clock_doubtful:
        turn.say("logbook.clock_doubtful")
        return
    before = sum(age < 7 * 24 for age in history.session_ages_h)
    key = "logbook.this_week_with_today" if history.today else "logbook.this_week"
    turn.say(key, sessions=counted(turn, "session", before + bool(history.today)))


def tell_next_weight(turn: Turn) -> None:
    """Suggest a weight; it is noted only if the lifter agrees."""
    history = past(turn)
    if history.agreed is not None and not history.today and not _is_held_back(turn, history):
        words = weight_in_words(turn, history.agreed)
        turn.say("logbook.next_agreed", weight=words)
        _give_reason(turn, history, _suggestion(turn, history))
        return
    suggestion = _suggestion(turn, history)
    if suggestion.verdict is Verdict.ASK:
        _ask_clean(turn, history, suggestion)
        return
    slots = {} if suggestion.weight is None else {"weight": _words(turn, suggestion)}
    turn.say(f"logbook.next_{suggestion.verdict}", **slots)
    _give_reason(turn, history, suggestion)
    if suggestion.verdict is Verdict.ADD and suggestion.weight is not None:
        ask(turn, Agreeing(suggestion.weight), turn.say("logbook.agree"))


def tell_export(turn: Turn) -> None:
    """Say how the log is taken away from this device."""
    turn.say("logbook.export")


def knows_a_weight(turn: Turn) -> bool:
    """Whether there is a set to suggest a weight from, or a reason to suggest none."""
    return _suggestion(turn, past(turn)).verdict is not Verdict.UNKNOWN


def explain(turn: Turn) -> bool:
    """Say why, if a suggestion was the last thing the lifter heard; its question stays open."""
    why = last_reason(turn)
    if not why:
        return False
    ticket = turn.speak("logbook.why", why)
    match open_question(turn):
        case Agreeing() | WereClean() as question:
            ask(turn, question, ticket)
    return True


def _suggestion(turn: Turn, history: History) -> Suggestion:
    rules = turn.session.content.logbook.progression
    return suggest(history.evidence, history.machine.smallest_step, rules)


def _is_held_back(turn: Turn, history: History) -> bool:
    return _suggestion(turn, history).verdict in (Verdict.LOWER, Verdict.REST)


def _ask_clean(turn: Turn, history: History, suggestion: Suggestion) -> None:
    """What is suggested depends on whether the repetitions were clean."""
    sets = history.today or (history.last.sets if history.last else ())
    top = best_set(sets)
    if top is not None:
        _give_reason(turn, history, suggestion)
        ask(turn, WereClean(top.row), turn.say("logbook.were_clean", reps=top.reps))


def _give_reason(turn: Turn, history: History, suggestion: Suggestion) -> None:
    """Keep the reason for "why"."""
    evidence = history.evidence
    weight = evidence.weight
    words = turn.text(
        f"logbook.why_{suggestion.reason}",
        reps=evidence.reps,
        weight=weight_in_words(turn, weight) if weight is not None else "",
        goal=turn.session.content.logbook.progression.clean_reps,
        ago=hours_in_words(turn, evidence.days_off * 24),
    )
    give_reason(turn, words)


def _words(turn: Turn, suggestion: Suggestion) -> str:
    return weight_in_words(turn, suggestion.weight) if suggestion.weight else ""
