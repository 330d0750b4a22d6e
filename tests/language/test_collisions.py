from collections.abc import Callable

from assistant.language.collisions import Collision, collisions
from assistant.language.sentences import Sentences

Make = Callable[[str], Sentences]


def two(first: str, second: str) -> str:
    return f"""
intents:
  A: {{data: [{{sentences: ["{first}"]}}]}}
  B: {{data: [{{sentences: ["{second}"]}}]}}
lists:
  n: {{range: {{from: 1, to: 300}}}}
"""


def test_apart_is_apart(sentences: Make) -> None:
    assert collisions(sentences(two("start [the] set", "start the sets"))) == ()
    assert collisions(sentences(two("lift {n} kilos", "lift {n} pounds"))) == ()


def test_the_shortest_shared_text_is_named(sentences: Make) -> None:
    found = collisions(sentences(two("[please] go [on] (now|then)", "(just|) go [up|] then")))
    assert found == (Collision("A", "B", "go then"),)
    assert str(found[0]) == '"go then" means both A and B'


def test_one_shared_number_among_many_is_found(sentences: Make) -> None:
    text = two("take {n} (steps|step) [back] [again]", "take two hundred sixty one step again")
    assert collisions(sentences(text)) == (
        Collision("A", "B", "take two hundred sixty one step again"),
    )


def test_a_text_within_one_intent_is_no_collision(sentences: Make) -> None:
    assert collisions(sentences("intents: {A: {data: [{sentences: [go, '[and] go']}]}}")) == ()
