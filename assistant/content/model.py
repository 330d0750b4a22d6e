"""Everything the coach knows and says, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.content.checklist import Checklist
from assistant.content.questions import Answer
from assistant.content.training import Training


@dataclass(frozen=True, slots=True)
class Content:
    """The validated content of one machine in one language."""

    language: str
    prompts: Mapping[str, str]
    """Prompt key to text, with ``{slot}`` places."""
    checklist: Checklist
    training: Training
    answers: Mapping[str, Answer]
    """Row code to answer."""
