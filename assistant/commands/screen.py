"""How a timeline looks to people and to programs."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from assistant.content.triage import Level
from assistant.runtime.timeline import Detail, Kind, Record

Details: TypeAlias = Mapping[str, Detail]

_STYLES = {
    Kind.HEARD: ("you", "bold cyan"),
    Kind.SAID: ("coach", "green"),
    Kind.CUE: ("cue", "dim"),
    Kind.CUT: ("cut", "yellow"),
    Kind.LOGGED: ("log", "blue"),
    Kind.REMINDER: ("reminder", "magenta"),
    Kind.FAULT: ("fault", "bold red"),
    Kind.LEVEL: ("level", "bold red"),
    Kind.STATE: ("state", "dim"),
}


class Screen:
    """Prints records as they come: a coloured line each, or a JSON object each."""

    def __init__(self, *, as_json: bool = False, show_cues: bool = True) -> None:
        """Args: for programs or for people, and whether the cues of sets are wanted."""
        self._console = Console(highlight=False)
        self._as_json = as_json
        self._show_cues = show_cues
        self.levels: list[Level] = []
        """The levels of help the triage has reached so far."""

    def show(self, record: Record) -> None:
        """Print one record."""
        if record.kind is Kind.LEVEL:
            self.levels.append(Level(str(record.detail["level"])))
        if record.kind is Kind.CUE and not self._show_cues:
            return
        if self._as_json:
            sys.stdout.write(json.dumps(record.as_dict(), ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            self._console.print(_line(record), soft_wrap=True)

    def ignore(self, record: Record) -> None:
        """Print nothing."""

    def remark(self, text: str) -> None:
        """Tell a person something beside the timeline."""
        Console(stderr=True, highlight=False).print(text, style="bold", soft_wrap=True)


def _line(record: Record) -> Text:
    who, style = _STYLES[record.kind]
    line = Text(f"{record.at:9.2f}  ")
    line.append(f"{who:<10}", style=style)
    return line.append(describe(record), style="dim" if record.kind is Kind.CUE else "")


def describe(record: Record) -> str:
    """A record in words, without its time and kind."""
    return _WORDS.get(record.kind, _plainly)(record.detail)


def _plainly(detail: Details) -> str:
    return "  ".join(f"{value}" for value in detail.values())


def _heard(detail: Details) -> str:
    return f"{detail['text']}  [{detail['intent'] or 'not understood'}]"


def _cue(detail: Details) -> str:
    return f"rep {detail['rep']:<2} {detail['phase']:<10} {detail['clip']}"


def _fault(detail: Details) -> str:
    return f"{detail['text']} {'works again' if detail['cleared'] else 'has failed'}"


def _reminder(detail: Details) -> str:
    if detail["due"]:
        return f"{detail['text']} is due"
    return f"{detail['text']} in {timedelta(seconds=float(str(detail['after_s'])))}"


_WORDS: Mapping[Kind, Callable[[Details], str]] = {
    Kind.HEARD: _heard,
    Kind.SAID: lambda detail: str(detail["text"]),
    Kind.CUE: _cue,
    Kind.CUT: lambda _: "silence",
    Kind.FAULT: _fault,
    Kind.REMINDER: _reminder,
}
