"""After triage: advice, pain that comes again, reminders."""

import pytest

from assistant.content.triage import Level
from assistant.dialogue.cadence import Cue, Phase, Word
from assistant.dialogue.effects import Cut, Remind, Say
from assistant.dialogue.events import (
    CueSounded,
    Heard,
    PromptSpoken,
    ReminderDue,
)
from assistant.dialogue.session import (
    AskingPain,
    Confirming,
    Idle,
    Lifting,
    OfferingIce,
    Triaging,
)
from tests.dialogue.triage_patient import Patient, content

SAFETY_NET = "If numbness, weakness or bladder trouble starts, get help at once."

NUMBER_OF = {question.code: n for n, question in enumerate(content().triage.questions)}


@pytest.fixture
def patient() -> Patient:
    return Patient()


def asked(patient: Patient) -> str:
    """Code of the question that is open."""
    mode = patient.session.mode
    assert isinstance(mode, Triaging)
    return content().triage.questions[mode.question].code


# Self-care


def test_self_care_comes_after_a_clear_no_to_every_question(patient: Patient) -> None:
    patient.deny_all()
    assert patient.level is Level.SELF_CARE
    assert patient.prompts == [
        "triage.no_signs",
        "triage.self_care",
        "triage.rest",
        "triage.two_weeks",
        "triage.safety_net",
        "triage.offer_ice",
    ]
    assert patient.session.cleared
    assert Remind("pain_checkin", 48 * 3600) in patient.last
    assert Remind("pain_doctor", 14 * 86400) in patient.last


def test_the_ice_is_timed_for_those_who_want_it(patient: Patient) -> None:
    patient.deny_all()
    patient.say("yes")
    assert Remind("ice_off", 15 * 60) in patient.last
    assert "15 minutes" in patient.said
    patient.wait_for_reminder("ice_off")
    assert patient.prompts == ["triage.ice_off"]


@pytest.mark.parametrize("text", ["no", "not sure"])
def test_no_ice_without_a_yes(text: str, patient: Patient) -> None:
    patient.deny_all()
    patient.say(text)
    assert patient.prompts == ["triage.no_ice"]
    assert not any(it.name == "ice_off" for it in patient.effects if isinstance(it, Remind))


def test_silence_ends_the_offer(patient: Patient) -> None:
    patient.deny_all()
    patient.be_silent()
    assert patient.session.mode == Idle()
    assert patient.last == ()


def test_the_offer_is_made_twice_at_most(patient: Patient) -> None:
    patient.deny_all()
    patient.say("blah blah blah")
    assert patient.prompts == ["triage.offer_ice"]
    patient.say("blah blah blah")
    assert patient.session.mode == Idle()


def test_stop_while_the_advice_is_read_leaves_the_safety_net(patient: Patient) -> None:
    patient.deny_all()
    patient.interrupt("stop")
    assert patient.last[0] == Cut()
    assert patient.said == SAFETY_NET


def test_other_talk_ends_the_offer_and_is_answered(patient: Patient) -> None:
    patient.deny_all()
    patient.say("my back hurts")
    assert asked(patient) == "R2"
    assert not patient.session.cleared


def test_no_set_for_two_days_then_a_word_about_lighter_weight(patient: Patient) -> None:
    patient.deny_all()
    patient.say("no", "start set of twelve")
    assert patient.prompts == ["triage.blocked_resting"]
    patient.wait_for_reminder("pain_checkin")
    assert "lighter weight" in patient.said
    assert SAFETY_NET in patient.said
    assert patient.session.blocked is None
    assert not patient.session.cleared


def test_two_days_do_not_undo_a_warning_sign(patient: Patient) -> None:
    patient.deny_all()
    patient.say("no", "my foot is numb", "okay")
    patient.wait_for_reminder("pain_checkin")
    assert patient.session.blocked is Level.EMERGENCY


def test_after_two_weeks_the_doctor_is_named(patient: Patient) -> None:
    patient.deny_all()
    patient.say("no")
    patient.wait_for_reminder("pain_doctor")
    assert "see a doctor" in patient.said


# Pain again


@pytest.mark.parametrize(
    ("days", "level"),
    [(None, Level.SELF_CARE), (0.5, Level.DOCTOR), (14.0, Level.DOCTOR), (14.1, Level.SELF_CARE)],
)
def test_pain_again_within_fourteen_days_goes_one_level_up(
    days: float | None, level: Level
) -> None:
    patient = Patient()
    patient.session = patient.session.__class__(content(), last_pain_days=days)
    patient.deny_all()
    assert patient.level is level


def test_a_second_report_in_one_session_is_pain_again(patient: Patient) -> None:
    patient.deny_all()
    patient.say("no")
    patient.deny_all()
    assert patient.level is Level.DOCTOR
    assert "You told me of pain not long ago" in patient.said
    assert not patient.session.cleared


def test_a_doctor_becomes_same_day_and_same_day_an_emergency(patient: Patient) -> None:
    for code, level in (("X12", Level.SAME_DAY), ("X7", Level.EMERGENCY)):
        patient = Patient()
        patient.session = patient.session.__class__(content(), last_pain_days=3.0)
        patient.say("my back hurts", *["no"] * NUMBER_OF[code], "yes", "no")
        assert patient.level is level


# Reminders and a set


def test_a_reminder_about_pain_does_not_talk_into_a_set(patient: Patient) -> None:
    patient.say("start checklist", *["yes"] * 7, "start set of three")
    assert isinstance(patient.session.mode, Lifting)
    patient.post(ReminderDue("ice_off"))
    assert patient.last == (Remind("ice_off", 300.0),)


def test_another_reminder_does_not_talk_into_the_questions(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.post(ReminderDue("next_session", {"day": "Monday"}))
    assert patient.last == (Remind("next_session", 300.0, {"day": "Monday"}),)
    assert asked(patient) == "R2"


def test_pain_in_the_middle_of_a_set_ends_it(patient: Patient) -> None:
    patient.say("start checklist", *["yes"] * 7, "start set of three")
    mode = patient.session.mode
    assert isinstance(mode, Lifting)
    number = Cue(10.0, 1, Phase.DONE, Word("one", 0.6))
    patient.post(CueSounded(mode.ticket, number, 0))
    patient.post(Heard("MyBackHurts"))
    assert patient.last[0] == Cut()
    assert isinstance(patient.session.mode, Triaging)
    assert [log.kind for log in patient.logs if log.kind == "set"] == ["set"]


def test_what_still_sounds_of_a_cut_set_changes_nothing(patient: Patient) -> None:
    patient.say("my back hurts")
    before = patient.session
    patient.post(CueSounded(999, Cue(1.0, 1, Phase.DONE, Word("one", 0.6)), 0))
    assert patient.session == before
    assert patient.last == ()


def test_a_prompt_of_before_does_not_count_as_the_question_heard(patient: Patient) -> None:
    patient.post(Heard("MyBackHurts"))
    opening = next(it for it in patient.last if isinstance(it, Say))
    patient.post(PromptSpoken(opening.ticket))
    mode = patient.session.mode
    assert isinstance(mode, Triaging)
    assert not mode.heard


def test_modes_have_a_name_for_what_may_be_said(patient: Patient) -> None:
    names = {mode.name for mode in (AskingPain("C9"), OfferingIce(), Confirming())}
    assert names == {"question"}
