import random
from collections.abc import Callable
from time import process_time

import pytest

from assistant.complaint import Complaint
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph, word_graph

Make = Callable[[str], Sentences]


def one(template: str, more: str = "") -> str:
    return f"intents: {{A: {{data: [{{sentences: ['{template}']}}]}}}}\n{more}"


def language(graph: WordGraph, state: int = 0) -> set[str]:
    """All sentences of a small graph."""
    if state == graph.final:
        return {""}
    return {
        f"{step.word} {rest}".strip()
        for step in graph.steps[state]
        for rest in language(graph, step.to)
    }


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("turn on", {"turn on"}),
        (
            "turn [the] light[s] on",
            {f"turn{t} light{s} on" for t in ("", " the") for s in ("", "s")},
        ),
        ("(red|green) light", {"red light", "green light"}),
        ("[please] go [now]", {"go", "please go", "go now", "please go now"}),
        ("(a;b)", {"a b", "b a"}),
        ("Well-known, isn''t it?", {"well known isn't it"}),
        ("take 2", {"take 2", "take two"}),
        ("[{1..2:n}] sugar", {"sugar", "one sugar", "two sugar"}),
    ],
)
def test_a_template_becomes_its_sentences(sentences: Make, template: str, said: set[str]) -> None:
    assert language(word_graph(sentences(one(template)))) == said


def test_lists_rules_and_ranges_are_followed(sentences: Make) -> None:
    more = """
lists:
  n: {range: {from: 20, to: 30, step: 5}}
  side: {values: [{in: "(left|left hand)", out: left}, right]}
expansion_rules: {go: "(go|move)"}
"""
    said = language(word_graph(sentences(one("<go> {side} {n}", more))))
    sides, numbers = ("left", "left hand", "right"), ("twenty", "twenty five", "thirty")
    assert said == {f"{go} {s} {n}" for go in ("go", "move") for s in sides for n in numbers}


def test_numbers_above_a_hundred_are_said_in_two_ways(sentences: Make) -> None:
    more = "lists: {n: {range: {from: 105, to: 105}}}"
    assert language(word_graph(sentences(one("{n}", more)))) == {
        "one hundred five",
        "one hundred and five",
    }


def test_size_follows_the_text_and_not_the_number_of_sentences(sentences: Make) -> None:
    some = "(aa|bb|cc|dd) [(ee|ff)] "
    graph_of_few = word_graph(sentences(one(some)))
    began = process_time()
    graph_of_many = word_graph(sentences(one(some * 12)))
    assert process_time() - began < 1.0  # 12 ** 12 sentences
    assert len(graph_of_many.steps) < 13 * len(graph_of_few.steps)


def test_a_permutation_of_too_many_parts_is_refused(sentences: Make) -> None:
    with pytest.raises(Complaint, match="permutes 9 parts"):
        word_graph(sentences(one("(a;b;c;d;e;f;g;h;i)")))


def test_every_path_is_matched_as_its_intent(sentences: Make) -> None:
    known = sentences(
        """
intents:
  Order:
    data:
      - sentences: ["[i want|give me] [a] ([{size}];[{milk}]) {drink} [with {n} sugar[s]] [please]"]
  Timer:
    data:
      - sentences: ["(set|start) [a] timer (for|of) {n} (hour[s]|minute[s]) [and {n} second[s]]"]
lists:
  size: {values: [small, large, "(extra large|huge)"]}
  milk: {values: [skim milk, soy milk]}
  drink: {values: [coffee, latte]}
  n: {range: {from: 1, to: 130}}
"""
    )
    matcher, chance = Matcher(known), random.Random(7)  # noqa: S311  (which sentences are tried is no secret)
    for intent in ("Order", "Timer"):
        graph = word_graph(known, intent)
        for _ in range(60):
            match = matcher.match(walk(graph, chance))
            assert match is not None
            assert match.intent == intent


def walk(graph: WordGraph, chance: random.Random) -> str:
    state, words = 0, []
    while state != graph.final:
        step = chance.choice(graph.steps[state])
        words.append(step.word)
        state = step.to
    return " ".join(word for word in words if word)
