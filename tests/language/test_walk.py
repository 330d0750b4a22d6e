import pytest

from assistant.language.walk import Standing, Walk
from assistant.language.wordgraph import phrase_graph

WALK = Walk(phrase_graph(("start set", "start set of two", "stop")))


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("", Standing.FRAGMENT),
        ("start", Standing.FRAGMENT),
        ("start set", Standing.OPEN),
        ("start set of", Standing.FRAGMENT),
        ("start set of two", Standing.CLOSED),
        ("stop", Standing.CLOSED),
        ("stop set", Standing.FRAGMENT),
        ("[unk]", Standing.FRAGMENT),
    ],
)
def test_words_are_a_whole_sentence_or_a_part_of_one(said: str, standing: Standing) -> None:
    assert WALK.standing(said.split()) is standing
