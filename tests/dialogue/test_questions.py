"""Questions and help, driven through the core with the shipped content."""

from dataclasses import replace
from functools import cache

import pytest

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.content.training import Tempo
from assistant.content.triage import Level
from assistant.dialogue.effects import Effect, Say
from assistant.dialogue.events import DeadlinePassed, Event, Heard, NotUnderstood, PromptSpoken
from assistant.dialogue.session import (
    Asleep,
    Checking,
    Fixing,
    Idle,
    Lifting,
    Mode,
    Paused,
    Resting,
    Session,
    SetPlan,
    Triaging,
)
from assistant.dialogue.step import step
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences

PLAN = SetPlan(12, Tempo(3, 1, 2, 1))

QUIET_MODES = [Idle(), Fixing(1), Paused(PLAN, 4), Resting(ends_at=90.0, length_s=120)]

HELD_BACK = ("P1", "P2", "P3", "P4")

ASKING_BACK = ("C9", "C13")


def reply(code: str) -> list[str]:
    """The prompts that answer a question which needs no clearance."""
    return [f"questions.{code}", *(["triage.pain_now"] if code in ASKING_BACK else [])]


@cache
def content() -> Content:
    return load_content()


@cache
def matcher() -> Matcher:
    return Matcher(load_sentences(ENGLISH / "sentences"))


class Person:
    """Somebody who speaks to the coach when it has fallen silent."""

    def __init__(self, mode: Mode | None = None, *, cleared: bool = False) -> None:
        self.session = Session(content(), mode=mode or Idle(), cleared=cleared)
        self.now = 0.0

    def meets(self, event: Event) -> tuple[Effect, ...]:
        self.session, effects = step(self.session, event, self.now)
        return effects

    def says(self, text: str) -> list[str]:
        """Speak; returns the names of the prompts that answer."""
        found = matcher().match(text)
        event = Heard(found.intent, found.slots, text) if found else NotUnderstood(text)
        prompts = [effect.prompt for effect in self.meets(event) if isinstance(effect, Say)]
        self.meets(PromptSpoken(self.session.tickets))
        self.now += 1.0
        return prompts

    def heard(self) -> str:
        """The words of the last reply."""
        return " ".join(said.text for said in self.session.last_said)


@pytest.mark.parametrize("code", [code for code in content().answers if code not in HELD_BACK])
def test_a_question_is_answered_with_its_row(code: str) -> None:
    row = content().answers[code]
    person = Person()
    own = [prompt for prompt in person.says(row.asks) if not prompt.startswith("logbook.")]
    assert own == reply(code)  # the log may go before it with what holds for this person
    assert row.says in person.heard()


@pytest.mark.parametrize("mode", QUIET_MODES, ids=lambda mode: mode.name)
def test_a_question_leaves_everything_as_it_was(mode: Mode) -> None:
    person = Person(mode)
    person.session = replace(person.session, deadlines={"rest": 90.0})
    assert person.says("how deep should i go") == ["questions.T6"]
    assert person.session.mode == mode
    assert person.session.deadlines == {"rest": 90.0}


def test_a_question_in_the_middle_of_the_checklist_comes_back_to_the_open_point() -> None:
    person = Person(Checking(2))
    assert person.says("why brace") == ["questions.T9", "checklist.K3"]
    assert person.session.mode == Checking(2)
    assert person.says("yes") == ["checklist.K4"]


@pytest.mark.parametrize("mode", [Lifting(PLAN, ticket=1), Asleep()], ids=lambda mode: mode.name)
def test_nothing_is_answered_while_a_set_is_counted_or_the_coach_sleeps(mode: Mode) -> None:
    person = Person(mode)
    assert person.says("how deep should i go") == []
    assert person.session.mode == mode


# Going on from an answer


def test_tell_me_more_leads_from_row_to_row() -> None:
    person = Person()
    person.says("how deep should i go")
    row = content().answers["T6"]
    assert person.says("tell me more") == [f"questions.{row.more}"]
    assert person.says("tell me more") == [f"questions.{content().answers[row.more].more}"]


def test_why_leads_to_the_reason() -> None:
    person = Person()
    person.says("how do i brace")
    assert person.says("why") == ["questions.T9"]


def test_why_and_more_still_work_after_an_answer_was_repeated() -> None:
    person = Person()
    person.says("how do i brace")
    assert person.says("say that again") == ["questions.T8"]
    assert person.says("why") == ["questions.T9"]


@pytest.mark.parametrize("said", ["why", "tell me more"])
def test_without_a_question_there_is_nothing_to_go_on_from(said: str) -> None:
    assert Person().says(said) == ["questions.ask_first"]


@pytest.mark.parametrize("said", ["why", "tell me more"])
def test_an_answer_is_left_behind_when_the_talk_has_moved_on(said: str) -> None:
    person = Person()
    person.says("how do i brace")
    person.says("what can i ask")
    assert person.says(said) == ["questions.ask_first"]


@pytest.mark.parametrize("way", ["more", "why"])
@pytest.mark.parametrize("code", [code for code in content().answers if code not in HELD_BACK])
def test_every_row_can_be_gone_on_from(code: str, way: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    if code in ASKING_BACK:
        person.says("no")
    after = getattr(content().answers[code], way)
    said = "tell me more" if way == "more" else "why"
    assert person.says(said) == reply(after)


# Questions that touch pain


@pytest.mark.parametrize("code", HELD_BACK)
def test_nothing_calms_before_the_warning_questions_are_answered(code: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    assert isinstance(person.session.mode, Triaging)
    assert content().answers[code].says not in person.heard()


@pytest.mark.parametrize("code", HELD_BACK)
def test_a_clear_no_to_every_warning_question_opens_the_rows_that_calm(code: str) -> None:
    person = Person(cleared=True)
    assert person.says(content().answers[code].asks) == [f"questions.{code}"]
    assert person.session.mode == Idle()


@pytest.mark.parametrize("code", HELD_BACK)
def test_a_warning_sign_that_was_reported_keeps_them_closed(code: str) -> None:
    person = Person()
    person.session = replace(person.session, blocked=Level.SAME_DAY)
    assert f"questions.{code}" not in person.says(content().answers[code].asks)


def test_going_on_from_a_row_that_calms_does_not_open_another_once_clearance_is_lost() -> None:
    person = Person(cleared=True)
    person.says(content().answers["P1"].asks)
    person.session = replace(person.session, cleared=False)
    person.says("tell me more")
    assert isinstance(person.session.mode, Triaging)


@pytest.mark.parametrize("answer", ["yes", "not sure", "maybe", "a little"])
@pytest.mark.parametrize("code", ASKING_BACK)
def test_pain_that_is_felt_now_leads_to_the_warning_questions(code: str, answer: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    person.says(answer)
    assert isinstance(person.session.mode, Triaging)


@pytest.mark.parametrize("code", ASKING_BACK)
def test_pain_that_is_not_felt_now_ends_the_matter(code: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    person.says("no")
    assert person.session.mode == Idle()


@pytest.mark.parametrize("code", ASKING_BACK)
def test_silence_to_do_you_feel_that_now_ends_the_matter(code: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    assert "answer" in person.session.deadlines
    person.meets(DeadlinePassed("answer"))
    assert person.session.mode == Idle()


def test_two_answers_that_were_not_understood_lead_to_the_warning_questions() -> None:
    person = Person()
    person.says("why is the pain sharp")
    person.says("mumble")
    assert person.session.mode.name == "question"
    person.says("mumble")
    assert isinstance(person.session.mode, Triaging)


@pytest.mark.parametrize("code", ["C10", "C12"])
def test_pain_is_asked_about_too_when_the_row_is_reached_by_tell_me_more(code: str) -> None:
    person = Person()
    person.says(content().answers[code].asks)
    assert person.says("tell me more") == reply("C13")
    person.says("yes")
    assert isinstance(person.session.mode, Triaging)


def test_when_to_see_a_doctor_is_information_and_begins_nothing() -> None:
    person = Person()
    assert person.says("when should i see a doctor") == ["questions.R1"]
    assert person.session.mode == Idle()


def test_the_warning_signs_are_named_and_the_person_is_asked_to_report_them() -> None:
    person = Person()
    assert person.says("what are the warning signs") == ["questions.warning_signs"]
    assert person.heard().endswith("tell me now.")
