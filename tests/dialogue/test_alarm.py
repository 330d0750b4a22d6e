"""The emergency sentence: said loudly, again and again, until it is acknowledged."""

import pytest

from assistant.content.triage import Level
from assistant.dialogue.effects import Cut, SetVolume
from assistant.dialogue.events import (
    Heard,
    NotUnderstood,
)
from assistant.dialogue.session import (
    Alarmed,
    Idle,
)
from tests.dialogue.triage_patient import Patient


@pytest.fixture
def patient() -> Patient:
    return Patient()


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
