"""A lifter who speaks real sentences, and a journal that remembers."""

from datetime import UTC, datetime, timedelta
from functools import cache

from assistant.content.loader import ENGLISH, load_content
from assistant.dialogue.effects import Effect, Log, Say
from assistant.dialogue.events import Heard, HistoryRecalled, NotUnderstood, SlotValue
from assistant.dialogue.history import Machine, SetDone
from assistant.dialogue.session import Session
from assistant.journal.moments import zone_named
from assistant.journal.store import Journal
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from tests.dialogue.stage import PROMPT_S, Stage

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


@cache
def matcher() -> Matcher:
    return Matcher(load_sentences(ENGLISH / "sentences"))


class Gym(Stage):
    """The stage with sentences instead of intents, and with the real journal, in memory."""

    def __init__(self, machine: Machine | None = None) -> None:
        super().__init__(load_content())
        self.machine = machine or Machine()
        self.journal = Journal.open(
            None,
            self.session.content.logbook,
            now=self.wall,
            zone=zone_named("UTC"),
            machine=self.machine,
        )
        self.recall()

    @property
    def wall(self) -> datetime:
        return MONDAY + timedelta(seconds=self.now)

    def recall(self) -> None:
        self.meets(HistoryRecalled(self.journal.recall(self.wall, self.now)))

    def restart(self) -> None:
        """The program ends and starts again."""
        self.session = Session(self.session.content)
        self._coming.clear()
        self.effects.clear()
        self.recall()

    def hear(self, text: str) -> str:
        """What the coach replies, in words."""
        self.effects.clear()
        found = matcher().match(text)
        self.meets(NotUnderstood(text) if found is None else Heard(found.intent, found.slots, text))
        reply = self.reply
        self.runs(PROMPT_S * len(self.of(Say)))
        return reply

    @property
    def reply(self) -> str:
        return " ".join(say.text for say in self.of(Say))

    def be_silent(self) -> str:
        """What the coach says when nobody answers."""
        self.effects.clear()
        self.runs(30)
        return self.reply

    def wait(self, **time: float) -> None:
        self.runs(timedelta(**time).total_seconds())

    def do_set(self, reps: int) -> None:
        """A set counted by the coach, to its end."""
        self.write(reps=reps, reps_planned=reps, tempo="3-1-2-1")

    def write(self, kind: str = "set", /, *, private: bool = False, **detail: SlotValue) -> None:
        self._carry_out(Log(kind, detail, private))

    @property
    def today(self) -> tuple[SetDone, ...]:
        return self.session.history.today

    @property
    def last(self) -> SetDone:
        return self.today[-1]

    def _carry_out(self, effect: Effect) -> None:
        super()._carry_out(effect)
        if isinstance(effect, Log):
            self.journal.write(effect.kind, effect.detail, now=self.wall, private=effect.private)
            self.recall()
