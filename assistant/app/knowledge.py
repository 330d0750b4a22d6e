"""What the coach knows, loaded and checked together, with the owner's choices in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.dialogue.history import Machine
from assistant.dialogue.session import Manner, Session
from assistant.language.matcher import Matcher
from assistant.language.names import with_names
from assistant.language.sentences import Sentences, load_sentences
from assistant.progress import Unit
from assistant.settings import Settings


@dataclass(frozen=True)
class Knowledge:
    """What the coach knows, says and understands, checked together."""

    content: Content
    sentences: Sentences

    @cached_property
    def matcher(self) -> Matcher:
        """Finds the intent of a text."""
        return Matcher(self.sentences)

    def with_people(self, names: Iterable[str]) -> "Knowledge":
        """The same, and whose log can be opened by name."""
        return Knowledge(self.content, with_names(self.sentences, "person", names))


def know(settings: Settings) -> Knowledge:
    """Load the shipped content with the owner's choices in it.

    Raises:
        Complaint: everything that is wrong in the content files.
    """
    return Knowledge(owners_content(settings), load_sentences(ENGLISH / "sentences"))


def owners_content(settings: Settings) -> Content:
    """The shipped content with the owner's choices in it.

    Raises:
        Complaint: everything that is wrong in the content files.
    """
    content = load_content(ENGLISH)
    return replace(
        content,
        training=settings.training.applied_to(content.training),
        triage=settings.safety.applied_to(content.triage),
    )


def machine_of(content: Content, settings: Settings) -> Machine:
    """The machine as the log names it, from content with the owner's choices in it."""
    training = content.training
    return Machine(
        settings.training.machine,
        Unit(settings.training.unit.value),
        settings.training.step,
        training.start_phase,
        str(training.presets[training.default_preset]),
    )


def new_session(knowledge: Knowledge, settings: Settings) -> Session:
    """A session that has just begun, speaking as the owner likes it."""
    speaking = settings.speaking
    manner = Manner(speaking.volume, speaking.words_per_minute, settings.training.words)
    return Session(knowledge.content, manner=manner, usual_manner=manner)
