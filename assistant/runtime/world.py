"""The coach on virtual time: the real core, mixer and voice, with a clock that jumps.

Theory of operation. Time is cut into blocks of 20 ms. For each block the mixer renders what the
loudspeaker would play, the ears get what the microphone would pick up, and the runner takes the
events of both. When nothing sounds and nobody speaks, the clock jumps to the next deadline,
reminder or scripted step, so that two days take no longer than two sentences.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

from assistant.dialogue.events import Event, FaultCleared, FaultRaised
from assistant.runtime.clock import VirtualClock
from assistant.runtime.runner import Runner
from assistant.runtime.scenario import (
    Act,
    Advance,
    BeSilent,
    Break,
    Mend,
    Scenario,
    ScriptStep,
    Speak,
)
from assistant.sound.clip import Samples

BLOCKS_PER_S = 50
"""Blocks of 20 ms, the size in which a sound card asks for samples."""
BLOCK_S = 1 / BLOCKS_PER_S
REPLY_AFTER_S = 0.6
"""How long a person waits after the coach has finished before answering."""
TAIL_S = 120.0
"""How long a scenario may go on after its last step."""


class Audible(Protocol):
    """The sounding half of the coach."""

    rate: int

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds, waits to sound, or is being synthesised."""

    def render(self, frames: int) -> Samples:
        """The next samples for the loudspeaker."""

    def pump(self) -> None:
        """Post the events of what has sounded since the last call."""


class Ears(Protocol):
    """The hearing half: a person's words in, events out."""

    spoken: Samples
    """What the person said in the last block; silence may be a single zero."""

    @property
    def is_busy(self) -> bool:
        """Whether somebody is still speaking, or still being understood."""

    def listen_to(self, text: str) -> list[Event]:
        """A person begins to say this; gives what is understood at once, if anything is."""

    def hear(self, played: Samples, now: float) -> list[Event]:
        """What has been understood by the end of this block, given what the speaker played."""


class Agenda(Protocol):
    """Reminders on virtual time."""

    @property
    def next_due(self) -> float | None:
        """Virtual seconds at which the next one is due."""

    def take_due(self) -> list[Event]:
        """The reminders that are due now, each once."""


@dataclass(slots=True)
class World:
    """Everything a scenario is played against."""

    runner: Runner
    audible: Audible
    ears: Ears
    clock: VirtualClock
    agenda: Agenda
    posted: list[Event]
    """Where the sounding half posts its events."""
    tape: Callable[[Samples], None] | None = None
    """Gets every block as the room hears it; the silence of an ``advance`` is not on it."""
    _skips_silence: bool = False

    def play(self, scenario: Scenario) -> None:
        """Play a scenario to its end."""
        origin = 0.0
        for step in scenario.steps:
            self._wait_for(step, origin)
            self._do(step.act)
            if isinstance(step.act, Advance):
                origin = self.now
        self._finish()

    def listen_to(self, text: str) -> None:
        """A person begins to say this."""
        self._turn(self.ears.listen_to(text))

    @property
    def now(self) -> float:
        """Virtual seconds since the start."""
        return self.clock.monotonic()

    def _wait_for(self, step: ScriptStep, origin: float) -> None:
        if step.at is None:
            if isinstance(step.act, Speak):
                self._run_until_quiet()
                self._run_until(self.now + REPLY_AFTER_S)
            elif not isinstance(step.act, Advance):
                self._run_until_quiet()
            return
        self._run_until(step.at if step.at >= self.now else origin + step.at)

    def _do(self, act: Act) -> None:
        match act:
            case Speak(text):
                self.listen_to(text)
            case BeSilent():
                self._run_until(self.runner.next_deadline or self.now)
            case Break(part):
                self._turn([FaultRaised(part)])
            case Mend(part):
                self._turn([FaultCleared(part)])
            case Advance(seconds):
                self._skips_silence = True
                self._run_until(self.now + seconds)
                self._skips_silence = False
            case _:
                assert_never(act)

    @property
    def _is_quiet(self) -> bool:
        return self.audible.is_idle and not self.ears.is_busy

    def _run_until_quiet(self) -> None:
        while not self._is_quiet:
            self.tick()

    def _run_until(self, then: float) -> None:
        while self.now < then:
            if self._is_quiet and (self.tape is None or self._skips_silence):
                self._jump(then)
            else:
                self.tick()

    def _finish(self) -> None:
        """Let the coach finish: until nothing sounds and nothing is awaited, but not for ever."""
        end = self.now + TAIL_S
        self._run_until_quiet()
        while self.now < end and (due := self.runner.next_deadline) is not None:
            self._run_until(min(due, end))
            self._run_until_quiet()

    def _jump(self, then: float) -> None:
        """Skip the silence up to the next thing that can happen."""
        moments = (then, self.runner.next_deadline, self.agenda.next_due)
        self.clock.elapsed_s = max(self.now, min(at for at in moments if at is not None))
        self._turn([])

    def tick(self) -> None:
        """Let one block of time pass."""
        block = self.audible.render(self.audible.rate // BLOCKS_PER_S)
        self.clock.elapsed_s = round(self.clock.elapsed_s + BLOCK_S, 6)
        self.audible.pump()
        heard = self.ears.hear(block, self.now)
        if self.tape is not None:
            self.tape(block + self.ears.spoken)
        self._turn(heard)

    def _turn(self, heard: list[Event]) -> None:
        events = [*self.posted, *heard, *self.agenda.take_due()]
        self.posted.clear()
        self.runner.turn(events, self.now)
