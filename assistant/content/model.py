"""Everything the coach knows and says, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.content.checklist import Checklist
from assistant.content.logbook import Logbook
from assistant.content.questions import Answer
from assistant.content.training import Training
from assistant.content.triage import Triage


@dataclass(frozen=True, slots=True)
class Content:
    """The validated content of one machine in one language."""

    language: str
    prompts: Mapping[str, str]
    """Prompt key to text, with ``{slot}`` places."""
    checklist: Checklist
    training: Training
    triage: Triage
    logbook: Logbook
    answers: Mapping[str, Answer]
    """Row code to answer."""
