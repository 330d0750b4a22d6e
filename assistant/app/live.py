"""The live coach: opens everything, thinks until it is told to stop, closes everything."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from enum import Enum, auto
from threading import Event as Flag
from typing import Any

from assistant.app.body import Body
from assistant.app.doubts import Doubts
from assistant.app.earcons import earcon, player
from assistant.app.guard import Guard
from assistant.app.health import Health
from assistant.app.knowledge import Knowledge, new_session
from assistant.app.lamp import panel
from assistant.app.leaving import Exit, leave_within
from assistant.app.memory import Memory
from assistant.app.opening import has_voice, opened_memory
from assistant.app.parts import Parts
from assistant.app.supervisor import Supervisor, Unmendable
from assistant.app.vigil import Vigil
from assistant.dialogue.events import Event, Heard, ReminderDue, Started
from assistant.dialogue.expectation import expected
from assistant.dialogue.session import Asleep, Idle
from assistant.runtime.clock import Clock
from assistant.runtime.inbox import Inbox
from assistant.runtime.runner import Runner
from assistant.runtime.timeline import Record
from assistant.service.notifier import Notifier
from assistant.settings import Settings

BUSY_POLL_S = 0.02
"""While something sounds, what the mixer reports is looked at this often."""
IDLE_POLL_S = 0.1
"""While nothing sounds, something may begin to at any moment."""
CLOSE_WITHIN_S = 1.0
"""For a coach with a part that has failed for good; the log is on disk at any moment."""
CLOCK_CHECK_S = 20.0
"""The wall clock may be set at any time; reminders follow within this long."""


class Ending(Enum):
    """Why a coach has ended."""

    STOPPED = auto()
    RELOAD = auto()
    """It is to live again, with content and settings read anew."""


class Coach:
    """Everything that runs while somebody trains.

    ``live`` belongs to the thread that calls it; ``stop``, ``reload`` and ``report`` may be called
    from any, the first two also from a signal.
    """

    def __init__(  # noqa: PLR0913  (each is a part that the process chooses)
        self,
        knowledge: Knowledge,
        settings: Settings,
        *,
        clock: Clock,
        began: float,
        notifier: Notifier,
        observe: Callable[[Record], None],
        restarts: int | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            knowledge: what the coach knows.
            settings: what its owner has chosen.
            clock: tells both times.
            began: monotonic seconds at which the process came up.
            notifier: the line to the service manager.
            observe: gets each record as it happens.
            restarts: how often this service was given another life; None if it is none. A service
                waits for devices that are missing at the start, since nobody is there to be told.
        """
        self._knowledge = knowledge
        self._settings = settings
        self._observe = observe
        self._notifier = notifier
        self._is_service = restarts is not None
        self._clock = clock
        self._began = began
        self._inbox = Inbox()
        self._health = Health(self._began, restarts or 0)
        self._stopping = Flag()
        self._reloading = Flag()
        self._parts: Parts | None = None
        self._turns = 0

    def live(self) -> Ending:
        """Open everything, live until ``stop`` or ``reload``, and close everything.

        Raises:
            Complaint: something that is needed is missing.
            Unmendable: a part has failed and only another process can help.
        """
        with ExitStack() as stack:
            memory, self._reminders = opened_memory(
                self._knowledge, self._settings, self._clock, self._inbox.post, stack
            )
            self._knowledge = self._knowledge.with_people(memory.people())
            self._body = Body(
                self._knowledge,
                self._settings,
                self._clock,
                post=self._inbox.post,
                take_heard=self._take_heard,
                expected=lambda: expected(self._runner.session),
            )
            if not self._body.open(
                stack, self._notifier, self._stopping, is_patient=self._is_service
            ):
                return Ending.STOPPED
            self._parts, self._stage = self._body.parts, self._body.stage
            self._open_mind(stack, memory)
            stack.enter_context(Guard(lambda: self._turns, is_at_disk=lambda: memory.is_at_disk))
            try:
                return self._think()
            except Unmendable:
                leave_within(CLOSE_WITHIN_S, Exit.FAILED)  # what has failed may not let go either
                raise

    def stop(self) -> None:
        """Make ``live`` return soon."""
        self._stopping.set()
        self._inbox.wake()

    def reload(self) -> None:
        """Make ``live`` return as soon as nobody is being spoken with."""
        self._reloading.set()
        self._inbox.wake()

    def report(self) -> Mapping[str, Any]:
        """How the coach is."""
        parts, now = self._parts, self._clock.monotonic()
        if parts is None:
            return {"state": "starting", "ready": False, "uptime_s": round(now - self._began, 1)}
        return self._health.report(
            parts,
            state=self._runner.session.mode.name,
            is_ready=self._vigil.is_ready,
            replacements=self._supervisor.replacements,
            now=now,
        )

    def _open_mind(self, stack: ExitStack, memory: Memory) -> None:
        parts, now = self._opened, self._clock.monotonic()
        stack.callback(self._stop_listening)
        self._beacon = stack.enter_context(
            panel(self._settings.gpio, on_press=self._press, on_hold=self._hold)
        )
        self._runner = Runner(
            new_session(self._knowledge, self._settings),
            mouth=self._stage,
            journal=memory,
            reminders=self._reminders,
            lamp=self._beacon,
            observe=lambda record: self._observe(record.counted_from(self._began)),
        )
        self._signal = player(self._stage.mixer)
        self._vigil = Vigil(self._notifier, parts, self._health, now)
        self._doubts = Doubts(self._inbox.post)
        self._supervisor = Supervisor(parts, self._body.new_listener, self._inbox.post, now)
        parts.listener.start()
        parts.card.watch()
        self._reminders.start()
        stack.callback(self._reminders.stop)

    def _stop_listening(self) -> None:
        self._opened.listener.stop()  # whichever it is by then

    @property
    def _opened(self) -> Parts:
        assert self._parts is not None  # noqa: S101  (sound is opened first)
        return self._parts

    def _think(self) -> Ending:
        """Take events, let the core answer them, carry the answers out."""
        clock_checked = self._clock.monotonic()
        while not self._stopping.is_set():
            self._turns += 1
            events = self._inbox.take(self._patience_s())
            began = self._clock.monotonic()
            self._turn(events)
            now = self._clock.monotonic()
            self._keep_well(now)
            self._health.turn_was_taken(self._clock.monotonic() - began)
            if now - clock_checked > CLOCK_CHECK_S:
                clock_checked = now
                self._reminders.tick()
            if self._reloading.is_set() and self._is_left_alone:
                return Ending.RELOAD
        return Ending.STOPPED

    def _turn(self, events: Iterable[Event]) -> None:
        self._runner.turn(self._followed(events), self._clock.monotonic())
        self._stage.pump()
        self._beacon.follow(is_sounding=self._stage.mixer.is_audible)

    def _followed(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events that the core is to have; between two of them, what they lead to here."""
        for event in events:
            released = self._reminders.release(event) if isinstance(event, ReminderDue) else event
            if released is None:
                continue
            self._health.take(released)
            before = self._runner.session
            yield released
            if self._settings.speaking.earcons:
                signal = earcon(released, before, self._runner.session)
                if signal is not None:
                    self._signal(signal)

    def _keep_well(self, now: float) -> None:
        parts, mixer = self._opened, self._stage.mixer
        self._supervisor.look(now)
        self._health.follow_stop(mixer.position, parts.speaker.latency_s, now)
        was_ready = self._vigil.is_ready
        self._vigil.look(now, has_voice=has_voice(self._body.voice, is_service=self._is_service))
        is_idle = isinstance(self._runner.session.mode, Idle)
        self._doubts.look(
            parts.condition,
            now,
            is_sounding=mixer.is_audible,
            may_tell=is_idle and self._is_left_alone,
        )
        if self._vigil.is_ready and not was_ready:
            self._inbox.post(Started())

    @property
    def _is_left_alone(self) -> bool:
        """Whether nothing is going on that a pause would tear."""
        return isinstance(self._runner.session.mode, Idle | Asleep) and self._stage.is_idle

    def _patience_s(self) -> float:
        poll_s = IDLE_POLL_S if self._stage.is_idle else BUSY_POLL_S
        deadline = self._runner.next_deadline
        if deadline is None:
            return poll_s
        return min(poll_s, max(0.0, deadline - self._clock.monotonic()))

    def _take_heard(self, event: Event) -> None:
        """Called by the listener, after the sound has been cut where it had to be."""
        mixer = self._stage.mixer
        if isinstance(event, Heard) and event.intent == "Stop" and mixer.is_audible:
            self._health.stop_was_heard(mixer.position, self._clock.monotonic())
        self._inbox.post(event)

    def _press(self) -> None:
        """The button goes down: stop, before anything else is thought of."""
        self._stage.cut()
        self._inbox.post(Heard("Stop"))

    def _hold(self) -> None:
        is_asleep = isinstance(self._runner.session.mode, Asleep)
        self._inbox.post(Heard("WakeUp" if is_asleep else "Goodbye"))
