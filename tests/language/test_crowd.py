import math
from dataclasses import astuple
from pathlib import Path

import pytest

from assistant.language.crowd import Crowd, crowd
from assistant.language.sentences import load_sentences
from assistant.language.wordgraph import WordGraph, phrase_graph, word_graph


def of(folder: Path, text: str) -> Crowd:
    file = folder / "sentences.yaml"
    file.write_text(text, encoding="utf-8")
    return crowd(word_graph(load_sentences(file)))


def test_single_words_are_as_many_as_there_are() -> None:
    found = crowd(phrase_graph(("yes", "no", "up", "down")))
    assert astuple(found) == (1, pytest.approx(math.log(4)), 0.0)


def test_it_begins_at_the_shortest_sentence(tmp_path: Path) -> None:
    found = of(tmp_path, 'intents: {A: {data: [{sentences: ["(start|stop) the (timer|clock)"]}]}}')
    assert astuple(found) == (3, pytest.approx(math.log(4)), 0.0)


def test_slots_make_the_number_grow_with_the_words(tmp_path: Path) -> None:
    found = of(tmp_path, "intents: {A: {data: [{sentences: ['go [<d>] [<d>] [<d>]']}]}}\n"
                         "expansion_rules: {d: '(up|down)'}")  # fmt: skip
    # Each of three slots may be left out: 1, 3 x 2, 3 x 4 and 8 sentences by length.
    assert found.at_shortest == 0.0
    assert found.a_word == pytest.approx(math.log(1 + 6 + 12 + 8) / 3)


def test_billions_of_sentences_are_counted(tmp_path: Path) -> None:
    words = "|".join(f"w{number}" for number in range(50))
    templates = "intents: {A: {data: [{sentences: ['<n> <n> <n> <n> <n> <n>']}]}}"
    found = of(tmp_path, f"{templates}\nexpansion_rules: {{n: '({words})'}}")
    assert found.shortest == 6
    assert found.at_shortest == pytest.approx(6 * math.log(50))


def test_no_sentence_is_no_crowd() -> None:
    assert crowd(WordGraph()) == Crowd()
