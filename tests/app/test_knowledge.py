"""The shipped content as a whole: what is used exists, what exists is used, nothing collides."""

import re
import string
from pathlib import Path

import pytest

from assistant.app.knowledge import Knowledge, know
from assistant.content.loader import ENGLISH
from assistant.hearing.models import embedded_model, find_model
from assistant.hearing.vocabulary import missing_words
from assistant.language.collisions import collisions
from assistant.language.sentences import load_sentences
from assistant.settings import load_settings
from tests.content.urgent import UrgentSpeech

PACKAGE = Path(__file__).parents[2] / "assistant"
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in (
        "dialogue/*.py",
        "content/*.py",
        "content/en/*.yaml",
        "content/en/sentences/*.yaml",
    )
    for path in PACKAGE.glob(pattern)
)
"""All that can name a prompt."""


def test_no_sentence_belongs_to_two_intents() -> None:
    assert collisions(load_sentences(ENGLISH / "sentences")) == ()


def test_the_embedded_model_knows_every_word(knowledge: Knowledge) -> None:
    assert missing_words(knowledge.sentences, find_model(embedded_model())) == {}


def test_every_prompt_is_used(knowledge: Knowledge) -> None:
    built = tuple(re.findall(r"\b(?:[a-z]+\.)?([a-z]+_)\{", SOURCE))
    named = set(re.findall(r"\w+", SOURCE))
    rests = {key: key.split(".")[1] for key in knowledge.content.prompts}
    unused = [key for key, rest in rests.items() if rest not in named | set(built)]
    unused = [key for key in unused if not rests[key].startswith(built)]
    unused = [key for key in unused if not rests[key].endswith(("_one", "_many", "_lost", "_back"))]

    assert unused == []


def test_no_prompt_contains_an_urgent_sentence(knowledge: Knowledge) -> None:
    """The coach must not be able to stop itself: urgent sentences are live while it speaks."""
    urgent = UrgentSpeech(knowledge.sentences)
    parts = {key: urgent.part_of(text) for key, text in knowledge.content.prompts.items()}

    assert {key: part for key, part in parts.items() if part} == {}


def test_slots_of_prompts_have_plain_names(knowledge: Knowledge) -> None:
    for key, text in knowledge.content.prompts.items():
        for _, name, _, _ in string.Formatter().parse(text):
            assert name is None or name.isidentifier(), key


@pytest.mark.parametrize("number", ["999", "1 1 2"])
def test_the_owner_chooses_the_emergency_number(number: str) -> None:
    settings = load_settings(None, {"WORKOUT_ASSISTANT_SAFETY_EMERGENCY_NUMBER": number})

    assert know(settings).content.triage.emergency_number == number.replace(" ", "")
