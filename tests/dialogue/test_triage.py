"""What happens when somebody says that it hurts."""

import pytest

from assistant.content.triage import Level
from assistant.dialogue.cadence import Cue, Phase, Word
from assistant.dialogue.effects import Cut, Remind, Say, SetVolume
from assistant.dialogue.events import (
    CueSounded,
    DeadlinePassed,
    FaultRaised,
    Heard,
    NotUnderstood,
    PromptSpoken,
    ReminderDue,
)
from assistant.dialogue.session import (
    Alarmed,
    AskingPain,
    Confirming,
    Idle,
    Lifting,
    OfferingIce,
    Triaging,
)
from assistant.dialogue.triage import ask_pain_now
from assistant.dialogue.turn import Turn
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
def test_an_unusable_answer_is_asked_for_once_more_in_simpler_words(question) -> None:
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


# The emergency sentence


def test_it_says_that_the_device_cannot_call_and_which_number_to_call(patient: Patient) -> None:
    patient.say("my foot is numb")
    assert patient.said == (
        "Do not lift. Numbness needs help now. Get emergency help now. I cannot call for you, "
        "so ask someone near you to call 1 1 2, or use a phone."
    )


def test_silence_and_report_come_before_the_sentence(patient: Patient) -> None:
    patient.post(Heard("Danger", {"sign": "X3"}))
    kinds = [type(effect).__name__ for effect in patient.last]
    assert kinds == ["Cut", "Advise", "Log", "Say"]


def test_it_is_repeated_every_twenty_seconds_at_full_volume(patient: Patient) -> None:
    patient.post(Heard("Danger", {"sign": "R4"}))
    for times in range(1, 6):
        assert patient.session.deadlines == {"alarm": 20.0 * times}
        patient.be_silent()
        assert patient.prompts == ["triage.emergency_again"]
        assert SetVolume(10) in patient.last
    assert isinstance(patient.session.mode, Alarmed)


@pytest.mark.parametrize(
    "text",
    ["okay", "yes", "i have help", "help is coming", "an ambulance is on the way", "i understand",
     "somebody is with me", "they're coming", "i'm okay", "goodbye"],
)  # fmt: skip
def test_a_simple_word_acknowledges_it(text: str, patient: Patient) -> None:
    patient.say("i felt a pop", text)
    assert patient.prompts == ["triage.acknowledged", "triage.safety_net"]
    assert SetVolume(7) in patient.last
    assert patient.session.mode == Idle()
    assert patient.session.deadlines == {}


def test_stop_silences_it_even_unheard(patient: Patient) -> None:
    patient.post(Heard("Danger", {"sign": "R6"}))
    patient.interrupt("stop")
    assert patient.last[1] == Cut()
    assert patient.said == "I am silent. Please get help at once."
    assert patient.session.blocked is Level.EMERGENCY
    assert patient.session.deadlines == {}


def test_the_tail_of_an_answer_does_not_acknowledge_it_unheard(patient: Patient) -> None:
    patient.say("my back hurts")
    patient.post(Heard("Yes", text="yes"))
    patient.interrupt("yes")
    assert patient.prompts == ["triage.emergency_again"]
    assert isinstance(patient.session.mode, Alarmed)


@pytest.mark.parametrize("text", ["start set of twelve", "how many", "my back hurts", "louder"])
def test_anything_else_gets_the_sentence_again(text: str, patient: Patient) -> None:
    patient.say("i can't feel my legs", text)
    assert patient.prompts == ["triage.emergency_again"]
    assert isinstance(patient.session.mode, Alarmed)


def test_no_help_yet_gets_a_hint_and_the_sentence(patient: Patient) -> None:
    patient.say("i can't feel my legs", "no")
    assert patient.prompts == ["triage.no_help_yet", "triage.emergency_again"]


def test_noise_does_not_put_off_the_next_repetition(patient: Patient) -> None:
    patient.post(Heard("Danger", {"sign": "R4"}))
    patient.now = 15.0
    patient.post(NotUnderstood("clank"))
    assert patient.session.deadlines == {"alarm": 20.0}


def test_a_second_sign_is_spoken_about_and_written_down_too(patient: Patient) -> None:
    patient.say("my foot is numb", "my chest hurts")
    assert patient.prompts == ["triage.emergency"]
    assert [log.detail["sign"] for log in patient.logs] == ["R3", "X5"]


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
