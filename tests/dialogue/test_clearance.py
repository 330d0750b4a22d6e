"""No set after pain, until somebody has been checked; and what is written down of it."""

import pytest

from assistant.content.triage import Level
from assistant.dialogue.session import (
    AskingPain,
    Idle,
    Triaging,
)
from assistant.dialogue.triage import ask_pain_now
from assistant.dialogue.turn import Turn
from tests.dialogue.triage_patient import Patient, content

NUMBER_OF = {question.code: n for n, question in enumerate(content().triage.questions)}


@pytest.fixture
def patient() -> Patient:
    return Patient()


def asked(patient: Patient) -> str:
    """Code of the question that is open."""
    mode = patient.session.mode
    assert isinstance(mode, Triaging)
    return content().triage.questions[mode.question].code


def at_question(code: str) -> Patient:
    patient = Patient()
    patient.say("my back hurts")
    for _ in range(NUMBER_OF[code]):
        patient.say("no")
    assert asked(patient) == code
    return patient


# Blocked until checked


def test_after_a_warning_sign_no_set_starts_until_a_clear_yes(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay")
    for text in ("start set of twelve", "start checklist", "start anyway", "resume"):
        patient.say(text)
        assert patient.prompts == ["triage.blocked"]
    patient.say("i have been checked")
    assert patient.prompts == ["triage.confirm"]
    patient.say("yes")
    assert patient.prompts == ["triage.unblocked"]
    assert patient.session.blocked is None


@pytest.mark.parametrize("text", ["no", "not sure", "maybe"])
def test_anything_but_yes_keeps_it_blocked(text: str, patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay", "i have been checked", text)
    assert patient.prompts == ["triage.still_blocked"]
    assert patient.session.blocked is Level.EMERGENCY


def test_silence_keeps_it_blocked(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay", "i have been checked")
    patient.be_silent()
    assert patient.prompts == ["triage.still_blocked"]
    assert patient.session.blocked is Level.EMERGENCY


def test_mumbling_is_asked_about_once(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay", "i have been checked", "blah blah blah")
    assert patient.prompts == ["triage.confirm_again"]
    patient.say("blah blah blah")
    assert patient.session.blocked is Level.EMERGENCY


def test_stop_ends_the_question_about_being_checked(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay", "i have been checked", "stop")
    assert patient.session.mode == Idle()
    assert patient.session.blocked is Level.EMERGENCY


def test_a_set_instead_of_an_answer_is_refused(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay", "i have been checked", "start set of twelve")
    assert patient.prompts == ["triage.blocked"]


def test_with_nothing_noted_there_is_nothing_to_confirm(patient: Patient) -> None:
    patient.say("i have been checked")
    assert patient.prompts == ["triage.nothing_noted"]


def test_a_later_self_care_does_not_lower_the_block(patient: Patient) -> None:
    patient.say("it's a stabbing pain", "okay")
    patient.deny_all()
    assert patient.session.blocked is Level.EMERGENCY


# What is written down


def test_pain_and_clearance_are_written_down_privately_and_without_words(patient: Patient) -> None:
    patient.say("my foot is numb", "okay", "i have been checked", "yes")
    assert [(it.kind, dict(it.detail), it.private) for it in patient.logs] == [
        ("pain", {"level": "emergency", "sign": "R3"}, True),
        ("checked", {"allowed": "yes"}, True),
    ]


def test_of_a_list_only_the_question_is_written_down() -> None:
    patient = at_question("X2+X3+X4")
    patient.say("yes")
    assert patient.logs[-1].detail == {"level": "emergency", "sign": "X2+X3+X4"}


# Questions about pain


@pytest.mark.parametrize("row", ["C9", "C13"])
@pytest.mark.parametrize("text", ["yes", "not sure"])
def test_pain_now_leads_to_the_warning_questions(row: str, text: str) -> None:
    patient = asking_pain(row)
    patient.say(text)
    assert patient.prompts == ["triage.opening", "triage.ask.R2"]


def test_no_pain_now_ends_it() -> None:
    patient = asking_pain("C9")
    patient.say("no")
    assert patient.session.mode == Idle()


def test_mumbling_about_pain_now_leads_to_the_warning_questions() -> None:
    patient = asking_pain("C13")
    patient.say("blah blah blah")
    assert patient.prompts == ["triage.pain_now"]
    patient.say("blah blah blah")
    assert asked(patient) == "R2"


def asking_pain(row: str) -> Patient:
    patient = Patient()
    turn = Turn(patient.session, 0.0)
    ask_pain_now(turn, row)
    patient.session = turn.session
    assert patient.session.mode == AskingPain(row)
    return patient
