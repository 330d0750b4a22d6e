"""Pain: the warning signs are asked about, the most serious first."""

import pytest

from assistant.content.triage import Level, Question
from assistant.dialogue.effects import Cut, SetVolume
from assistant.dialogue.events import (
    DeadlinePassed,
    FaultRaised,
    Heard,
    NotUnderstood,
)
from assistant.dialogue.session import (
    Idle,
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


def at_question(code: str) -> Patient:
    patient = Patient()
    patient.say("my back hurts")
    for _ in range(NUMBER_OF[code]):
        patient.say("no")
    assert asked(patient) == code
    return patient


# The questions


def test_my_back_hurts_silences_everything_and_asks_the_most_serious_question_first(
    patient: Patient,
) -> None:
    patient.say("my back hurts")
    assert patient.last[0] == Cut()
    assert patient.prompts == ["triage.opening", "triage.ask.R2"]
    assert "I am not a doctor." in patient.said


def test_each_clear_no_leads_to_the_next_question(patient: Patient) -> None:
    patient.say("my back hurts")
    order = []
    for _ in content().triage.questions:
        order.append(asked(patient))
        patient.say("no")
    assert order == [question.code for question in content().triage.questions]


@pytest.mark.parametrize("code", ["R2", "X1", "X2+X3+X4", "X5", "R3+R4", "R6", "X6", "R5", "ANY"])
@pytest.mark.parametrize(
    "answer",
    ["yes", "not sure", "maybe", "sort of", "i think so", "not really", "no idea", "i don't know",
     "a little bit", "sometimes", "i guess so", "i don't think so"],
)  # fmt: skip
def test_anything_short_of_a_clear_no_to_an_emergency_question_is_an_emergency(
    code: str, answer: str
) -> None:
    patient = at_question(code)
    patient.say(answer)
    assert patient.level is Level.EMERGENCY
    assert patient.prompts == ["triage.emergency"]


@pytest.mark.parametrize("code", ["X7", "X8+X9", "X10", "X11"])
@pytest.mark.parametrize("answer", ["yes", "not sure", "maybe", "no idea"])
def test_anything_short_of_a_clear_no_to_a_same_day_question_means_same_day(
    code: str, answer: str
) -> None:
    patient = at_question(code)
    patient.say(answer, "no")
    assert patient.level is Level.SAME_DAY
    assert patient.prompts[0] == "triage.same_day"


@pytest.mark.parametrize("code", ["X12", "R1"])
@pytest.mark.parametrize("answer", ["yes", "not sure", "maybe", "no idea"])
def test_anything_short_of_a_clear_no_to_a_doctor_question_means_a_doctor(
    code: str, answer: str
) -> None:
    patient = at_question(code)
    patient.say(answer, "no")
    assert patient.level is Level.DOCTOR
    assert patient.prompts[0] == "triage.doctor"


def test_pain_past_two_weeks_is_given_as_the_reason_for_a_doctor() -> None:
    patient = at_question("R1")
    patient.say("yes", "no")
    assert "Pain past two weeks without improvement needs a check. See a doctor" in patient.said


def test_after_a_yes_only_questions_that_could_be_more_urgent_are_asked() -> None:
    patient = at_question("X7")
    patient.say("yes")
    assert asked(patient) == "ANY"


@pytest.mark.parametrize("question", content().triage.questions, ids=lambda it: it.code)
def test_an_unusable_answer_is_asked_for_once_more_in_simpler_words(question: Question) -> None:
    patient = at_question(question.code)
    patient.post(NotUnderstood("mumble"))
    assert patient.prompts == [f"triage.simpler.{question.code}"]
    assert patient.said == question.simpler


@pytest.mark.parametrize("code", ["R2", "X1", "X2+X3+X4", "X5", "R3+R4", "R6", "X6", "R5", "ANY"])
def test_two_misunderstandings_at_an_emergency_question_are_an_emergency(code: str) -> None:
    patient = at_question(code)
    patient.say("blah blah blah", "blah blah blah")
    assert patient.level is Level.EMERGENCY
    assert "I got no clear answer, so I take the safe side." in patient.said


@pytest.mark.parametrize("code", ["R2", "X1", "X2+X3+X4", "X5", "R3+R4", "R6", "X6", "R5", "ANY"])
def test_silence_at_an_emergency_question_is_an_emergency(code: str) -> None:
    patient = at_question(code)
    patient.be_silent()
    assert patient.prompts == [f"triage.simpler.{code}"]
    patient.be_silent()
    assert patient.level is Level.EMERGENCY


def test_silence_throughout_ends_in_the_emergency_sentence(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.be_silent()
    patient.be_silent()
    assert patient.prompts == ["triage.emergency"]


def test_silence_at_a_same_day_question_counts_as_yes() -> None:
    patient = at_question("X10")
    patient.be_silent()
    patient.be_silent()
    patient.say("no")
    assert patient.level is Level.SAME_DAY


def test_a_no_in_the_simpler_words_is_as_good(patient: Patient) -> None:
    patient.say("my back hurts", "blah blah blah", "no")
    assert asked(patient) == "X1"


@pytest.mark.parametrize("text", ["start set of twelve", "i have been checked", "my back hurts"])
def test_something_else_is_no_answer(text: str, patient: Patient) -> None:
    patient.say("my back hurts", text)
    assert patient.prompts == ["triage.simpler.R2"]
    patient.say(text)
    assert patient.level is Level.EMERGENCY


def test_a_no_before_the_question_was_heard_to_its_end_is_no_answer(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.interrupt("no")
    patient.interrupt("no")
    assert patient.prompts == ["triage.hear_out", "triage.ask.X1"]
    patient.say("no")
    assert asked(patient) == "X2+X3+X4"


def test_a_yes_counts_at_once(patient: Patient) -> None:
    patient.post(Heard("MyBackHurts"))
    patient.interrupt("yes")
    assert patient.level is Level.EMERGENCY


def test_what_is_picked_up_while_the_coach_speaks_is_no_answer(patient: Patient) -> None:
    patient.post(Heard("MyBackHurts"))
    patient.post(NotUnderstood("numb"))
    assert patient.last == ()
    assert asked(patient) == "R2"


@pytest.mark.parametrize("text", ["well my toes are kind of numb", "it popped there or something"])
def test_a_danger_word_in_an_answer_that_is_not_understood_is_an_emergency(
    text: str, patient: Patient
) -> None:
    patient.say("my back hurts", text)
    assert patient.level is Level.EMERGENCY


def test_a_danger_word_beside_a_no_overrides_it(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.post(Heard("No", text="no numbness i mean numb"))
    assert patient.level is Level.EMERGENCY


def test_repeat_asks_the_same_question_again_as_often_as_wanted(patient: Patient) -> None:
    patient.say("my back hurts", "repeat", "say that again", "repeat")
    assert patient.prompts == ["triage.ask.R2"]
    patient.say("no")
    assert asked(patient) == "X1"


def test_why_gives_the_reason_and_asks_again(patient: Patient) -> None:
    patient.say("my back hurts", "why")
    assert patient.prompts == ["triage.why", "triage.ask.R2"]


def test_louder_is_no_answer_and_no_mistake_either(patient: Patient) -> None:
    patient.say("my back hurts", "louder")
    assert SetVolume(8) in patient.last
    patient.say("no")
    assert asked(patient) == "X1"


def test_after_louder_the_question_is_still_open(patient: Patient) -> None:
    patient.say("my back hurts", "louder")
    patient.be_silent()
    assert patient.prompts == ["triage.simpler.R2"]


def test_a_question_that_nobody_can_hear_counts_as_unanswered(patient: Patient) -> None:
    patient.post(Heard("MyBackHurts"))
    assert patient.session.deadlines == {"unheard": 60.0}
    patient.post(DeadlinePassed("unheard"))
    patient.post(DeadlinePassed("unheard"))
    assert patient.level is Level.EMERGENCY


def test_a_fault_is_left_to_those_who_mend_it(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.post(FaultRaised("microphone"))
    assert patient.prompts == ["manners.microphone_lost"]
    assert asked(patient) == "R2"


def test_weeks_of_pain_are_asked_about_and_end_at_a_doctor_at_least(patient: Patient) -> None:
    patient.say("my back has hurt for three weeks")
    assert asked(patient) == "R2"
    patient.say(*["no"] * 13)
    assert patient.level is Level.DOCTOR
    assert "Pain past two weeks without improvement needs a check." in patient.said


def test_weeks_of_pain_mentioned_on_the_way_are_remembered(patient: Patient) -> None:
    patient.say("my back hurts", "my back has hurt for three weeks")
    assert asked(patient) == "R2"
    patient.say(*["no"] * 13)
    assert patient.level is Level.DOCTOR


# Stop


def test_stop_ends_the_questions_with_one_sentence_and_keeps_sets_blocked(
    patient: Patient,
) -> None:
    patient.say("my back hurts", "no", "stop")
    assert patient.last[0] == Cut()
    assert patient.prompts == ["triage.stopped"]
    assert SAFETY_NET in patient.said
    assert patient.session.mode == Idle()
    patient.say("start set of twelve")
    assert patient.sets_started == 0


@pytest.mark.parametrize(
    ("code", "level"),
    [("R2", Level.EMERGENCY), ("R5", Level.EMERGENCY), ("X7", Level.SAME_DAY),
     ("X11", Level.SAME_DAY), ("X12", Level.DOCTOR), ("ANY", Level.DOCTOR)],
)  # fmt: skip
def test_what_was_not_asked_before_stop_is_not_ruled_out(code: str, level: Level) -> None:
    patient = at_question(code)
    patient.say("stop")
    assert patient.level is level
    assert patient.session.blocked is level


def test_stop_does_not_forget_what_was_said_before_it() -> None:
    patient = at_question("X7")
    patient.say("yes", "stop")
    assert patient.session.blocked is Level.SAME_DAY
