"""Reads the content files and checks them together: all errors at once, each with its place."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from assistant.complaint import Complaint
from assistant.content.checklist import Checklist
from assistant.content.logbook import Logbook
from assistant.content.model import Content
from assistant.content.questions import Answer, slips
from assistant.content.training import Training
from assistant.content.triage import Triage
from assistant.yaml_file import read_yaml

ENGLISH = Path(__file__).parent / "en"
"""The shipped content."""

T = TypeVar("T")


def load_content(folder: Path = ENGLISH) -> Content:
    """The validated content of one folder.

    Raises:
        Complaint: one line for each error, with file and key.
    """
    errors: list[str] = []
    prompts = _prompts(folder / "prompts", errors)
    checklist = _read(folder / "checklist.yaml", Checklist, errors)
    training = _read(folder / "training.yaml", Training, errors)
    triage = _read(folder / "triage.yaml", Triage, errors)
    logbook = _read(folder / "logbook.yaml", Logbook, errors)
    answers = _read(folder / "questions.yaml", tuple[Answer, ...], errors)
    errors.extend(f"{folder / 'questions.yaml'}: {slip}." for slip in slips(answers or ()))
    if errors or not (checklist and training and triage and logbook and answers):
        raise Complaint("\n".join(errors))
    return Content(
        language=folder.name,
        prompts=prompts,
        checklist=checklist,
        training=training,
        triage=triage,
        logbook=logbook,
        answers={answer.code: answer for answer in answers},
    )


def _read(path: Path, kind: type[T], errors: list[str]) -> T | None:
    try:
        data = read_yaml(path)
    except Complaint as complaint:
        errors.append(str(complaint))
        return None
    _forbid_unknown_keys(kind)
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        for problem in error.errors():
            place = ".".join(str(part) for part in problem["loc"])
            errors.append(f"{path}: {place}: {problem['msg']}.")
        return None


def _forbid_unknown_keys(kind: Any) -> None:
    """Make validation refuse misspelt keys, in this type and in those of its fields."""
    if is_dataclass(kind) and isinstance(kind, type):
        kind.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
        hints = get_type_hints(kind)
        for field in fields(kind):
            _forbid_unknown_keys(hints[field.name])
    for part in get_args(kind):
        _forbid_unknown_keys(part)


def _prompts(folder: Path, errors: list[str]) -> Mapping[str, str]:
    prompts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        texts = _read(path, dict[str, str], errors) or {}
        for key, text in texts.items():
            errors.extend(_prompt_errors(path, key, text, prompts))
            prompts[key] = text
    return prompts


def _prompt_errors(path: Path, key: str, text: str, known: Mapping[str, str]) -> Iterator[str]:
    if key in known:
        yield f"{path}: {key}: is defined twice; keep one of the two."
    if not text.strip():
        yield f"{path}: {key}: is empty; write what is to be said."
    try:
        list(string.Formatter().parse(text))
    except ValueError as error:
        yield f"{path}: {key}: has a broken slot ({error})."
