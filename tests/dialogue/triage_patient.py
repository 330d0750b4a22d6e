"""Somebody in pain and the core, on virtual time: what is said is understood word for word."""

from dataclasses import dataclass, field, replace
from functools import cache

from assistant.content.loader import ENGLISH, load_content
from assistant.content.model import Content
from assistant.content.triage import Level
from assistant.dialogue.effects import Advise, Effect, Log, Say, StartCadence
from assistant.dialogue.events import (
    DeadlinePassed,
    Event,
    Heard,
    NotUnderstood,
    PromptSpoken,
    ReminderDue,
)
from assistant.dialogue.session import Mode, Session
from assistant.dialogue.step import step
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences

SPOKEN_S = 4.0
"""How long everything that the coach says in one turn lasts here."""


@cache
def content() -> Content:
    """The shipped content."""
    return load_content(ENGLISH)


@cache
def matcher() -> Matcher:
    """What the shipped sentences mean."""
    return Matcher(load_sentences(ENGLISH / "sentences"))


@cache
def heard(text: str) -> Event:
    """The event that a text leads to."""
    match = matcher().match(text)
    return NotUnderstood(text) if match is None else Heard(match.intent, match.slots, text)


@dataclass
class Patient:
    """Talks to the core and remembers everything that came of it."""

    session: Session = field(default_factory=lambda: Session(content()))
    now: float = 0.0
    effects: list[Effect] = field(default_factory=list)
    """All effects so far."""
    last: tuple[Effect, ...] = ()
    """Effects of the last event."""

    def put_in(self, mode: Mode) -> None:
        """Begin in the middle of something."""
        self.session = replace(self.session, mode=mode)

    def post(self, event: Event) -> None:
        """Let something happen."""
        self.session, self.last = step(self.session, event, self.now)
        self.effects += self.last

    def hear_out(self) -> None:
        """Let the coach finish speaking."""
        if self.session.is_speaking:
            self.now += SPOKEN_S
            self._quietly(PromptSpoken(self.session.tickets))

    def say(self, *texts: str) -> None:
        """Say each text as soon as the coach has finished speaking, and hear out the reply."""
        for text in texts:
            self.hear_out()
            self.post(heard(text))
        self.hear_out()

    def interrupt(self, text: str) -> None:
        """Say something while the coach is still speaking."""
        self.post(heard(text))

    def be_silent(self) -> None:
        """Let the next deadline pass."""
        self.hear_out()
        name, at = min(self.session.deadlines.items(), key=lambda item: item[1])
        self.now = max(self.now, at)
        self.post(DeadlinePassed(name))
        self.hear_out()

    def deny_all(self) -> None:
        """Report pain, and answer every question with a clear no."""
        self.say("my back hurts")
        for _ in content().triage.questions:
            self.say("no")

    def wait_for_reminder(self, name: str) -> None:
        """Let a reminder come due."""
        self.post(ReminderDue(name))

    @property
    def said(self) -> str:
        """Everything spoken in reply to the last event."""
        return " ".join(it.text for it in self.last if isinstance(it, Say))

    @property
    def prompts(self) -> list[str]:
        """Keys of what was spoken in reply to the last event."""
        return [it.prompt for it in self.last if isinstance(it, Say)]

    @property
    def level(self) -> Level | None:
        """The last level of help that was reported to the outside."""
        return next((it.level for it in reversed(self.effects) if isinstance(it, Advise)), None)

    @property
    def logs(self) -> list[Log]:
        """Everything written down so far."""
        return [it for it in self.effects if isinstance(it, Log)]

    @property
    def sets_started(self) -> int:
        """How many cadences have begun."""
        return sum(isinstance(it, StartCadence) for it in self.effects)

    def _quietly(self, event: Event) -> None:
        """Let something happen that the last effects are not forgotten for."""
        last = self.last
        self.post(event)
        self.last = (*last, *self.last)
