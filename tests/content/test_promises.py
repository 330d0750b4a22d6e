"""What the coach must not say: nothing that wakes itself, nothing it cannot know."""

from functools import cache

import pytest

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.language.sentences import Sentences, load_sentences
from tests.content.urgent import UrgentSpeech, words


@cache
def content() -> Content:
    return load_content()


@cache
def sentences() -> Sentences:
    return load_sentences(ENGLISH / "sentences")


def holds(text: str, sought: str) -> bool:
    """Whether ``text`` contains these words in this order, with nothing between them."""
    return f" {sought} " in f" {' '.join(words(text))} "


@cache
def urgent() -> UrgentSpeech:
    return UrgentSpeech(sentences())


@pytest.mark.parametrize("text", ["stop", "please stop it", "oh my foot is numb"])
def test_an_urgent_part_of_a_text_is_found(text: str) -> None:
    assert urgent().part_of(text) is not None


def test_no_answer_contains_a_sentence_that_acts_while_it_is_spoken() -> None:
    spoken = {row.code: row.says for row in content().answers.values()}
    spoken |= {row.asks: row.asks for row in content().answers.values()}
    spoken |= {key: text for key, text in content().prompts.items() if key.startswith("questions.")}
    found = {code: urgent().part_of(text) for code, text in spoken.items()}
    assert {code: part for code, part in found.items() if part} == {}


FORBIDDEN = (
    "completely preventable",
    "completely",
    "you have a",
    "you have an",
    "you have no",
    "all clear",
    "nothing is wrong",
    "nothing to worry",
    "you are fine",
    "is nothing",
    "guaranteed",
    "builds more muscle",
    "unlike squats",
)


@pytest.mark.parametrize("phrase", FORBIDDEN)
def test_nothing_is_promised_and_nothing_is_diagnosed(phrase: str) -> None:
    spoken = [row.says for row in content().answers.values()]
    spoken += [text for key, text in content().prompts.items() if key.startswith("questions.")]
    assert not [text for text in spoken if holds(text, phrase)]


def test_a_lifter_is_told_to_breathe_out_and_never_to_hold_the_breath() -> None:
    told = [row for row in content().answers.values() if holds(row.says, "hold your breath")]
    assert [row.code for row in told] == ["T10"]
    assert holds(told[0].says, "never hold your breath")


def test_advice_on_sore_backs_and_words_that_calm_are_held_back_for_triage() -> None:
    assert set(content().triage.only_when_cleared) == {"P1", "P2", "P3", "P4"}
    assert set(content().triage.ask_pain_now) == {"C9", "C13"}
