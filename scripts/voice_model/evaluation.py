"""How well a model hears: through the product's own recogniser and matcher.

Each model is measured in a process of its own, for its memory.
"""

import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from assistant.commands.transcriber import ears_for
from assistant.hearing.models import ModelFolder
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Sentences
from assistant.sound.wav import to_pcm

from .corpus import RATE
from .trials import TrialSet


class Hearing(Protocol):
    """Turns one utterance into words."""

    def hear(self, pcm: bytes) -> str:
        """The words, empty or ``[unk]`` where there are none to be understood."""


@dataclass(slots=True)
class Figures:
    """What came out."""

    rows: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By row: how many utterances came out ``right``, ``wrong`` or ``rejected``."""
    heard_s: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Sound by row."""
    worked_s: float = 0.0
    """Processor time."""
    memory_mb: float = 0.0
    """Most that the process has held."""

    def as_json(self) -> str:
        """One line."""
        whole = sum(self.heard_s.values())
        return json.dumps(
            {
                "rows": self.rows,
                "hours": {row: seconds / 3600 for row, seconds in self.heard_s.items()},
                "real_time_factor": self.worked_s / whole if whole else 0.0,
                "memory_mb": self.memory_mb,
            }
        )


class VoskHearing:
    """A Vosk model within some sentences, as the product hears recordings."""

    def __init__(self, model: Path, sentences: Sentences) -> None:
        self._ears = ears_for(ModelFolder(model), sentences)

    def hear(self, pcm: bytes) -> str:
        """The words."""
        return self._ears.hear(pcm)


def measure(tests: Iterable[TrialSet], make: Callable[[Sentences], Hearing]) -> Figures:
    """Hear all tests; an answer is right when it means the same as what was said."""
    figures = Figures()
    for test in tests:
        ears = make(test.sentences)
        matcher = Matcher(test.sentences)
        for trial in test.trials:
            began = time.process_time()  # durations of computing, which no other module measures
            text = ears.hear(to_pcm(trial.sound))
            figures.worked_s += time.process_time() - began
            figures.heard_s[test.row] += len(trial.sound) / RATE
            meant = matcher.match(trial.said) if trial.said else None
            figures.rows[test.row][_verdict(matcher.match(text) if text else None, meant)] += 1
    figures.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _verdict(heard: Match | None, meant: Match | None) -> str:
    if heard is None:
        return "rejected"
    if meant and (heard.intent, heard.slots) == (meant.intent, meant.slots):
        return "right"
    return "wrong"
