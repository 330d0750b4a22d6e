"""Numbers as they are spoken."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hassil.numbers import get_rbnf_engine

_HUNDRED_REST = re.compile(r"\bhundred (?!and\b|thousand\b|million\b)(?=\w)")
_HUNDRED_AND = re.compile(r"\bhundred and (?=\w)")
_FOUR_DIGITS = re.compile(r"\b\d[\dxa]{3}\b")
_BARE_NUMBER = re.compile(r"(?<![\w.{<\\])\d+(?![\w.}>])")


@lru_cache(maxsize=4096)
def spoken(number: float, language: str) -> tuple[str, ...]:
    """All ways to say a number, without hyphens: ``105`` is also "one hundred and five"."""
    texts = get_rbnf_engine(language).format_number(number).text_by_ruleset.values()
    plain = dict.fromkeys(text.replace("-", " ") for text in texts)
    if language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0] == "en":
        plain |= dict.fromkeys(_HUNDRED_REST.sub("hundred and ", text) for text in list(plain))
    return tuple(plain)


def without_and(text: str) -> str:
    """Rewrite "one hundred and five" to the form that hassil knows, "one hundred five"."""
    return _HUNDRED_AND.sub("hundred ", text)


def spelt_out(text: str) -> str:
    """Write four digits in one word as they are spoken, "3120" as "3 1 2 0" and "31x1" alike."""
    return _FOUR_DIGITS.sub(lambda found: " ".join(found[0]), text)


def speak_digits(template: str, language: str) -> str:
    """Let each number written in digits in a template also be said: ``2`` is ``(2|two)``."""

    def both(found: re.Match[str]) -> str:
        return f"({'|'.join((found[0], *spoken(int(found[0]), language)))})"

    return "".join(
        part if part.startswith(("{", "<")) else _BARE_NUMBER.sub(both, part)
        for part in _split_references(template)
    )


def _split_references(template: str) -> Iterator[str]:
    """Cut a template so that every ``{list}`` and ``<rule>`` is a piece of its own."""
    yield from re.split(r"(\{[^}]*\}|<[^>]*>)", template)
