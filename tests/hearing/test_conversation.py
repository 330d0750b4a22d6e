"""What follows talk at once is most likely talk, unless it names the coach."""

from pathlib import Path

import pytest

from assistant.dialogue.events import Heard, NotUnderstood
from assistant.hearing.conversation import LEAST_TALK_S, PAUSE_S, Conversation
from assistant.hearing.grammar import UNKNOWN
from tests.hearing.scene import SPEAKING, Scene, written


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(written(tmp_path))


def test_nobody_has_talked_at_first() -> None:
    assert not Conversation().goes_on(0.0)


def test_talk_goes_on_for_the_length_of_a_breath() -> None:
    conversation = Conversation()
    conversation.add(10.0, 10.0 + LEAST_TALK_S)
    ended_at = 10.0 + LEAST_TALK_S
    assert conversation.goes_on(ended_at + PAUSE_S - 0.1)
    assert not conversation.goes_on(ended_at + PAUSE_S + 0.1)


def test_a_few_words_are_no_talk() -> None:
    conversation = Conversation()
    conversation.add(10.0, 11.9)
    assert not conversation.goes_on(12.0)


def test_remarks_close_together_are_one_talk() -> None:
    conversation = Conversation()
    conversation.add(10.0, 11.0)
    conversation.add(11.5, 12.5)
    assert conversation.goes_on(13.0)


def test_remarks_far_apart_are_none() -> None:
    conversation = Conversation()
    conversation.add(10.0, 11.0)
    conversation.add(13.0, 14.0)
    assert not conversation.goes_on(14.5)


def test_an_ear_tells_when_a_sentence_came_amid_talk(scene: Scene) -> None:
    scene.utter(UNKNOWN, 2.5)
    scene.wait(0.5)
    scene.utter("start checklist")
    assert scene.happened == [
        NotUnderstood(UNKNOWN),
        Heard("StartChecklist", {}, "start checklist", amid_talk=True),
    ]


@pytest.mark.parametrize("text", ["coach start checklist", "start checklist coach"])
def test_whoever_names_the_coach_means_it(scene: Scene, text: str) -> None:
    scene.utter(UNKNOWN, 2.5)
    scene.wait(0.5)
    scene.utter(text)
    assert scene.happened[1:] == [Heard("StartChecklist", {}, text)]


def test_what_it_made_of_the_coach_itself_is_no_talk(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.utter(UNKNOWN, 2.5)
    scene.sounding = scene.sounding.__class__()
    scene.wait(0.6)
    scene.utter("start checklist")
    assert scene.happened == [Heard("StartChecklist", {}, "start checklist")]


def test_urgent_things_come_as_ever(scene: Scene) -> None:
    scene.utter(UNKNOWN, 2.5)
    scene.utter("my back hurts")
    assert scene.happened[1:] == ["cut", Heard("Pain", {}, "my back hurts")]
