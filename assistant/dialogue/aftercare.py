"""What follows from the answers short of an emergency: advice, safety net, ice, reminders."""

from dataclasses import replace
from typing import Final

from assistant.content.triage import Level
from assistant.dialogue import clearance
from assistant.dialogue.effects import Remind
from assistant.dialogue.events import DeadlinePassed, Event, Heard, NotUnderstood, ReminderDue
from assistant.dialogue.session import Lifting, OfferingIce
from assistant.dialogue.turn import Turn

ICE_OFF: Final = "ice_off"
CHECK_IN: Final = "pain_checkin"
SEE_DOCTOR: Final = "pain_doctor"

_REMINDERS: Final = {
    ICE_OFF: "triage.ice_off",
    CHECK_IN: "triage.check_in",
    SEE_DOCTOR: "triage.see_doctor",
}


def send_on(turn: Turn, level: Level, sign: str, because: str) -> None:
    """Advise seeing somebody, today or soon.

    Args:
        turn: the step under way.
        level: same day, or doctor.
        sign: code of the sign, or several joined by ``+``.
        because: key of the prompt with the reason; by default the sign's own words, if it has any.
    """
    turn.rest()
    clearance.note_pain(turn, level, sign)
    own = "" if because else turn.session.content.triage.because(sign)
    turn.say(f"triage.{level.value}", because=own or turn.text(because or "triage.because_sign"))
    turn.say("triage.until_checked")
    turn.say("triage.safety_net")


def care_for_self(turn: Turn) -> None:
    """Advise on ice, movement and rest; every warning question has had a clear no."""
    triage = turn.session.content.triage
    clearance.note_pain(turn, Level.SELF_CARE, "")
    turn.do(Remind(CHECK_IN, triage.rest_h * 3600))
    turn.do(Remind(SEE_DOCTOR, triage.doctor_after_days * 86400))
    turn.say("triage.no_signs")
    turn.say("triage.self_care")
    turn.say("triage.rest")
    turn.say("triage.two_weeks")
    turn.say("triage.safety_net")
    _offer_ice(turn, OfferingIce())


def answer(turn: Turn, mode: OfferingIce, event: Event) -> bool:
    """Take the answer to "shall I time the ice?"."""
    match event:
        case Heard(intent="Yes"):
            minutes = turn.session.content.triage.ice_min
            turn.rest()
            turn.do(Remind(ICE_OFF, minutes * 60))
            turn.say("triage.ice_started", minutes=minutes)
        case Heard(intent="Repeat"):
            _offer_ice(turn, mode)
        case Heard(intent="No" | "NotSure"):
            turn.rest()
            turn.say("triage.no_ice")
        case Heard(intent="Stop"):
            turn.cut()
            turn.rest()
            turn.say("triage.safety_net")
        case NotUnderstood() if mode.misses == 0:
            _offer_ice(turn, replace(mode, misses=1))
        case NotUnderstood() | DeadlinePassed(name="answer"):
            turn.rest()
        case Heard(intent=intent):
            if intent not in clearance.ASIDE:
                turn.rest()
            return False
        case _:
            return False
    return True


def remind(turn: Turn, event: ReminderDue) -> bool:
    """Say a reminder that belongs to pain; a set is not talked into."""
    prompt = _REMINDERS.get(event.name)
    if prompt is None:
        return False
    if isinstance(turn.session.mode, Lifting):
        postpone(turn, event)
        return True
    if event.name == CHECK_IN:
        _end_rest(turn)
    elif event.name == SEE_DOCTOR:
        turn.update(last_pain_days=None)
    turn.say(prompt)
    return True


def postpone(turn: Turn, event: ReminderDue) -> None:
    """Let a reminder come again when what is going on now should be over."""
    turn.do(Remind(event.name, turn.session.content.triage.postpone_s, event.slots))


def _end_rest(turn: Turn) -> None:
    """After the days of rest a set may start again, unless there was a warning sign."""
    turn.update(cleared=False)
    if turn.session.blocked is Level.SELF_CARE:
        turn.update(blocked=None)


def _offer_ice(turn: Turn, mode: OfferingIce) -> None:
    turn.enter(mode)
    turn.expect(turn.say("triage.offer_ice"), turn.session.content.triage.answer_within_s)
