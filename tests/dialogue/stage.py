"""A lifter and a perfect loudspeaker around the real core, on virtual time."""

from collections.abc import Callable
from typing import TypeVar

from assistant.content.model import Content
from assistant.dialogue.cadence import Cadence, Cue, Phase
from assistant.dialogue.effects import ChangeCadence, Cut, Effect, Hush, Log, Say, StartCadence
from assistant.dialogue.events import (
    CadenceFinished,
    CueSounded,
    DeadlinePassed,
    Event,
    Heard,
    PromptSpoken,
    SlotValue,
)
from assistant.dialogue.session import Session
from assistant.dialogue.step import step

PROMPT_S = 1.0
"""Every prompt sounds this long, so that times in tests are whole seconds."""

E = TypeVar("E", bound=Effect)


class Stage:
    """Carries the effects of ``step`` out and feeds back what they lead to, moment by moment."""

    def __init__(self, content: Content) -> None:
        self.session = Session(content, checked_at=0.0)
        self.now = 0.0
        self.effects: list[Effect] = []
        self.sounded: list[tuple[float, Cue]] = []
        """Every cue so far, and when."""
        self._coming: list[tuple[float, Event]] = []
        self._silent_from = 0.0
        self._cadence: tuple[Cadence, int] | None = None

    def hears(self, intent: str, **slots: SlotValue) -> None:
        self.meets(Heard(intent, slots))

    def meets(self, event: Event) -> None:
        if isinstance(event, CueSounded):
            self.sounded.append((self.now, event.cue))
        self.session, effects = step(self.session, event, self.now)
        for effect in effects:
            self.effects.append(effect)
            self._carry_out(effect)

    def runs(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now + seconds
        while (moment := self._next_moment()) <= end:
            self.now = moment
            self.meets(self._take_next())
        self.now = end

    def runs_until(self, is_reached: Callable[[Session], bool]) -> None:
        while not is_reached(self.session):
            self.now = self._next_moment()
            assert self.now < float("inf"), "nothing is going to happen any more"
            self.meets(self._take_next())

    def runs_to_rep(self, done: int) -> None:
        """Let the set run until so many repetitions have been counted."""
        self.runs_until(lambda session: getattr(session.mode, "done", -1) >= done)

    def said(self) -> list[str]:
        """Keys of the prompts spoken since the last call; forgets all effects so far."""
        keys = [effect.prompt for effect in self.effects if isinstance(effect, Say)]
        self.effects.clear()
        return keys

    def of(self, kind: type[E]) -> list[E]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def sets_logged(self) -> list[Log]:
        return [effect for effect in self.of(Log) if effect.kind == "set"]

    @property
    def is_counting(self) -> bool:
        return any(isinstance(event, CadenceFinished) for _, event in self._coming)

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case Say(ticket=ticket):
                self._silent_from = max(self._silent_from, self.now) + PROMPT_S
                self._coming.append((self._silent_from, PromptSpoken(ticket)))
            case StartCadence(cadence, ticket):
                self._play(cadence, ticket, max(self._silent_from, self.now))
            case ChangeCadence(cadence, ticket):
                self._go_on_by(cadence, ticket)
            case Hush():
                self._drop(PromptSpoken)
            case Cut():
                self._drop(PromptSpoken, CueSounded, CadenceFinished)

    def _play(self, cadence: Cadence, ticket: int, start: float) -> None:
        for cue in cadence.cues:
            frame = round((start + cue.at_s) * 48_000)
            self._coming.append((start + cue.at_s, CueSounded(ticket, cue, frame)))
        self._coming.append((start + cadence.duration_s, CadenceFinished(ticket)))

    def _go_on_by(self, cadence: Cadence, ticket: int) -> None:
        """The new cues take over where the first of their repetitions begins."""
        rep = cadence.cues[0].rep
        old = [it for it in self._coming if isinstance(it[1], CueSounded) and it[1].cue.rep >= rep]
        start = min(at for at, _ in old)
        self._coming = [it for it in self._coming if it not in old]
        self._coming = [it for it in self._coming if not isinstance(it[1], CadenceFinished)]
        self._play(cadence, ticket, start)

    def _drop(self, *kinds: type[Event]) -> None:
        self._coming = [it for it in self._coming if not isinstance(it[1], kinds)]
        self._silent_from = self.now

    def _next_moment(self) -> float:
        deadlines = self.session.deadlines.values()
        return min([at for at, _ in self._coming] + list(deadlines), default=float("inf"))

    def _take_next(self) -> Event:
        for name, at in self.session.deadlines.items():
            if at <= self.now:
                return DeadlinePassed(name)
        first = min(range(len(self._coming)), key=lambda index: self._coming[index][0])
        return self._coming.pop(first)[1]


def reps_counted(effects: list[Effect]) -> list[int]:
    """The repetitions whose number has sounded, as the journal was told."""
    return [
        int(it.detail["reps"]) for it in effects if isinstance(it, Log) and it.kind == "progress"
    ]


def planned_reps(cadence: Cadence) -> list[int]:
    return [cue.rep for cue in cadence.cues if cue.phase is Phase.DONE]
