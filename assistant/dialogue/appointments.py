"""Reminders by voice, and what becomes of one that comes due."""

from collections.abc import Mapping
from typing import Final

from assistant.dialogue.effects import CancelReminder, Remind, RemindWeekly
from assistant.dialogue.events import ReminderDue, SlotValue
from assistant.dialogue.inquiry import note, open_question, past
from assistant.dialogue.session import Asleep, Idle, Resting
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import span_in_words

NEXT_SESSION: Final = "next_session"
TRAINING: Final = "training"
_OWN: Final = (NEXT_SESSION, TRAINING)

_EVERY_DAY: Final = 7
_NOON: Final = 12
_S_PER_H: Final = 3600


def plan_next_session(turn: Turn) -> None:
    """Announce the next session when the rest after this one is over."""
    turn.do(Remind(NEXT_SESSION, turn.session.content.logbook.next_session_after_h * _S_PER_H))


def come_due(turn: Turn, reminder: ReminderDue) -> bool:
    """Say a reminder of the log, or keep it until nobody is busy; false for those of others."""
    if reminder.name not in _OWN:
        return False
    note(turn, waiting=(*turn.session.notes.waiting, reminder))
    catch_up(turn)
    return True


def catch_up(turn: Turn) -> None:
    """Say the reminders that were kept, if nobody is in the middle of something."""
    waiting = turn.session.notes.waiting
    if waiting and is_free(turn):
        note(turn, waiting=())
        for name in dict.fromkeys(reminder.name for reminder in waiting):
            turn.say(f"logbook.{name}")


def is_free(turn: Turn) -> bool:
    """Whether something may be said that nobody has asked for."""
    is_quiet = not turn.session.is_speaking and open_question(turn) is None
    return is_quiet and isinstance(turn.session.mode, Idle | Resting | Asleep)


def tell(turn: Turn) -> None:
    """Read out the reminders that are set."""
    reminders = past(turn).reminders
    if not reminders:
        turn.say("logbook.no_reminders")
        return
    items = [
        turn.text(
            "logbook.reminder_in",
            what=_name(turn, reminder.name),
            time=span_in_words(turn, max(0.0, reminder.in_s)),
        )
        for reminder in reminders
    ]
    turn.say("logbook.reminders", list=_listed(turn, items))


def forget(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Cancel one reminder, or all."""
    name = str(slots.get("reminder", "*"))
    reminders = past(turn).reminders
    if not any(name in ("*", reminder.name) for reminder in reminders):
        turn.say("logbook.no_such_reminder" if reminders else "logbook.no_reminders")
        return
    turn.do(CancelReminder(name))
    turn.say("logbook.forgotten")


def plan_training(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Remind of training at a local time, every day or on some days of the week."""
    said = [int(slots[key]) for key in ("day", "day_two", "day_three") if key in slots]
    days = tuple(range(7)) if _EVERY_DAY in said else tuple(sorted(set(said)))
    hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    half = str(slots["day_half"])
    of_day = hour % _NOON + (_NOON if half == "evening" else 0)
    turn.do(RemindWeekly(TRAINING, days, of_day, minute))
    key = "logbook.time" if minute else "logbook.full_hour"
    time = turn.text(key, hour=hour, minute=minute, half=turn.text(f"logbook.{half}"))
    if len(days) == len(range(7)):
        turn.say("logbook.train_daily", time=time)
    else:
        names = [turn.text(f"logbook.weekday_{day}") for day in days]
        turn.say("logbook.train_weekly", days=_listed(turn, names), time=time)


def _name(turn: Turn, reminder: str) -> str:
    key = f"logbook.reminder_{reminder}"
    known = key in turn.session.content.prompts
    return turn.text(key if known else "logbook.reminder_other")


def _listed(turn: Turn, items: list[str]) -> str:
    """Items in one sentence: "one, two and three"."""
    *first, last = items
    return turn.text("logbook.and", first=", ".join(first), last=last) if first else last
