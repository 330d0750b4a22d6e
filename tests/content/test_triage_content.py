"""The triage content against what must be true of it, written down here by hand."""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.content.loader import ENGLISH
from assistant.content.triage import Level, Triage
from assistant.language.sentences import Live, Sentences, load_sentences
from assistant.language.wordgraph import WordGraph, template_graph
from tests.dialogue.triage_patient import content

EMERGENCY, SAME_DAY, DOCTOR = Level.EMERGENCY, Level.SAME_DAY, Level.DOCTOR

LEVELS = {
    "R2": EMERGENCY, "R3": EMERGENCY, "R4": EMERGENCY, "R5": EMERGENCY, "R6": EMERGENCY,
    "X1": EMERGENCY, "X2": EMERGENCY, "X3": EMERGENCY, "X4": EMERGENCY, "X5": EMERGENCY,
    "X6": EMERGENCY,
    "X7": SAME_DAY, "X8": SAME_DAY, "X9": SAME_DAY, "X10": SAME_DAY, "X11": SAME_DAY,
    "X12": DOCTOR, "R1": DOCTOR,
    "ANY": EMERGENCY,
}  # fmt: skip

ORDER = [
    "R2", "X1", "X2+X3+X4", "X5", "R3+R4", "R6", "X6", "R5",
    "X7", "X8+X9", "X10", "X11", "X12", "R1", "ANY",
]  # fmt: skip

ASKS = {
    "R2": ("standing", "walking"),
    "X1": ("pain", "tingling", "weakness", "numbness", "both legs"),
    "X2+X3+X4": (
        "groin", "genitals", "buttocks", "inner thighs", "numbness", "tingling",
        "peeing", "bladder", "bowels", "sexual feeling", "function", "weakness", "getting worse",
        "need not say which",
    ),
    "X5": ("chest", "breathe"),
    "R3+R4": ("numbness", "down a leg"),
    "R6": ("pop", "tear"),
    "X6": ("fall", "blow", "accident"),
    "R5": ("sharp", "stabbing"),
    "X7": ("fever", "chills", "ill"),
    "X8+X9": (
        "cancer", "lost weight without trying", "weak bones", "steroids", "immunity",
        "need not say which",
    ),
    "X10": ("night", "lie still", "cough", "sneeze"),
    "X11": ("upper back", "lump", "new shape"),
    "X12": ("worse", "come back"),
    "R1": ("two weeks",),
    "ANY": ("meant yes",),
}  # fmt: skip

FORBIDDEN = (
    "all clear", "you are fine", "you're fine", "nothing serious", "nothing to worry",
    "completely", "harmless", "no need to worry", "not serious", "slipped disk", "herniat",
    "diagnos", "you have a strain", "out of ten",
)  # fmt: skip


def triage_data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ENGLISH / "triage.yaml").read_text())
    return data


def spoken_texts() -> Mapping[str, str]:
    """Everything that the coach may say, by place."""
    known = content()
    texts = dict(known.prompts)
    for question in known.triage.questions:
        texts |= {
            f"ask {question.code}": question.ask,
            f"simpler {question.code}": question.simpler,
        }
    texts |= {f"because {code}": sign.because for code, sign in known.triage.signs.items()}
    for point in known.checklist.points:
        texts |= {f"{point.code}.{part}": getattr(point, part) for part in ("ask", "fix", "why")}
    return texts | {code: answer.says for code, answer in known.answers.items()}


def test_every_sign_has_the_level_of_the_guideline_or_of_the_article_whichever_is_stricter() -> (
    None
):
    assert {code: sign.level for code, sign in content().triage.signs.items()} == LEVELS


def test_questions_come_in_clinical_order_the_most_serious_first() -> None:
    assert [question.code for question in content().triage.questions] == ORDER


@pytest.mark.parametrize("question", content().triage.questions, ids=lambda it: it.code)
def test_a_question_names_everything_it_stands_for(question: Any) -> None:
    assert [part for part in ASKS[question.code] if part not in question.ask.lower()] == []


@pytest.mark.parametrize("code", ["X2+X3+X4", "X8+X9"])
def test_a_list_of_private_signs_asks_for_at_most_four_things_in_a_breath(code: str) -> None:
    question = next(it for it in content().triage.questions if it.code == code)
    fits, which, *items = re.split(r"(?<=\.) ", question.ask.strip())
    assert fits == "Say yes if any of these fits."
    assert which == "You need not say which."
    assert len(items) == 4


@pytest.mark.parametrize("question", content().triage.questions, ids=lambda it: it.code)
def test_the_simpler_question_can_be_answered_with_yes_or_no(question: Any) -> None:
    assert question.simpler.endswith("Say yes or no.")


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_content_without_one_of_the_questions_is_refused(number: int) -> None:
    data = triage_data()
    del data["questions"][number]
    with pytest.raises(ValidationError, match="must be asked for by exactly one question"):
        TypeAdapter(Triage).validate_python(data)


@pytest.mark.parametrize("sign", LEVELS)
def test_content_without_one_of_the_signs_is_refused(sign: str) -> None:
    data = triage_data()
    del data["signs"][sign]
    with pytest.raises(ValidationError, match=f"asks for the sign {sign}, which is not defined"):
        TypeAdapter(Triage).validate_python(data)


@pytest.mark.parametrize("sign", LEVELS)
def test_a_sign_deleted_together_with_its_question_is_missed_by_the_table_above(sign: str) -> None:
    data = copy.deepcopy(triage_data())
    del data["signs"][sign]
    for question in data["questions"]:
        question["signs"] = [code for code in question["signs"] if code != sign]
    data["questions"] = [question for question in data["questions"] if question["signs"]]
    mutant = TypeAdapter(Triage).validate_python(data)
    assert {code: it.level for code, it in mutant.signs.items()} != LEVELS
    assert [question.code for question in mutant.questions] != ORDER


@pytest.mark.parametrize("minutes", [14, 21])
def test_ice_stays_on_for_fifteen_to_twenty_minutes(minutes: int) -> None:
    with pytest.raises(ValidationError, match="ice_min must be 15 to 20"):
        TypeAdapter(Triage).validate_python({**triage_data(), "ice_min": minutes})


def test_the_numbers_are_those_of_the_guidelines() -> None:
    triage = content().triage
    assert triage.alarm_every_s == 20
    assert triage.rest_h == 48
    assert triage.doctor_after_days == 14
    assert triage.again_within_days == 14
    assert triage.only_when_cleared == ("P1", "P2", "P3", "P4")
    assert triage.ask_pain_now == ("C9", "C13")


def test_an_undefined_sign_is_an_emergency() -> None:
    assert content().triage.level_of(("X99",)) is Level.EMERGENCY


def test_levels_are_ordered_and_an_emergency_is_the_top() -> None:
    assert [level.raised for level in Level] == [
        Level.EMERGENCY,
        Level.EMERGENCY,
        Level.SAME_DAY,
        Level.DOCTOR,
    ]
    assert [level.urgency for level in Level] == [3, 2, 1, 0]


@pytest.mark.parametrize("words", FORBIDDEN)
def test_nothing_the_coach_says_about_pain_gives_an_all_clear_or_a_diagnosis(words: str) -> None:
    guilty = [
        place
        for place, text in spoken_texts().items()
        if words in text.lower() and (place.startswith(("triage.", "ask ", "simpler ", "because ")))
    ]
    assert guilty == []


@pytest.mark.parametrize("words", ["all clear", "you are fine", "nothing serious", "completely"])
def test_these_words_are_nowhere_in_what_the_coach_says(words: str) -> None:
    assert [place for place, text in spoken_texts().items() if words in text.lower()] == []


def test_the_emergency_sentences_say_what_the_device_cannot_do() -> None:
    prompts = content().prompts
    for key in ("triage.emergency", "triage.emergency_again"):
        assert "Get emergency help now." in prompts[key]
        assert "I cannot call for you" in prompts[key]
        assert "{number}" in prompts[key]


def test_the_opening_line_is_a_disclaimer() -> None:
    opening = content().prompts["triage.opening"]
    assert "I am not a doctor." in opening
    assert "If you are unsure, say not sure." in opening


def test_the_advice_holds_what_the_article_and_the_guidelines_ask_for() -> None:
    prompts = content().prompts
    for part in ("first two days", "fifteen to twenty minutes", "wrapped in cloth", "Heat is fine"):
        assert part in prompts["triage.self_care"]
    assert "Keep gently moving" in prompts["triage.self_care"]
    for part in ("No lifting for two days", "only if it is settling", "lighter weight"):
        assert part in prompts["triage.rest"]
    assert "two weeks, see a doctor" in prompts["triage.two_weeks"]
    assert "does not rule out a problem" in prompts["triage.no_signs"]
    for part in ("numbness", "weakness", "bladder", "get help at once"):
        assert part in prompts["triage.safety_net"]


URGENT_INTENTS = ("Danger", "MyBackHurts", "Emergency")


@pytest.fixture(scope="module")
def urgent() -> dict[str, list[WordGraph]]:
    """Graphs of the urgent sentences about pain, by the words they may begin with."""
    by_first: dict[str, list[WordGraph]] = {}
    for graph in templates(load_sentences(ENGLISH / "sentences"), Live.URGENT):
        for word in {step.word for it in without_words(graph, {0}) for step in graph.steps[it]}:
            by_first.setdefault(word, []).append(graph)
    return by_first


def templates(sentences: Sentences, live: Live) -> Iterator[WordGraph]:
    for intent in URGENT_INTENTS:
        for block in sentences.intents.intents[intent].data:
            if (block.metadata or {}).get("live") == live:
                for template in block.sentences:
                    yield template_graph(template, block, sentences)


def without_words(graph: WordGraph, states: set[int]) -> set[int]:
    reached, waiting = set(states), list(states)
    while waiting:
        for step in graph.steps[waiting.pop()]:
            if not step.word and step.to not in reached:
                reached.add(step.to)
                waiting.append(step.to)
    return reached


def contained(urgent: dict[str, list[WordGraph]], words: list[str]) -> set[str]:
    """The stretches of words that are urgent sentences as a whole."""
    found = set()
    for first, word in enumerate(words):
        for graph in urgent.get(word, ()):
            states = without_words(graph, {0})
            for last, following in enumerate(words[first:], start=first + 1):
                states = without_words(
                    graph,
                    {
                        step.to
                        for it in states
                        for step in graph.steps[it]
                        if step.word == following
                    },
                )
                if graph.final in states:
                    found.add(" ".join(words[first:last]))
                if not states:
                    break
    return found


def test_no_urgent_sentence_about_pain_stands_in_anything_the_coach_says(
    urgent: dict[str, list[WordGraph]],
) -> None:
    spoken = {
        place: contained(urgent, re.findall(r"[a-z']+", text.lower()))
        for place, text in spoken_texts().items()
    }
    assert {place: found for place, found in spoken.items() if found} == {}


def test_the_lint_above_would_find_one(urgent: dict[str, list[WordGraph]]) -> None:
    words = ["if", "you", "say", "my", "foot", "is", "numb", "i", "stop"]
    assert contained(urgent, words) == {"my foot is numb"}


def test_every_sign_that_is_an_emergency_has_urgent_sentences_of_its_own() -> None:
    danger = load_sentences(ENGLISH / "sentences").intents.intents["Danger"]
    urgent = {
        block.slots["sign"]
        for block in danger.data
        if (block.metadata or {}).get("live") == Live.URGENT
    }
    assert urgent == {"R2", "R3", "R4", "R5", "R6", "X1", "X2", "X3", "X4", "X5", "X6"}
