"""The log by voice: what was done, by whom, and what comes next.

The core knows the past through ``Session.history``, which the shell renews after every entry. What
is to be written leaves as an effect; nothing here waits for it to be written.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from assistant.dialogue import (
    appointments,
    lookback,
    machine,
    marking,
    noting,
    recovery,
    remembering,
)
from assistant.dialogue.events import (
    CadenceFinished,
    DeadlinePassed,
    Event,
    FaultRaised,
    Heard,
    HistoryRecalled,
    PromptSpoken,
    ReminderDue,
    SlotValue,
)
from assistant.dialogue.history import Condition
from assistant.dialogue.inquiry import ask, close, open_question
from assistant.dialogue.notes import (
    Agreeing,
    Deleting,
    Question,
    Sure,
    TooSoon,
    WereClean,
    Which,
)
from assistant.dialogue.session import Idle, Paused, Resting
from assistant.dialogue.turn import ANSWER, Turn
from assistant.dialogue.wording import weight_in_words
from assistant.progress import Weight

Slots: TypeAlias = Mapping[str, SlotValue]


def listen(turn: Turn, event: Event) -> bool:
    """Close an open question when something else is said; never answers anything."""
    match event:
        case Heard(intent=intent) if intent not in _KEEP_OPEN:
            close(turn)
    return False


def answer(turn: Turn, event: Event) -> bool:
    """Take the answer to a question about the log; false when none is open, or it is no answer."""
    question = open_question(turn)
    if question is None or not _may_speak(turn):
        return False
    match event:
        case DeadlinePassed(name) if name == ANSWER:
            close(turn)
            turn.say(
                "logbook.nothing_deleted" if isinstance(question, Deleting) else "logbook.unchanged"
            )
            return True
        case Heard(intent="Repeat"):
            _ask_again(turn, question)
            return True
        case Heard(intent="Why"):
            return lookback.explain(turn)
        case Heard(intent=intent):
            return _answer(turn, question, intent)
    return False


def handle(turn: Turn, event: Event) -> bool:
    """Answer what belongs to the log; true when answered."""
    match event:
        case HistoryRecalled(history):
            remembering.recalled(turn, history)
            return True
        case FaultRaised("journal") if turn.session.history.condition is not Condition.SOUND:
            return True  # It is told in the words of that condition.
        case ReminderDue():
            return appointments.come_due(turn, event)
        case PromptSpoken() | CadenceFinished():
            remembering.catch_up(turn)
            appointments.catch_up(turn)
            return False
        case Heard(intent=intent, slots=slots) if _may_speak(turn):
            return _heard(turn, intent, slots)
    return False


def _heard(turn: Turn, intent: str, slots: Slots) -> bool:
    if intent in _COMMANDS:
        _COMMANDS[intent](turn, slots)
        return True
    return intent in _ASIDES and _ASIDES[intent](turn)


def _may_speak(turn: Turn) -> bool:
    """Whether the log may be spoken about: not during a set, a checklist or a triage."""
    return isinstance(turn.session.mode, Idle | Resting | Paused)


def _answer(turn: Turn, question: Question, intent: str) -> bool:
    match question, intent:
        case ((Which() | Sure()), _):
            return noting.answer(turn, question, intent)
        case (WereClean(), "Yes" | "No"):
            marking.answer_clean(turn, is_clean=intent == "Yes")
        case Agreeing(weight), "Yes" | "No":
            _agree(turn, weight, is_agreed=intent == "Yes")
        case Deleting(), "ConfirmDeletion":
            remembering.delete_everything(turn)
        case Deleting(), "Yes" | "No" | "NotSure":
            close(turn)
            turn.say("logbook.nothing_deleted")
        case TooSoon() as too_soon, "Override":
            recovery.go_ahead(turn, too_soon)
        case TooSoon(), "Yes":
            close(turn)
            turn.say("logbook.resting")
        case _:
            return False
    return True


def _ask_again(turn: Turn, question: Question) -> None:
    ticket = turn.session.tickets
    for said in turn.session.last_said:
        ticket = turn.speak(said.prompt, said.text)
    ask(turn, question, ticket)


def _agree(turn: Turn, weight: Weight, *, is_agreed: bool) -> None:
    close(turn)
    if is_agreed:
        turn.log("agreed", weight=weight.amount, unit=weight.unit.value)
        turn.say("logbook.agreed", weight=weight_in_words(turn, weight))
    else:
        turn.say("logbook.not_agreed")


def _tell_rest(turn: Turn, _: Slots) -> None:
    if not recovery.tell(turn):
        turn.say("logbook.rested_new")


def _tell_rest_and_rule(turn: Turn) -> bool:
    """What holds for this person goes before the rule of the article (row F10)."""
    recovery.tell(turn)
    return False


def _tell_weight_or_rule(turn: Turn) -> bool:
    """A weight for this person takes the place of the article's rule (rows Z3 and F7)."""
    if not lookback.knows_a_weight(turn):
        return False
    lookback.tell_next_weight(turn)
    return True


def _alone(act: Callable[[Turn], object]) -> Callable[[Turn, Slots], object]:
    return lambda turn, _: act(turn)


_KEEP_OPEN: Final = frozenset(
    [
        *("Yes", "No", "NotSure", "Why", "Repeat", "LowerOne", "HigherOne", "Override"),
        *("GiveWeight", "GivePlates", "LogSet", "CorrectReps", "RepsClean", "ConfirmDeletion"),
        *("Louder", "Quieter", "SetVolume", "SlowerSpeech", "FasterSpeech"),
    ]
)
"""Intents that may answer a question of the log, or leave it as it is."""

_COMMANDS: Final[Mapping[str, Callable[[Turn, Slots], object]]] = {
    "LogSet": noting.log_set,
    "GiveWeight": noting.give_weight,
    "GivePlates": _alone(noting.ask_plates),
    "CorrectReps": noting.correct_reps,
    "SetUnit": machine.set_unit,
    "StartPhase": machine.set_start_phase,
    "TellUnit": _alone(machine.tell_unit),
    "SameAgain": _alone(noting.same_again),
    "EditSet": noting.edit_set,
    "DeleteSet": marking.delete_set,
    "Undo": _alone(marking.undo),
    "RepsClean": marking.mark_clean,
    "InReserve": marking.mark_reserve,
    "Effort": marking.mark_effort,
    "LastTime": _alone(lookback.tell_last_time),
    "ThisSession": _alone(lookback.tell_today),
    "Export": _alone(lookback.tell_export),
    "SessionsThisWeek": _alone(lookback.tell_week),
    "NextWeight": _alone(lookback.tell_next_weight),
    "RestedEnough": _tell_rest,
    "SwitchPerson": remembering.switch_person,
    "WhoseLog": _alone(remembering.tell_person),
    "DeleteMyData": _alone(remembering.ask_to_delete),
    "ConfirmDeletion": _alone(remembering.nothing_to_confirm),
    "FinishSet": _alone(remembering.finish_set),
    "DiscardSet": _alone(remembering.discard_set),
    "RemindToTrain": appointments.plan_training,
    "ListReminders": _alone(appointments.tell),
    "ForgetReminders": appointments.forget,
}
"""Intent to what it does."""

_ASIDES: Final[Mapping[str, Callable[[Turn], bool]]] = {
    "Why": lookback.explain,
    "AskF10": _tell_rest_and_rule,
    "AskF7": _tell_weight_or_rule,
    "AskZ3": _tell_weight_or_rule,
}
"""Questions about the exercise that this person's log can answer, or add something to."""
