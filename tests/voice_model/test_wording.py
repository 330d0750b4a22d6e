"""What synthetic voices are made to say."""

import random
from pathlib import Path

import pytest

from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from scripts.voice_model.wording import COMMANDS, Wording, load_wording

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(ROOT, ["it was the best of times it was the worst"], ["the", "of"] * 600)


def test_the_same_seed_draws_the_same_sentences(wording: Wording) -> None:
    assert list(wording.draw(20, 1)) == list(wording.draw(20, 1)) != list(wording.draw(20, 2))


def test_sentences_are_plain_lower_case_words(wording: Wording) -> None:
    for text in wording.draw(300, 3):
        assert text
        assert text == " ".join(text.lower().split())
        assert text.replace(" ", "").replace("'", "").isalpha()


def test_commands_are_what_the_product_understands(wording: Wording) -> None:
    matcher = Matcher(load_sentences(ROOT / COMMANDS))
    chance = random.Random(1)  # noqa: S311  (no secret)
    for _ in range(40):
        said = wording.command(chance)
        assert matcher.match(said), said


def test_numbers_are_said_alone_as_often_as_all_other_words(wording: Wording) -> None:
    digits = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
    drawn = [text for text in wording.draw(4000, 5) if text in digits]
    assert len(drawn) > 4000 * 0.11 * 0.75 * 0.1


def test_words_alone_are_answers_and_any_others(wording: Wording) -> None:
    drawn = list(wording.alone(900, 1))
    assert drawn == list(wording.alone(900, 1))
    assert all(" " not in text or text in wording.answers for text in drawn)
    assert 200 < sum(text in wording.answers and text not in {"the", "of"} for text in drawn) < 400
