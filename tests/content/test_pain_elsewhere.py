"""Knees hurt on a leg press too, and whoever says so is not sent to an emergency room for it."""

import pytest

from assistant.content.loader import ENGLISH
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_sentences(ENGLISH / "sentences"))


@pytest.mark.parametrize(
    "text",
    ["my knee hurts", "ow my left ankle is killing me", "my thighs are hurting", "my neck aches",
     "i have a bad pain in my right hip", "i've got pain in my knees"],
)  # fmt: skip
def test_pain_elsewhere_ends_a_set_and_is_asked_about_like_pain_in_the_back(
    matcher: Matcher, text: str
) -> None:
    match = matcher.match(text)
    assert match is not None
    assert (match.intent, match.live) == ("MyBackHurts", "urgent")


@pytest.mark.parametrize("text", ["my heart hurts", "my chest hurts", "my whole leg hurts"])
def test_what_may_be_dangerous_is_not_among_it(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert match is not None
    assert match.intent == "Danger"
