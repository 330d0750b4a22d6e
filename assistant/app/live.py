"""The live coach: opens everything, thinks until it is told to stop, closes everything."""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event as Flag
from threading import Thread
from typing import Self

from assistant import paths
from assistant.app.hearing import ear_maker
from assistant.app.knowledge import Knowledge, machine_of, new_session
from assistant.app.lamp import NoLamp
from assistant.app.memory import Memory
from assistant.app.stage import Stage
from assistant.complaint import Complaint
from assistant.dialogue.events import Event, ReminderDue, Started
from assistant.hearing.listener import Listener
from assistant.hearing.microphone import Microphone
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE
from assistant.journal.agenda import Agenda
from assistant.journal.moments import local_zone
from assistant.journal.store import Journal
from assistant.reminders import Reminders
from assistant.runtime.clock import SystemClock
from assistant.runtime.inbox import Inbox
from assistant.runtime.runner import Runner
from assistant.runtime.timeline import Record
from assistant.settings import Settings
from assistant.sound.card import SoundCard
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.speaker import Speaker
from assistant.speaking.synthesiser import Synthesiser

BUSY_POLL_S = 0.02
"""While something sounds, what the mixer reports is looked at this often."""
IDLE_POLL_S = 0.1
"""While nothing sounds, something may begin to at any moment."""
CLOCK_CHECK_S = 20.0
"""The wall clock may be set at any time; reminders follow within this long."""

_log = logging.getLogger(__name__)


class Coach:
    """Everything that runs while somebody trains.

    As a context manager it opens the devices, or complains, and closes them in the end. ``think``
    belongs to the thread that opened it; ``stop`` may be called from any, also from a signal.
    """

    def __init__(
        self, knowledge: Knowledge, settings: Settings, observe: Callable[[Record], None]
    ) -> None:
        """Open nothing yet; ``observe`` gets each record as it happens."""
        self._knowledge = knowledge
        self._settings = settings
        self._observe = observe
        self._clock = SystemClock()
        self._began = self._clock.monotonic()
        self._inbox = Inbox()
        self._stopping = Flag()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open(self, stack: ExitStack) -> None:
        settings = self._settings
        memory = self._open_journal(stack)
        self._knowledge = knowledge = self._knowledge.with_people(memory.people())
        model = find_model(settings.hearing.model)
        speaker = Speaker(settings.speaking.speaker, settings.speaking.rate)
        microphone = Microphone(settings.hearing.microphone, RATE)
        self._card = SoundCard(
            (microphone, speaker),
            self._inbox.post,
            self._clock.monotonic,
            is_sounding=lambda: not self._stage.is_idle,
        )
        stack.callback(self._card.close)
        if failed := self._card.open():
            raise Complaint("\n".join(str(complaint) for complaint in failed.values()))
        clips = self._clips(stack, speaker.rate_hz)
        synthesis = stack.enter_context(ThreadPoolExecutor(1, "synthesis"))
        self._stage = Stage(clips, settings, post=self._inbox.post, submit=synthesis.submit)
        speaker.play(self._stage.render)
        self._listener = Listener(
            microphone,
            ear_maker(model, knowledge, settings, self._stage),
            self._inbox.post,
            self._clock.monotonic,
        )
        stack.callback(self._listener.stop)
        self._runner = Runner(
            new_session(knowledge, settings),
            mouth=self._stage,
            journal=memory,
            reminders=self._reminders,
            lamp=NoLamp(),
            observe=self._note,
        )

    def _clips(self, stack: ExitStack, rate: int) -> ClipStore:
        synthesiser = stack.enter_context(Synthesiser(self._settings.speaking.voice))
        cache = paths.cache_folder()
        clips = ClipStore(synthesiser, rate, cache / "clips" if cache else None)
        pace = self._settings.speaking.words_per_minute
        texts = fixed_texts(self._knowledge)
        Thread(target=clips.warm, args=(texts, pace), name="warm-up", daemon=True).start()
        return clips

    def _open_journal(self, stack: ExitStack) -> Memory:
        rules, zone, now = self._knowledge.content.logbook, local_zone(), self._clock.wall()
        folder = paths.data_place(self._settings.files.data_dir)
        machine = machine_of(self._knowledge, self._settings)
        journal = Journal.open(folder, rules, now=now, zone=zone, machine=machine)
        memory = Memory(journal, self._clock, self._inbox.post)
        stack.callback(memory.close)
        agenda = Agenda(journal, rules, zone, now, self._clock.monotonic())
        self._reminders = Reminders(agenda, self._clock, self._inbox.post, memory.recall)
        memory.recall()
        return memory

    def think(self) -> None:
        """Live until ``stop``: take events, let the core answer them, carry the answers out."""
        self._card.watch()
        self._listener.start()
        self._reminders.start()
        try:
            self._inbox.post(Started())
            clock_checked = self._clock.monotonic()
            while not self._stopping.is_set():
                self._turn(self._inbox.take(self._patience_s()))
                if self._clock.monotonic() - clock_checked > CLOCK_CHECK_S:
                    clock_checked = self._clock.monotonic()
                    self._reminders.tick()
        finally:
            self._reminders.stop()

    def stop(self) -> None:
        """Make ``think`` return soon."""
        self._stopping.set()
        self._inbox.wake()

    def _turn(self, events: Iterable[Event]) -> None:
        self._runner.turn(self._released(events), self._clock.monotonic())
        self._stage.pump()

    def _released(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, without the reminders that are not to be spoken now."""
        for event in events:
            if not isinstance(event, ReminderDue):
                yield event
            elif (reminder := self._reminders.release(event)) is not None:
                yield reminder

    def _patience_s(self) -> float:
        poll_s = IDLE_POLL_S if self._stage.is_idle else BUSY_POLL_S
        deadline = self._runner.next_deadline
        if deadline is None:
            return poll_s
        return min(poll_s, max(0.0, deadline - self._clock.monotonic()))

    def _note(self, record: Record) -> None:
        self._observe(record.counted_from(self._began))


def fixed_texts(knowledge: Knowledge) -> list[str]:
    """Everything the coach may say word for word, the most likely first."""
    content = knowledge.content
    points = content.checklist.points
    return [
        *(text for point in points for text in (point.ask, point.fix, point.why)),
        *(text for text in content.prompts.values() if "{" not in text),
        *(question.ask for question in content.triage.questions),
        *(answer.says for answer in content.answers.values()),
    ]
