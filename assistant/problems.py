"""Sentences for what pydantic finds wrong in a file that people write by hand."""

import difflib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

_UNKNOWN_KEY = {"unexpected_keyword_argument", "extra_forbidden"}
_MISSING_KEY = {"missing", "missing_argument"}
_NUMBERS = {"integer": "a whole number", "number": "a number"}


def describe(
    error: ValidationError, adapter: TypeAdapter[Any], name: Callable[[Place], str]
) -> list[str]:
    """One sentence for each problem: what is wrong, what is allowed, and a guess at a typing error.

    Args:
        error: what validation raised.
        adapter: what validated; its schema says what is allowed.
        name: how a place is written where the value came from, such as ``speaking.volume``.
    """
    schema = adapter.json_schema()
    return [
        _sentence(schema, found["type"], found["loc"], found["input"], name)
        for found in error.errors(include_url=False)
    ]


def guess(word: str, known: Iterable[str]) -> str:
    """``did you mean "volume"?``, or the words that are known if none is close."""
    known = sorted(known)
    close = difflib.get_close_matches(word.lower(), known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"known are: {', '.join(known)}"


def _sentence(
    schema: Any, kind: str, place: Place, value: object, name: Callable[[Place], str]
) -> str:
    if kind in _UNKNOWN_KEY:
        *parent, key = place
        known = _follow(schema, parent).get("properties", {})
        return f"{name(place)} is not known; {guess(str(key), known)}"
    allowed = _allowed(_follow(schema, place))
    if kind in _MISSING_KEY:
        return f"{name(place)} is missing; it must be {allowed}"
    return f"{name(place)} is {json.dumps(value, default=str)}; it must be {allowed}"


def _follow(schema: Any, place: Sequence[str | int]) -> Any:
    """The part of a JSON schema that speaks of a place."""
    part = schema
    for step in place:
        part = _resolve(schema, part)
        part = (
            part.get("properties", {}).get(step)
            or part.get("items")
            or part.get("additionalProperties")
            or {}
        )
    return _resolve(schema, part)


def _resolve(schema: Any, part: Any) -> Any:
    """A part without its references; of a value that may be left out, the value."""
    while "$ref" in part or "anyOf" in part:
        if "anyOf" in part:
            part = part["anyOf"][0]
        else:
            part = schema["$defs"][part["$ref"].rpartition("/")[2]]
    return part


def _allowed(part: Any) -> str:
    """What a part of the schema accepts, in words."""
    kind = part.get("type")
    if "enum" in part:
        return f"one of {', '.join(str(choice) for choice in part['enum'])}"
    if kind in _NUMBERS:
        return _NUMBERS[kind] + _range(part)
    if kind == "string":
        return "text" if part.get("minLength") is None else "text, not empty"
    if kind == "array":
        return "a list"
    if kind == "object":
        return f"a section with the keys {', '.join(part.get('properties', ()))}".rstrip()
    return str(part.get("description", "something else"))


def _range(part: Any) -> str:
    match part:
        case {"minimum": low, "maximum": high}:
            return f" from {low:g} to {high:g}"
        case {"minimum": low}:
            return f", at least {low:g}"
        case {"maximum": high}:
            return f", at most {high:g}"
    return ""
