"""How a set went: clean or not, repetitions in reserve, effort; and taking changes back."""

from collections.abc import Mapping

from assistant.dialogue.events import SlotValue
from assistant.dialogue.inquiry import note, open_question, past
from assistant.dialogue.notes import WereClean
from assistant.dialogue.noting import last_set, set_number
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import amount_in_words


def mark_clean(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Note whether the repetitions of the last set were clean, or of the set asked about."""
    is_clean = bool(slots["clean"])
    if isinstance(open_question(turn), WereClean):
        answer_clean(turn, is_clean=is_clean)
        return
    done = last_set(turn)
    if done is not None:
        turn.log("amend", row=done.row, clean=int(is_clean))
        turn.say("logbook.clean" if is_clean else "logbook.not_clean", number=done.number)


def answer_clean(turn: Turn, *, is_clean: bool) -> None:
    """Take the answer to "were all reps clean?"; the suggestion follows when it is written."""
    question = open_question(turn)
    if isinstance(question, WereClean):
        note(turn, question=None, is_suggesting=True)
        turn.log("amend", row=question.row, clean=int(is_clean))


def mark_reserve(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Note how many repetitions were left in reserve."""
    done = last_set(turn)
    if done is not None:
        reserve = int(slots["reserve"])
        turn.log("amend", row=done.row, reserve=reserve)
        turn.say("logbook.reserve", number=done.number, reserve=reserve)


def mark_effort(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Note the perceived effort, 1 to 10; more counts as 10."""
    done = last_set(turn)
    if done is not None:
        effort = min(10.0, float(slots["effort"]) + float(slots.get("half", 0)))
        turn.log("amend", row=done.row, effort=effort)
        turn.say("logbook.effort", number=done.number, effort=amount_in_words(turn, effort))


def delete_set(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Take a set off the log; without a number the last one."""
    number = slots.get("set_number")
    done = last_set(turn) if number is None else set_number(turn, int(number))
    if done is not None:
        turn.log("delete", row=done.row)
        turn.say("logbook.deleted", number=done.number)


def undo(turn: Turn) -> None:
    """Take back the last change of today's log."""
    change = past(turn).change
    if change is None:
        turn.say("logbook.nothing_to_undo")
        return
    turn.log("undo")
    turn.say(f"logbook.undone_{change.kind}", number=change.number)
