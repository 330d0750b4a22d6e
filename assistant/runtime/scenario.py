"""A timed script of what a person says and what goes wrong, read from a YAML file.

A scenario is a list of steps, or a mapping with ``steps`` and, if wanted, ``start`` (date and time
at which it begins) and ``expect`` (what it must have led to)::

    expect: {level: emergency}
    steps:
      - at: 0.5
        say: start set of twelve
      - at: 12.6
        say: stop
      - say: my back hurts        # without "at": as soon as the coach has finished speaking
      - silence: true             # lets the time for an answer pass
      - advance: 48h
      - fault: microphone         # and later: "mend: microphone"

``at`` counts seconds from the start. After an ``advance``, a time that has passed already counts
from there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from assistant.complaint import Complaint
from assistant.content.triage import Level
from assistant.yaml_file import read_yaml

PARTS = ("microphone", "speaker", "recogniser", "synthesiser", "journal", "disk")
_UNITS_S = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(frozen=True, slots=True)
class Speak:
    """The person says something."""

    text: str


@dataclass(frozen=True, slots=True)
class Advance:
    """Time passes."""

    seconds: float


@dataclass(frozen=True, slots=True)
class BeSilent:
    """The person does not answer the question that was just asked."""


@dataclass(frozen=True, slots=True)
class Break:
    """A part fails."""

    part: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A part that had failed works again."""

    part: str


Act: TypeAlias = Speak | Advance | BeSilent | Break | Mend


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One line of a scenario."""

    act: Act
    at: float | None = None
    """Seconds; none: when the coach has finished speaking."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A script, ready to be played."""

    steps: tuple[ScriptStep, ...]
    start: datetime = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
    expected: Level | None = None
    """The most urgent level the triage must have reached."""


@dataclass(slots=True)
class _Reader:
    """Turns plain data into a scenario, collecting every error with its place."""

    path: Path
    errors: list[str] = field(default_factory=list)

    def scenario(self, data: Any) -> Scenario:
        if isinstance(data, list):
            data = {"steps": data}
        if not isinstance(data, dict) or not isinstance(data.get("steps"), list):
            raise Complaint(f'{self.path}: must be a list of steps, or a mapping with "steps".')
        for key in data.keys() - {"steps", "start", "expect", "name", "about"}:
            self.errors.append(f'"{key}" is unknown; known are steps, start, expect, name, about')
        scenario = Scenario(
            steps=tuple(self._steps(data["steps"])),
            start=self._start(data.get("start")),
            expected=self._expected(data.get("expect")),
        )
        if self.errors:
            raise Complaint("\n".join(f"{self.path}: {error}." for error in self.errors))
        return scenario

    def _steps(self, items: list[Any]) -> Iterator[ScriptStep]:
        for number, item in enumerate(items, start=1):
            try:
                yield _step(item)
            except ValueError as error:
                self.errors.append(f"step {number}: {error}")

    def _start(self, value: Any) -> datetime:
        if value is None:
            return _DEFAULT.start
        try:
            start = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.errors.append(f'start: "{value}" is no date and time such as 2026-01-05 18:00')
            return _DEFAULT.start
        return start if start.tzinfo else start.replace(tzinfo=UTC)

    def _expected(self, value: Any) -> Level | None:
        if value is None:
            return None
        try:
            return Level(value["level"])
        except (TypeError, KeyError, ValueError):
            levels = ", ".join(Level)
            self.errors.append(f"expect: must be {{level: L}} with L one of {levels}")
            return None


_DEFAULT = Scenario(())


def load_scenario(path: Path) -> Scenario:
    """The scenario in a file.

    Raises:
        Complaint: all errors, each with file and step.
    """
    return _Reader(path).scenario(read_yaml(path))


def seconds(value: object) -> float:
    """Seconds of a duration such as ``90``, ``"48h"``, ``"1h30m"`` or ``"2d"``.

    Raises:
        ValueError: when it is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value)
    text = str(value).replace(" ", "")
    if not re.fullmatch(r"(\d+(\.\d+)?[smhd])+", text):
        raise ValueError(f'"{value}" is no duration; write 90s, 5m, 48h or 2d')
    parts = re.findall(r"(\d+(?:\.\d+)?)([smhd])", text)
    return sum(float(number) * _UNITS_S[unit] for number, unit in parts)


def _step(item: Any) -> ScriptStep:
    if not isinstance(item, Mapping):
        raise ValueError(f'"{item}" is no step; write for example "- say: stop"')  # noqa: TRY004
    acts = [key for key in item if key != "at"]
    if len(acts) != 1 or acts[0] not in _ACTS:
        known = ", ".join(_ACTS)
        raise ValueError(f"needs exactly one of {known} (and perhaps at), not {acts}")
    at = seconds(item["at"]) if "at" in item else None
    return ScriptStep(_act(acts[0], item[acts[0]]), at)


def _act(name: str, value: Any) -> Act:
    match name:
        case "say":
            if not str(value).strip():
                raise ValueError("say: is empty; write what the person says")
            # YAML reads a bare yes, no or number as something other than text.
            words = (
                {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            )
            return Speak(str(words))
        case "advance":
            return Advance(seconds(value))
        case "silence":
            return BeSilent()
        case _:
            if value not in PARTS:
                raise ValueError(f'{name}: "{value}" is no part; parts are {", ".join(PARTS)}')
            return Break(value) if name == "fault" else Mend(value)


_ACTS = ("say", "advance", "silence", "fault", "mend")


def from_lines(lines: Iterable[str]) -> Scenario:
    """A conversation in which each line is said when the coach has finished speaking."""
    return Scenario(tuple(ScriptStep(Speak(line.strip())) for line in lines if line.strip()))
