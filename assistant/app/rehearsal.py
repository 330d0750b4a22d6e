"""The coach on virtual time: real core, voice and mixer, a simulated person and room."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread
from zoneinfo import ZoneInfo

from assistant.app.ears import TypedEars
from assistant.app.knowledge import Knowledge, machine_of, new_session
from assistant.app.lamp import NoLamp
from assistant.app.memory import Memory
from assistant.app.reminding import VirtualReminders
from assistant.app.stage import Stage
from assistant.dialogue.events import Event
from assistant.dialogue.expectation import expected
from assistant.dialogue.session import Session
from assistant.journal.agenda import Agenda
from assistant.journal.store import Journal
from assistant.runtime.clock import SystemClock, VirtualClock
from assistant.runtime.runner import Runner
from assistant.runtime.scenario import Scenario
from assistant.runtime.timeline import Record
from assistant.runtime.world import BLOCK_S, Ears, World
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.speaking.clips import ClipSource, PacedClips

PACED_RATE = 16_000
"""Frames a second where nobody listens to the sound."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How a scenario is to be played."""

    knowledge: Knowledge
    settings: Settings
    observe: Callable[[Record], None]
    """Gets each record as it happens."""
    clips: ClipSource = field(default_factory=lambda: PacedClips(PACED_RATE))
    """What makes the sound; by default silence that lasts as long as the words."""
    ears: Callable[[Stage, Callable[[], frozenset[str]]], Ears] | None = None
    """Makes the ears, which are told what answers are expected; by default what is typed is
    understood word for word."""
    tape: Callable[[Samples], None] | None = None
    """Gets all that the loudspeaker plays, block by block."""

    def play(self, scenario: Scenario) -> Session:
        """Play a scenario to its end; gives the session at the end."""
        world = self._world(scenario.start)
        world.play(scenario)
        return world.runner.session

    def talk(self, lines: Iterable[str], clock: SystemClock) -> None:
        """A typed conversation in real time, until the lines end."""
        world = self._world(clock.wall())
        typed: SimpleQueue[str | None] = SimpleQueue()
        Thread(target=_read, args=(lines, typed), daemon=True).start()
        began = clock.monotonic()
        while True:
            next_block = began + world.now + BLOCK_S
            try:
                line = typed.get(timeout=max(0.0, next_block - clock.monotonic()))
            except Empty:
                world.tick()
                continue
            if line is None:
                return
            world.listen_to(line)

    def _world(self, start: datetime) -> World:
        posted: list[Event] = []
        clock = VirtualClock(start)
        stage = Stage(self.clips, self.settings, post=posted.append, submit=_at_once)
        rules, zone = self.knowledge.content.logbook, ZoneInfo("UTC")
        machine = machine_of(self.knowledge.content, self.settings)
        journal = Journal.open(None, rules, now=start, zone=zone, machine=machine)
        memory = Memory(journal, clock, posted.append)
        agenda = Agenda(journal, rules, zone, start, 0.0)
        reminders = VirtualReminders(agenda, clock, memory.recall)
        memory.recall()
        runner = Runner(
            new_session(self.knowledge, self.settings),
            mouth=stage,
            journal=memory,
            reminders=reminders,
            lamp=NoLamp(),
            observe=self.observe,
        )
        if self.ears is None:
            ears: Ears = TypedEars(self.knowledge.matcher, stage.mixer.cut)
        else:
            ears = self.ears(stage, lambda: expected(runner.session))
        return World(runner, stage, ears, clock, reminders, posted, self.tape)


def _at_once(job: Callable[[], None]) -> None:
    """Run a job now: on virtual time synthesis takes no time."""
    job()


def _read(lines: Iterable[str], typed: "SimpleQueue[str | None]") -> None:
    for line in lines:
        if line.strip():
            typed.put(line.strip())
    typed.put(None)
