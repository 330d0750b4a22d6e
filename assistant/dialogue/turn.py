"""One step under way: the session as it changes and the effects gathered so far."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.content.triage import Level
from assistant.dialogue.cadence import Cadence
from assistant.dialogue.effects import (
    Advise,
    ChangeCadence,
    Cut,
    Effect,
    Hush,
    Log,
    Say,
    StartCadence,
)
from assistant.dialogue.events import SlotValue
from assistant.dialogue.session import Awaited, Idle, Mode, Session

ANSWER = "answer"
"""Name of the deadline by which an answer to the last question is expected."""


class Turn:
    """Collects what one event leads to.

    Conversations call these methods in the order in which a person would notice the results;
    ``step`` turns the outcome back into an immutable session and a tuple of effects.
    """

    def __init__(self, session: Session, now: float) -> None:
        self.session = session
        self.now = now
        self.effects: list[Effect] = []
        self._said: tuple[Say, ...] = ()

    def update(self, **changes: Any) -> None:
        """Replace fields of the session."""
        self.session = replace(self.session, **changes)

    def enter(self, mode: Mode) -> None:
        """Go over to another mode; deadlines of the old one are forgotten."""
        self.update(mode=mode, deadlines={}, awaited=None)

    def rest(self) -> None:
        """Go back to waiting for a command."""
        self.enter(Idle())

    def text(self, prompt: str, /, **slots: SlotValue) -> str:
        """The words of a prompt with its slots filled in."""
        return self.session.content.prompts[prompt].format_map(slots)

    def say(self, prompt: str, /, **slots: SlotValue) -> int:
        """Speak a prompt of the content files; returns its ticket."""
        return self.speak(prompt, self.text(prompt, **slots))

    def speak(self, prompt: str, text: str) -> int:
        """Speak words that stand in the content files under another key than a prompt's."""
        ticket = self.ticket()
        said = Say(prompt, text, ticket)
        self.effects.append(said)
        self._said = (*self._said, said)
        self.update(last_said=self._said)
        return ticket

    def expect(self, ticket: int, within_s: float) -> None:
        """Wait for an answer until ``within_s`` after the prompt with this ticket has ended."""
        self.update(awaited=Awaited(ticket, within_s))

    def ticket(self) -> int:
        """A number that no earlier prompt or cadence has carried."""
        self.update(tickets=self.session.tickets + 1)
        return self.session.tickets

    def count(self, cadence: Cadence) -> int:
        """Start a cadence after what is being said; returns its ticket."""
        ticket = self.ticket()
        self.effects.append(StartCadence(cadence, ticket))
        return ticket

    def change_count(self, cadence: Cadence, ticket: int) -> None:
        """Let the cadence with this ticket go on by these repetitions."""
        self.effects.append(ChangeCadence(cadence, ticket))

    def wake_at(self, name: str, after_s: float) -> None:
        """Ask for a ``DeadlinePassed(name)`` that many seconds from now."""
        self.update(deadlines={**self.session.deadlines, name: self.now + after_s})

    def forget(self, name: str) -> None:
        """Drop a deadline, if it is set."""
        kept: Mapping[str, float] = {
            key: at for key, at in self.session.deadlines.items() if key != name
        }
        self.update(deadlines=kept)

    def hush(self) -> None:
        """Stop speaking, but keep a running cadence."""
        self.update(spoken=self.session.tickets, awaited=None)
        self.effects.append(Hush())

    def cut(self) -> None:
        """Silence everything."""
        self.update(spoken=self.session.tickets, awaited=None)
        self.effects.append(Cut())

    def advise(self, level: Level) -> None:
        """Report the level of help that has been reached."""
        self.effects.append(Advise(level))

    def log(self, kind: str, /, *, private: bool = False, **detail: SlotValue) -> None:
        """Write something down."""
        self.effects.append(Log(kind, detail, private))

    def do(self, effect: Effect) -> None:
        """Add any other effect."""
        self.effects.append(effect)
