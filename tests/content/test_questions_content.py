"""The 78 facts of the article, each by voice; the table stands here a second time, by hand."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hassil.sample import sample_sentence

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.language.collisions import collisions
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.language.wordgraph import word_graph
from tests.content.urgent import live_of, words

VOCABULARY = Path(__file__).parents[2] / "voice_models" / "coach-en" / "graph" / "words.txt"

MOST_WORDS = 25

LEAST_WORDINGS = 5


FACTS = {
    "I1": "common complaint",
    "I2": "balance technique squat",
    "I3": "often avoid pad depth weight brace",
    "C1": "rounded heavy load",
    "C2": "knees chest pelvis backward",
    "C3": "back lifts pad",
    "C4": "natural curve flat",
    "C5": "rounding weight stress",
    "C6": "disks bones shocks",
    "C7": "rounds squeeze disks unevenly",
    "C8": "pressure disk backward nerves",
    "C9": "nerve sharp shooting burning",
    "C10": "squeezing inflame ache after",
    "C11": "curves spread flat few",
    "C12": "sled hundreds pounds spine",
    "C13": "muscles ligaments protect stiffness days",
    "M0": "small errors deep heavy seat",
    "M1": "no knees chest pain",
    "M2": "hips room pelvis turns",
    "M3": "control form heavy ego",
    "M4": "hips knees take over lower back",
    "M5": "seat knees straight bent",
    "M6": "gap before back hips pad",
    "T1": "lower back pad every",
    "T2": "hips planted seat",
    "T3": "paper behind block",
    "T4": "contact pelvis natural",
    "T5": "before back lift pad",
    "T6": "most ninety degrees some",
    "T7": "quality depth controlled",
    "T8": "breath tighten core punch",
    "T9": "pressure belly belt",
    "T10": "tight whole rep breathe out press high blood",
    "T11": "heavier belt push against",
    "T12": "hip width flat heel toe",
    "T13": "quads hamstrings glutes evenly",
    "T14": "feet lower knees bend depth",
    "T15": "knees line toes",
    "T16": "slowly pause smoothly bounce three one two one",
    "T17": "rushing muscles joints spine",
    "T18": "end rep rack depth weight",
    "T19": "slow beats fast extremely",
    "K0": "thirty seconds every knees hips head feet core locks weight",
    "K1": "knees ninety slightly less",
    "K2": "back hips firmly seat",
    "K3": "head neck relaxed neutral",
    "K4": "feet hip width flat",
    "K5": "core tight before",
    "K6": "safety locks place",
    "K7": "select weight control",
    "K8": "fix before release handles ready",
    "P1": "panic care rest",
    "P2": "two days ice fifteen twenty cloth heat moving",
    "P3": "spasm cramp stiffness strain cannot tell",
    "P4": "two days settling slowly lighter professional",
    "R1": "doctor two weeks improvement",
    "R7": "serious injury treatment professional",
    "Z1": "pad depth weight brace",
    "Z2": "correctly challenge muscles protect spine",
    "Z3": "ten percent lighter form",
    "Z4": "form listen body ego",
    "F1": "doctor therapist before",
    "F2": "professional changes neutral",
    "F3": "fine backrest supports",
    "F4": "whole foot flat",
    "F5": "ten twelve perfect form",
    "F6": "challenge control",
    "F7": "fifteen clean",
    "F8": "depends supports back",
    "F9": "squats control path try",
    "F10": "two three week forty eight hours",
    "F11": "muscles grow recover",
    "F12": "lunges hamstring curls calf",
}
"""Row to words that its answer cannot do without."""


REPORTED = {
    "R2": "standing walking now",
    "R3": "numbness now",
    "R4": "shoots leg medical now",
    "R5": "sharp stabbing medical now",
    "R6": "pop tear medical now",
}
"""Warning signs. Nobody asks about them in passing: a report of one is answered by triage."""


CHECKED = {
    "K1": "knees ninety slightly less",
    "K2": "back hips firm seat",
    "K3": "head neck relaxed",
    "K4": "feet hip width flat",
    "K5": "core tight",
    "K6": "safety locks place",
    "K7": "weight selected",
}
"""Points that "start checklist" asks about in turn, beside the questions about them."""


INTENTS = {code: f"Ask{code}" for code in FACTS}
"""Row to the intent that asks for it."""


OTHERS = ("Help", "Topics", "AskTopic", "TellMeMore", "WarningSigns")
"""The intents of the questions file that ask for no single row."""

SECTIONS = {"I": 3, "C": 13, "M": 7, "T": 19, "K": 9, "P": 4, "R": 7, "Z": 4, "F": 12}


@cache
def content() -> Content:
    return load_content()


@cache
def sentences() -> Sentences:
    return load_sentences(ENGLISH / "sentences")


@cache
def matcher() -> Matcher:
    return Matcher(sentences())


def templates(intent: str, **slots: str) -> list[str | None]:
    blocks = sentences().intents.intents[intent].data
    return [
        template.text
        for block in blocks
        if slots.items() <= block.slots.items()
        for template in block.sentences
    ]


def samples(intent: str, most: int) -> Iterator[str]:
    """Up to ``most`` texts of each template."""
    known = sentences().intents
    for block in known.intents[intent].data:
        for template in block.sentences:
            texts = sample_sentence(template, known.slot_lists, known.expansion_rules)
            yield from dict.fromkeys(islice(texts, most))


def intent_of(text: str) -> str | None:
    found = matcher().match(text)
    return found.intent if found else None


def missing(text: str, facts: str) -> set[str]:
    return set(facts.split()) - set(words(text))


def test_the_table_has_every_row_of_the_article() -> None:
    rows = {*FACTS, *REPORTED}
    assert Counter(code[0] for code in rows) == SECTIONS
    assert len(rows) == 78


def test_the_answers_are_the_rows_that_are_asked_for_and_no_others() -> None:
    assert content().answers.keys() == FACTS.keys()


@pytest.mark.parametrize("code", FACTS)
def test_a_row_is_asked_for_in_five_wordings(code: str) -> None:
    wordings = templates(INTENTS[code])
    assert len(set(wordings)) >= LEAST_WORDINGS, wordings


@pytest.mark.parametrize("code", FACTS)
def test_a_wording_asks_for_its_row_only(code: str) -> None:
    texts = list(samples(INTENTS[code], most=3))
    assert [text for text in texts if intent_of(text) != INTENTS[code]] == []


@pytest.mark.parametrize("code", FACTS)
def test_an_answer_holds_its_fact(code: str) -> None:
    assert not missing(content().answers[code].says, FACTS[code])


@pytest.mark.parametrize("code", FACTS)
def test_an_answer_is_short(code: str) -> None:
    says = content().answers[code].says
    assert len(words(says)) <= MOST_WORDS
    assert 1 <= len(re.findall(r"[.?!](?= |$)", says)) <= 2
    assert not re.search(r"\d", says), "numbers are written as they are spoken"


@pytest.mark.parametrize("code", FACTS)
def test_the_example_of_a_row_asks_for_it(code: str) -> None:
    assert intent_of(content().answers[code].asks) == INTENTS[code]


@pytest.mark.parametrize("code", REPORTED)
def test_a_warning_sign_is_reported_in_five_wordings_and_answered_by_triage(code: str) -> None:
    assert len(set(templates("Danger", sign=code))) >= LEAST_WORDINGS
    assert not missing(content().triage.signs[code].because, REPORTED[code])
    assert f"Ask{code}" not in sentences().intents.intents


@pytest.mark.parametrize("code", CHECKED)
def test_a_point_of_the_checklist_is_asked_about_in_turn(code: str) -> None:
    points = {point.code: point for point in content().checklist.points}
    assert not missing(points[code].ask, CHECKED[code])
    assert sum(1 for _ in samples("StartChecklist", most=50)) >= LEAST_WORDINGS


def test_no_text_means_two_things() -> None:
    assert [str(collision) for collision in collisions(sentences())] == []


@pytest.mark.parametrize("intent", [*OTHERS, *INTENTS.values()])
def test_every_word_is_known_to_the_voice_model(intent: str) -> None:
    vocabulary = {line.split()[0] for line in VOCABULARY.read_text("utf-8").splitlines()}
    assert word_graph(sentences(), intent).words() <= vocabulary


@pytest.mark.parametrize("intent", OTHERS)
def test_help_and_topics_are_asked_for_in_five_wordings(intent: str) -> None:
    texts = set(samples(intent, most=20))
    assert {intent_of(text) for text in texts} == {intent}
    assert len(texts) >= LEAST_WORDINGS


def test_only_the_call_for_help_is_live_during_a_set() -> None:
    live = {
        intent: {live_of(block) for block in sentences().intents.intents[intent].data}
        for intent in (*OTHERS, *INTENTS.values())
    }
    assert live.pop("Help") == {"set"}
    assert set().union(*live.values()) == {"quiet"}
