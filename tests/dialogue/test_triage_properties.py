"""What must hold wherever the session is, and whatever is said."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue.effects import Advise, Cut, Log, StartCadence
from assistant.dialogue.events import Heard, NotUnderstood
from assistant.dialogue.session import (
    Alarmed,
    AskingPain,
    Asleep,
    Checking,
    Confirming,
    Fixing,
    Idle,
    Lifting,
    Mode,
    OfferingIce,
    Paused,
    Resting,
    SetPlan,
    Triaging,
)
from tests.dialogue.triage_patient import Patient, content, heard

WORDINGS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "danger_wordings.yaml").read_text()
)
EMERGENCY_SIGNS = ("R2", "R3", "R4", "R5", "R6", "X1", "X2", "X3", "X4", "X5", "X6")
SPOKEN = [(sign, text) for sign in EMERGENCY_SIGNS for text in WORDINGS[sign]]

PLAN = SetPlan(12, Tempo(3, 1, 2, 1))
MODES: dict[str, Mode] = {
    "idle": Idle(),
    "asleep": Asleep(),
    "fixing": Fixing(2),
    "lifting": Lifting(PLAN, 7, 5),
    "paused": Paused(PLAN, 5),
    "resting": Resting(120.0, 60.0),
    "alarmed": Alarmed(Level.EMERGENCY, 3, heard=True),
    "asking pain": AskingPain("C9"),
    "offering ice": OfferingIce(),
    "confirming": Confirming(),
    **{f"checking {n}": Checking(n) for n in range(len(content().checklist.points))},
    **{f"triaging {n}": Triaging(n, heard=True) for n in range(len(content().triage.questions))},
    "triaging after a doctor's sign": Triaging(6, 1, ("R1",), 4),
}


@pytest.mark.parametrize("sign", EMERGENCY_SIGNS)
def test_there_are_twenty_wordings_of_each_sign_that_differ_by_more_than_an_article(
    sign: str,
) -> None:
    small = {"a", "the", "an", "my", "i", "it", "is", "it's", "i'm", "am", "just", "no", "yes"}
    by_key_words = {frozenset(text.split()) - small for text in WORDINGS[sign]}
    assert len(by_key_words) >= 20


def test_there_are_twenty_wordings_for_pain_and_for_help() -> None:
    assert len(set(WORDINGS["BACK"])) >= 20
    assert len(set(WORDINGS["HELP"])) >= 20


@pytest.mark.parametrize(("sign", "text"), SPOKEN, ids=[text for _, text in SPOKEN])
def test_a_wording_leads_to_the_emergency_sentence_in_one_turn_from_every_mode(
    sign: str, text: str
) -> None:
    event = heard(text)
    assert event == Heard("Danger", {"sign": sign}, text)
    for name, mode in MODES.items():
        patient = Patient()
        patient.put_in(mode)
        patient.post(event)
        assert patient.last[0] == Cut(), name
        assert Advise(Level.EMERGENCY) in patient.last, name
        assert Log("pain", {"level": "emergency", "sign": sign}, True) in patient.last, name
        assert patient.prompts == ["triage.emergency"], name
        assert isinstance(patient.session.mode, Alarmed), name
        assert patient.session.blocked is Level.EMERGENCY, name


@pytest.mark.parametrize("text", WORDINGS["HELP"])
def test_a_call_for_help_is_an_emergency_in_every_mode(text: str) -> None:
    event = heard(text)
    assert isinstance(event, Heard)
    assert event.intent == "Emergency"
    for mode in MODES.values():
        patient = Patient()
        patient.put_in(mode)
        patient.post(event)
        assert patient.prompts == ["triage.emergency"]


@pytest.mark.parametrize("text", WORDINGS["BACK"])
def test_a_report_of_pain_leads_to_the_first_question_from_every_other_mode(text: str) -> None:
    event = heard(text)
    for name, mode in MODES.items():
        if not isinstance(mode, Triaging | Alarmed):
            patient = Patient()
            patient.put_in(mode)
            patient.post(event)
            assert patient.last[0] == Cut(), name
            assert patient.prompts == ["triage.opening", "triage.ask.R2"], name


@pytest.mark.parametrize("sign", ["X99", ""])
def test_a_sign_that_is_not_in_the_content_is_treated_as_an_emergency(sign: str) -> None:
    patient = Patient()
    patient.post(Heard("Danger", {"sign": sign}))
    assert patient.level is Level.EMERGENCY


DANGERS = [texts[0] for sign, texts in WORDINGS.items() if sign in EMERGENCY_SIGNS]
LINES = st.sampled_from(
    ["no"] * 12
    + ["yes", "not sure", "maybe", "stop", "okay", "repeat", "why", "louder", "help is coming"]
    + ["my back hurts", "my back hurts", "i have been checked", "start set of twelve", "blah blah"]
    + ["start checklist", "start anyway", "resume", "wake up", "goodbye", "next", "skip", "silence"]
    + ["no barged in", "should i worry", "what do i do for the pain", "why is the pain sharp"]
    + DANGERS
)


class Watched(Patient):
    """A patient beside whom somebody keeps count of what was clearly denied."""

    def play(self, lines: list[str]) -> None:
        denied: set[str] = set()
        for line in lines:
            self.hear_out()
            before = self.session
            if isinstance(before.mode, Triaging) and line == "no":
                denied.add(content().triage.questions[before.mode.question].code)
            self.act(line)
            if "triage.opening" in self.prompts:
                denied = set()
            if Advise(Level.SELF_CARE) in self.last:
                assert denied == {question.code for question in content().triage.questions}
            assert not (self.session.cleared and self.session.blocked is not Level.SELF_CARE)
            if before.blocked is not None:
                assert not any(isinstance(effect, StartCadence) for effect in self.last)
            self.check_exit(before.mode)

    def act(self, line: str) -> None:
        if line == "silence":
            if self.session.deadlines:
                self.be_silent()
        elif line == "no barged in":
            self.post(Heard("MyBackHurts"))
            self.interrupt("no")
        else:
            self.post(heard(line))

    def check_exit(self, before: Mode) -> None:
        """Whoever leaves the questions or the alarm has been told when to get help."""
        after = self.session.mode
        if isinstance(before, Triaging | Alarmed) and not isinstance(after, Triaging | Alarmed):
            assert "get help at once" in self.said
            assert self.session.blocked is not None
        if isinstance(before, Alarmed) and not isinstance(after, Alarmed):
            assert isinstance(after, Idle)
            assert self.session.blocked is Level.EMERGENCY


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_whatever_is_said_self_care_needs_every_no_and_no_blocked_set_starts(
    lines: list[str],
) -> None:
    Watched().play(["my back hurts", *lines])


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES.filter(lambda line: line not in {"i have been checked"}), max_size=30))
def test_after_an_emergency_nothing_starts_a_set(lines: list[str]) -> None:
    patient = Watched()
    patient.play(["i can't feel my legs", *lines])
    assert patient.sets_started == 0
    assert patient.session.blocked is Level.EMERGENCY


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(content().triage.questions) - 1), st.lists(st.sampled_from(
    ["blah blah", "silence", "start set of twelve", "my back hurts", "next", "skip"]
), min_size=2, max_size=2))  # fmt: skip
def test_two_unusable_answers_to_any_question_rule_out_self_care(
    number: int, answers: list[str]
) -> None:
    patient = Watched()
    patient.play(["my back hurts", *["no"] * number, *answers, *["no"] * 15])
    assert Advise(Level.SELF_CARE) not in patient.effects


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_unclear_noise_never_starts_a_set(mode: Mode) -> None:
    patient = Patient()
    patient.session = replace(patient.session, mode=mode, blocked=Level.DOCTOR)
    patient.post(NotUnderstood("clank"))
    assert patient.sets_started == 0
