"""The conversation after "my back hurts": warning signs first, the most serious of them first.

Theory of operation. A danger word, or a call for help, leads to the emergency sentence from every
mode in one turn. A report of pain begins the questions. Yes always means danger. Only a clear no
to a question that was heard to its end counts as no; whatever else is heard, and silence, is asked
about once more in simpler words and then counts as yes. A question that could not lead to a more
urgent level than the one already reached is not asked. Self-care is reached on one path only: a
clear no to every question, and no pain reported in the last days.
"""

from dataclasses import replace
from typing import Final

from assistant.content.triage import MISHEARD, Level, Question, most_urgent
from assistant.dialogue import aftercare, alarm, clearance, workout
from assistant.dialogue.clearance import ASIDE
from assistant.dialogue.events import (
    DeadlinePassed,
    Event,
    FaultCleared,
    FaultRaised,
    Heard,
    NotUnderstood,
    PromptSpoken,
    ReminderDue,
)
from assistant.dialogue.session import Alarmed, AskingPain, Confirming, OfferingIce, Triaging
from assistant.dialogue.turn import ANSWER, Turn

UNHEARD: Final = "unheard"
"""Name of the deadline for a question whose end was never reported, as when the speaker is lost."""


def handle(turn: Turn, event: Event) -> bool:
    """Answer what has to do with pain; true when answered."""
    match event:
        case FaultRaised() | FaultCleared():
            return False
        case Heard(intent="Emergency"):
            alarm.sound(turn)
            return True
        case Heard(intent="Danger") if _level(turn, event) is Level.EMERGENCY:
            alarm.sound(turn, _sign(event))
            return True
    return _answer(turn, event) or _begin_anywhere(turn, event)


def begin(turn: Turn, *reported: str) -> None:
    """End the workout and ask the first question.

    Args:
        turn: the step under way.
        reported: codes of signs that have been named already.
    """
    turn.cut()
    workout.end_set(turn, "pain")
    turn.update(cleared=False)
    turn.say("triage.opening")
    _go_on(turn, 0, reported)


def ask_pain_now(turn: Turn, row: str) -> None:
    """After an answer about pain, ask whether it hurts now.

    Args:
        turn: the step under way.
        row: code of the row that was spoken.
    """
    turn.enter(AskingPain(row))
    turn.expect(turn.say("triage.pain_now"), turn.session.content.triage.answer_within_s)


def _answer(turn: Turn, event: Event) -> bool:
    """Offer the event to the conversation about pain that is going on, if one is."""
    mode = turn.session.mode
    if isinstance(event, ReminderDue) and isinstance(mode, Triaging | Alarmed):
        aftercare.postpone(turn, event)
        return True
    answered = False
    match mode:
        case Triaging():
            answered = _triaging(turn, mode, event)
        case Alarmed():
            answered = alarm.answer(turn, mode, event)
        case AskingPain():
            answered = _asking_pain(turn, mode, event)
        case OfferingIce():
            answered = aftercare.answer(turn, mode, event)
        case Confirming():
            answered = clearance.answer(turn, mode, event)
    return answered


def _begin_anywhere(turn: Turn, event: Event) -> bool:
    match event:
        case ReminderDue():
            return aftercare.remind(turn, event)
        case Heard(intent="MyBackHurts"):
            begin(turn)
        case Heard(intent="Danger"):
            begin(turn, _sign(event))
        case _:
            return clearance.handle(turn, event)
    return True


def _triaging(turn: Turn, mode: Triaging, event: Event) -> bool:
    match event:
        case PromptSpoken(ticket) if ticket >= mode.ticket:
            turn.update(mode=replace(mode, heard=True))
        case Heard(intent="Stop" | "Goodbye"):
            _break_off(turn, mode)
        case Heard(intent=intent) if intent in ASIDE:
            turn.wake_at(ANSWER, turn.session.content.triage.answer_within_s)
            return False
        case Heard():
            _take(turn, mode, event)
        case NotUnderstood(text) if not turn.session.is_speaking:
            _take_unclear(turn, mode, text)
        case DeadlinePassed(name="answer" | "unheard"):
            _take_unclear(turn, mode, "")
    return True


def _take(turn: Turn, mode: Triaging, event: Heard) -> None:
    """Take what was said for an answer to the present question."""
    match event.intent:
        case "No" if _is_dangerous(turn, event.text):
            alarm.sound(turn, _question(turn, mode).code)
        case "No" if mode.heard:
            _go_on(turn, mode.question + 1, mode.reported)
        case "No":
            turn.say("triage.hear_out")
            _put(turn, mode)
        case "Repeat":
            _put(turn, mode)
        case "Yes" | "NotSure":
            _go_on(turn, mode.question + 1, (*mode.reported, *_question(turn, mode).signs))
        case "Danger":
            _put(turn, replace(mode, reported=(*mode.reported, _sign(event))))
        case "Why" | "AskR7":
            turn.say("triage.why")
            _put(turn, mode)
        case _:
            _take_unclear(turn, mode, "")


def _take_unclear(turn: Turn, mode: Triaging, text: str) -> None:
    """Ask once more in simpler words; the second time it counts as yes."""
    question = _question(turn, mode)
    if _is_dangerous(turn, text):
        alarm.sound(turn, question.code)
    elif mode.misses == 0:
        _put(turn, replace(mode, misses=1))
    elif turn.session.content.triage.level_of(question.signs) is Level.EMERGENCY:
        alarm.sound(turn, question.code, "triage.because_unclear")
    else:
        _go_on(turn, mode.question + 1, (*mode.reported, *question.signs))


def _go_on(turn: Turn, index: int, reported: tuple[str, ...]) -> None:
    """Ask the next question that could lead to a more urgent level, or come to the end."""
    triage = turn.session.content.triage
    reached = triage.level_of(reported).urgency
    for number, question in enumerate(triage.questions[index:], start=index):
        if triage.level_of(question.signs).urgency > reached:
            _put(turn, Triaging(number, reported=reported))
            return
    _conclude(turn, reported)


def _put(turn: Turn, mode: Triaging) -> None:
    """Speak the question of a mode and wait for its answer."""
    triage = turn.session.content.triage
    question = triage.questions[mode.question]
    kind, text = ("simpler", question.simpler) if mode.misses else ("ask", question.ask)
    ticket = turn.speak(f"triage.{kind}.{question.code}", text)
    turn.enter(replace(mode, ticket=ticket, heard=False))
    turn.expect(ticket, triage.answer_within_s)
    turn.wake_at(UNHEARD, triage.unheard_after_s)


def _conclude(turn: Turn, reported: tuple[str, ...]) -> None:
    """Advise by the most urgent answer; pain that came again goes one level up."""
    triage = turn.session.content.triage
    days = turn.session.last_pain_days
    level = triage.level_of(reported)
    sign = "+".join(reported)
    because = ""
    if level is not Level.EMERGENCY and days is not None and days <= triage.again_within_days:
        level, because = level.raised, "triage.because_again"
    match level:
        case Level.EMERGENCY:
            alarm.sound(turn, sign, because)
        case Level.SELF_CARE:
            aftercare.care_for_self(turn)
        case _:
            aftercare.send_on(turn, level, sign, because)


def _break_off(turn: Turn, mode: Triaging) -> None:
    """Fall silent after one sentence; what has not been asked is not ruled out."""
    turn.cut()
    turn.rest()
    triage = turn.session.content.triage
    open_signs = (sign for it in triage.questions[mode.question :] for sign in it.signs)
    not_ruled_out = [*mode.reported, *(sign for sign in open_signs if sign != MISHEARD)]
    level = most_urgent((triage.level_of(not_ruled_out), Level.DOCTOR))
    clearance.note_pain(turn, level, "+".join(mode.reported))
    turn.say("triage.stopped")


def _asking_pain(turn: Turn, mode: AskingPain, event: Event) -> bool:
    match event:
        case Heard(intent="Yes" | "NotSure"):
            begin(turn)
        case NotUnderstood() if mode.misses == 0:
            turn.enter(replace(mode, misses=1))
            turn.expect(turn.say("triage.pain_now"), turn.session.content.triage.answer_within_s)
        case NotUnderstood():
            begin(turn)
        case Heard(intent="No") | DeadlinePassed(name="answer"):
            turn.rest()
        case Heard(intent=intent):
            if intent not in ASIDE:
                turn.rest()
            return False
        case _:
            return False
    return True


def _is_dangerous(turn: Turn, text: str) -> bool:
    """Whether a danger word stands in a text that matched no sentence."""
    padded = f" {text} "
    return any(f" {word} " in padded for word in turn.session.content.triage.danger_words)


def _question(turn: Turn, mode: Triaging) -> Question:
    return turn.session.content.triage.questions[mode.question]


def _sign(event: Heard) -> str:
    """Code of the sign that was named."""
    return str(event.slots.get("sign", ""))


def _level(turn: Turn, event: Heard) -> Level:
    return turn.session.content.triage.level_of((_sign(event),))
