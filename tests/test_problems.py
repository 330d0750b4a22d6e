"""Sentences about what is wrong in a file that people write by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from assistant.problems import Place, describe, guess


@dataclass(frozen=True, slots=True)
class Clip:
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    name: str
    gain: Annotated[float, Field(le=0)] = 0.0


@dataclass(frozen=True, slots=True)
class Album:
    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    clips: tuple[Clip, ...] = ()
    by_name: Mapping[str, Clip] | None = None
    rates: Annotated[int, Field(ge=8)] | None = None


def dotted(place: Place) -> str:
    return ".".join(map(str, place))


def problems(album: Any) -> list[str]:
    adapter = TypeAdapter(Album)
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(album)
    return describe(caught.value, adapter, dotted)


@pytest.mark.parametrize(
    ("album", "says"),
    [
        ({"clip": []}, 'clip is not known; did you mean "clips"?'),
        ({"sound": []}, "sound is not known; known are: by_name, clips, rates"),
        ({"clips": [{"gain": -1}]}, "clips.0.name is missing; it must be text"),
        ({"clips": [{"name": "a"}, {"name": 3}]}, "clips.1.name is 3; it must be text"),
        ({"clips": [{"name": "a", "gian": 1}]}, 'clips.0.gian is not known; did you mean "gain"?'),
        (
            {"clips": [{"name": "a", "gain": 1}]},
            "clips.0.gain is 1; it must be a number, at most 0",
        ),
        ({"by_name": {"x": {"name": 3}}}, "by_name.x.name is 3; it must be text"),
        ({"rates": 7}, "rates is 7; it must be a whole number, at least 8"),
        ({"clips": 3}, "clips is 3; it must be a list"),
    ],
)
def test_a_problem_is_named_with_its_place_and_what_is_allowed(album: Any, says: str) -> None:
    assert problems(album) == [says]


def test_every_problem_has_its_sentence() -> None:
    assert len(problems({"clips": [{"name": 3}, {"gian": 1}], "rates": 1})) == 4


def test_a_guess_is_made_only_where_a_word_comes_close() -> None:
    assert guess("VOLUM", ["volume", "voice"]) == 'did you mean "volume"?'
    assert guess("x", ["volume", "voice"]) == "known are: voice, volume"
