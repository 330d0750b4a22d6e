"""What leads a person from question to question: neighbours, topics, help."""

from collections import Counter
from functools import cache
from typing import get_args

import pytest
from hassil import parse_sentence
from hassil.sample import sample_sentence

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.content.questions import Answer, slips
from assistant.dialogue.session import Mode
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from tests.content.urgent import words

MOST_WORDS = 25


@cache
def content() -> Content:
    return load_content()


@cache
def sentences() -> Sentences:
    return load_sentences(ENGLISH / "sentences")


@cache
def matcher() -> Matcher:
    return Matcher(sentences())


def test_more_and_why_lead_to_other_rows() -> None:
    assert list(slips(content().answers.values())) == []


def test_nobody_is_led_into_triage_by_asking_for_more() -> None:
    rows = content().answers
    held_back = set(content().triage.only_when_cleared)
    led = {row.code for row in rows.values() if {row.more, row.why} & held_back}
    assert led <= held_back


def row(code: str, more: str, why: str) -> Answer:
    return Answer(code, asks="why", says="Because.", topic="depth", more=more, why=why)


def test_a_row_that_leads_nowhere_is_reported() -> None:
    assert list(slips([row("T1", "T2", "T9"), row("T2", "T1", "T1")])) == [
        "0.why: there is no row T9"
    ]


def test_a_row_that_leads_to_itself_is_reported() -> None:
    assert list(slips([row("T1", "T1", "T2"), row("T2", "T1", "T1")])) == [
        "0.more: row T1 leads to itself"
    ]


def test_a_row_that_stands_twice_is_reported() -> None:
    twice = [row("T1", "T2", "T2"), row("T2", "T1", "T1"), row("T1", "T2", "T2")]
    assert list(slips(twice)) == ["0.code: T1 stands twice; keep one of the two"]


# Topics and help.


@cache
def topic_names() -> dict[str, set[str]]:
    """What a topic may be called, by topic."""
    names: dict[str, set[str]] = {}
    known = sentences().intents
    for text in sample_sentence(parse_sentence("explain {topic}"), known.slot_lists):
        found = matcher().match(text)
        assert found is not None
        names.setdefault(str(found.slots["topic"]), set()).add(text.removeprefix("explain "))
    return names


def test_every_topic_has_a_name_and_three_questions() -> None:
    by_topic = Counter(row.topic for row in content().answers.values())
    assert by_topic.keys() == topic_names().keys()
    assert min(by_topic.values()) >= 3


def test_the_list_of_topics_names_each_in_one_breath() -> None:
    listed = content().prompts["questions.topics"]
    assert len(words(listed)) <= MOST_WORDS
    padded = f" {' '.join(words(listed))} "
    said = {name for names in topic_names().values() for name in names if f" {name} " in padded}
    unnamed = {topic for topic, names in topic_names().items() if not names & said}
    assert not unnamed


def suggestions(mode: str) -> list[str]:
    listed = content().prompts[f"questions.help_{mode}"].removeprefix("Say ").rstrip(".")
    return [part.removeprefix("or ") for part in listed.lower().split(", ")]


MODES = sorted({mode.name for mode in get_args(Mode)})


@pytest.mark.parametrize("mode", MODES)
def test_help_is_one_short_sentence_in_every_mode(mode: str) -> None:
    text = content().prompts[f"questions.help_{mode}"]
    assert len(words(text)) <= 18
    assert text.count(".") == 1


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "emergency"])
def test_whatever_help_suggests_is_understood(mode: str) -> None:
    assert [said for said in suggestions(mode) if matcher().match(said) is None] == []
