"""The sentences a person may say, read from YAML files in the Home Assistant template format.

Every file is checked by itself (YAML, shape, templates), then all are merged into one value whose
references are checked as a whole. Errors are collected, so that one run shows all of them.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from hassil import Intents, parse_sentence
from hassil.expression import Expression, Group, ListReference, RuleReference
from hassil.numbers import get_rbnf_engine
from hassil.parser import ParseError
from hassil.util import is_template
from pydantic import ValidationError

from assistant.complaint import Complaint
from assistant.language.numbers import speak_digits
from assistant.language.schema import BlockShape, FileShape, ListShape, ValueShape
from assistant.yaml_file import read_yaml

# hassil reports each skipped template at debug level; nothing of it concerns a user.
logging.getLogger("hassil").setLevel(logging.WARNING)


class Live(StrEnum):
    """When a sentence may act."""

    URGENT = "urgent"
    """Always, also while the coach speaks or counts."""
    SET = "set"
    """In silence and while a set is being counted."""
    QUIET = "quiet"
    """Only while the coach is silent."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Checked sentence templates of one language, merged from all their files."""

    language: str
    intents: Intents
    """The templates as hassil holds them; fillers are kept apart, in ``fillers``."""
    fillers: tuple[str, ...]
    """Words and phrases that may surround a sentence without changing it, such as "please"."""
    origins: Mapping[str, tuple[Path, ...]]
    """Intent name to the files that define it."""


_SHARED: Final = ("lists", "expansion_rules")
_UNREADABLE: Final = (ParseError, AssertionError, ValueError, IndexError)
"""What hassil raises for templates with unbalanced brackets and the like."""


def load_sentences(*places: Path) -> Sentences:
    """Read files, or folders of ``*.yaml`` files, and merge them.

    Raises:
        Complaint: all that is wrong, one line each, with file and key.

    """
    files = [file for place in places for file in _files_in(place)]
    complaints: list[str] = []
    shapes: dict[Path, FileShape] = {}
    for file in files:
        try:
            shapes[file] = _read(file)
        except Complaint as complaint:
            complaints.append(str(complaint))
    complaints += _conflicts(shapes)
    if complaints:
        raise Complaint("\n".join(complaints))
    language = next((shape.language for shape in shapes.values()), "en")
    try:
        sentences = _merge(shapes, language)
        complaints += _dangling(sentences)
    except _UNREADABLE as error:
        # Only now is each template read by itself, to say which one it is.
        broken = [line for file in files for line in _template_errors(file, shapes[file])]
        raise Complaint("\n".join(broken or [f"The sentences cannot be read: {error}."])) from error
    if complaints:
        raise Complaint("\n".join(complaints))
    return sentences


def _files_in(place: Path) -> list[Path]:
    if place.is_dir():
        files = sorted([*place.glob("*.yaml"), *place.glob("*.yml")])
        if not files:
            raise Complaint(f"{place}: there is no sentence file (*.yaml) in this folder.")
        return files
    if not place.exists():
        raise Complaint(f"{place}: there is no such sentence file.")
    return [place]


def _read(file: Path) -> FileShape:
    raw = read_yaml(file)
    if not isinstance(raw, dict):
        raise Complaint(f"{file}: a sentence file is a mapping with the key intents.")
    try:
        shape = FileShape.model_validate(raw)
    except ValidationError as error:
        raise Complaint("\n".join(_shape_errors(file, error))) from error
    try:
        get_rbnf_engine(shape.language)
    except ValueError as error:
        raise Complaint(
            f"{file}: language: there are no number words for {shape.language!r}."
        ) from error
    return shape


def _shape_errors(file: Path, error: ValidationError) -> Iterator[str]:
    for detail in error.errors():
        key = ".".join(str(part) for part in detail["loc"]) or "the file"
        yield f"{file}: {key}: {detail['msg'].removeprefix('Value error, ')}."


def _template_errors(file: Path, shape: FileShape) -> Iterator[str]:
    for key, template in _templates(shape):
        try:
            parse_sentence(template)
        except _UNREADABLE:
            yield f"{file}: {key}: this template cannot be read: {template!r}."


def _templates(shape: FileShape) -> Iterator[tuple[str, str]]:
    yield from _shared_templates("", shape)
    for intent, blocks in shape.intents.items():
        for position, block in enumerate(blocks.data):
            key = f"intents.{intent}.data.{position}."
            yield from ((f"{key}sentences", template) for template in block.sentences)
            yield from _shared_templates(key, block)


def _shared_templates(prefix: str, part: FileShape | BlockShape) -> Iterator[tuple[str, str]]:
    for name, template in part.expansion_rules.items():
        yield f"{prefix}expansion_rules.{name}", template
    for name, choices in part.lists.items():
        for value in choices.values or ():
            yield f"{prefix}lists.{name}", value if isinstance(value, str) else value.said


def _conflicts(shapes: Mapping[Path, FileShape]) -> Iterator[str]:
    """Name lists and rules that differ between files: all files share them."""
    for kind in _SHARED:
        first: dict[str, tuple[Path, object]] = {}
        for file, shape in shapes.items():
            for name, body in getattr(shape, kind).items():
                seen, other = first.setdefault(name, (file, body))
                if other != body:
                    yield f"{file}: {kind}.{name}: {seen} defines it differently; rename one."
    languages = {shape.language: file for file, shape in shapes.items()}
    if len(languages) > 1:
        yield f"The sentence files mix languages: {', '.join(sorted(languages))}."


def _merge(shapes: Mapping[Path, FileShape], language: str) -> Sentences:
    intents: dict[str, Any] = {}
    shared: dict[str, dict[str, Any]] = {kind: {} for kind in _SHARED}
    origins: dict[str, tuple[Path, ...]] = {}
    fillers: dict[str, None] = {}
    for file, shape in shapes.items():
        shared["lists"] |= _lists(shape.lists, language)
        shared["expansion_rules"] |= _rules(shape.expansion_rules, language)
        fillers |= dict.fromkeys(" ".join(word.lower().split()) for word in shape.skip_words)
        for name, intent in shape.intents.items():
            origins[name] = (*origins.get(name, ()), file)
            blocks = intents.setdefault(name, {"data": []})["data"]
            blocks += [_block(block, language) for block in intent.data]
    merged = Intents.from_dict({"language": language, "intents": intents, **shared})
    return Sentences(language, merged, tuple(fillers), origins)


def _block(block: BlockShape, language: str) -> dict[str, Any]:
    return {
        "sentences": [speak_digits(template, language) for template in block.sentences],
        "slots": block.slots,
        "metadata": {"live": block.metadata.live},
        "lists": _lists(block.lists, language),
        "expansion_rules": _rules(block.expansion_rules, language),
    }


def _rules(rules: Mapping[str, str], language: str) -> dict[str, str]:
    return {name: speak_digits(body, language) for name, body in rules.items()}


def _lists(lists: Mapping[str, ListShape], language: str) -> dict[str, Any]:
    return {name: _list(shape, language) for name, shape in lists.items()}


def _list(shape: ListShape, language: str) -> dict[str, Any]:
    if shape.range is not None:
        return {"range": shape.range.model_dump(by_alias=True)}
    return {"values": [_value(value, language) for value in shape.values or ()]}


def _value(value: str | ValueShape, language: str) -> dict[str, Any]:
    said, meant = (value, None) if isinstance(value, str) else (value.said, value.meant)
    spoken = {"in": speak_digits(said, language)}
    if meant is not None:
        return {**spoken, "out": meant}
    # Of a template, hassil puts the very words that were said into the slot.
    return spoken if is_template(said) else {**spoken, "out": said}


def _dangling(sentences: Sentences) -> Iterator[str]:
    """Name references that lead nowhere, or back to themselves."""
    intents = sentences.intents
    for name, intent in intents.intents.items():
        where = ", ".join(map(str, dict.fromkeys(sentences.origins[name])))
        for block in intent.data:
            rules = {**intents.expansion_rules, **block.expansion_rules}
            known = intents.slot_lists.keys() | block.slot_lists.keys()
            for template in block.sentences:
                for problem in _reference_errors(template.expression, rules, known, ()):
                    yield f"{where}: {name}: {template.text!r} {problem}."


def _reference_errors(
    part: Expression, rules: Mapping[str, Any], lists: Iterable[str], path: tuple[str, ...]
) -> Iterator[str]:
    if isinstance(part, Group):
        for item in part.items:
            yield from _reference_errors(item, rules, lists, path)
    elif isinstance(part, ListReference):
        if part.list_name not in lists and not part.is_inline_range:
            yield f"names the list {{{part.list_name}}}, which is not defined"
    elif isinstance(part, RuleReference):
        if part.rule_name in path:
            yield f"uses the rule <{part.rule_name}>, which leads back to itself"
        elif part.rule_name not in rules:
            yield f"names the rule <{part.rule_name}>, which is not defined"
        else:
            body = rules[part.rule_name].expression
            yield from _reference_errors(body, rules, lists, (*path, part.rule_name))
