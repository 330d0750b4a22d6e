"""Topics and help: what can be asked."""

from functools import cache

import pytest

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.content.training import Tempo
from assistant.dialogue import questions
from assistant.dialogue.effects import Effect, Say
from assistant.dialogue.events import Event, Heard, NotUnderstood, PromptSpoken
from assistant.dialogue.session import (
    Checking,
    Fixing,
    Idle,
    Lifting,
    Mode,
    Paused,
    Resting,
    Session,
    SetPlan,
)
from assistant.dialogue.step import step
from assistant.dialogue.turn import Turn
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences

PLAN = SetPlan(12, Tempo(3, 1, 2, 1))

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


def test_topics_are_listed() -> None:
    assert Person().says("what can i ask") == ["questions.topics"]


@pytest.mark.parametrize("topic", sorted({row.topic for row in content().answers.values()}))
def test_a_topic_names_three_questions_of_its_own(topic: str) -> None:
    person = Person()
    person.meets(Heard("AskTopic", {"topic": topic}))
    asked = [text.removeprefix("Or: ") for text in person.heard().split(": ", 1)[1].split("? ")]
    own = [row.asks for row in content().answers.values() if row.topic == topic]
    assert [text.rstrip("?") for text in asked] == own[:3]


def test_a_topic_is_asked_for_by_name() -> None:
    person = Person()
    assert person.says("tell me about breathing") == ["questions.examples"]
    assert "how do i brace?" in person.heard()


def test_help_depends_on_what_is_going_on() -> None:
    heard = {}
    for mode in (
        Idle(),
        Fixing(1),
        Lifting(PLAN, 1),
        Paused(PLAN, 4),
        Resting(ends_at=90.0, length_s=120),
    ):
        person = Person(mode)
        assert person.says("what can i say") == [f"questions.help_{mode.name}"]
        assert person.session.mode == mode
        heard[mode.name] = person.heard()
    assert len(set(heard.values())) == len(heard)


def test_help_on_the_checklist_comes_back_to_the_open_point() -> None:
    person = Person(Checking(0))
    assert person.says("what can i say") == ["questions.help_checklist", "checklist.K1"]
    assert person.session.mode == Checking(0)


def test_help_in_the_middle_of_a_set_leaves_the_count_running() -> None:
    person = Person(Lifting(PLAN, ticket=0))
    effects = person.meets(Heard("Help"))
    assert [type(effect) for effect in effects] == [Say]


@pytest.mark.parametrize("event", [NotUnderstood("mumble"), Heard("Louder"), Heard("AskR2")])
def test_what_is_no_question_is_left_to_others(event: Event) -> None:
    turn = Turn(Session(content()), now=0.0)
    assert not questions.handle(turn, event)
    assert turn.effects == []
