"""Wakes the coach on the wall clock. What a wake-up means is decided by the agenda.

The scheduler runs on a thread of its own, and all it does there is to post ``ReminderDue``. It
sleeps towards the wall time that was true when it fell asleep: after the clock has been set it must
be told, which is what ``tick`` is for.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from assistant.dialogue.events import ReminderDue, SlotValue
from assistant.journal.agenda import Agenda
from assistant.runtime.clock import Clock


class Reminders:
    """The agenda, and a scheduler that watches it. All methods belong to the brain's thread."""

    def __init__(
        self,
        agenda: Agenda,
        clock: Clock,
        post: Callable[[ReminderDue], None],
        changed: Callable[[], None],
    ) -> None:
        """Prepare; nothing is watched before ``start``.

        Args:
            agenda: the reminders.
            clock: tells both times.
            post: called on the scheduler's thread when a reminder is due; its event goes through
                ``release`` before it may reach the core.
            changed: called, on the caller's thread, when the reminders have changed.
        """
        self._agenda = agenda
        self._clock = clock
        self._post = post
        self._changed = changed
        # A late reminder is not for the scheduler to drop: the agenda has a rule for each kind.
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True}
        )

    def start(self) -> None:
        """Watch the agenda, what came due in the meantime included."""
        self._scheduler.start()
        self._watch()

    def stop(self) -> None:
        """Watch no longer; the reminders stay in the journal."""
        # Stopped amid a look at what is due, the scheduler takes its jobs for not yet added. Paused
        # it looks no more, and it lists them only when a look that is under way is over.
        self._scheduler.pause()
        self._scheduler.get_jobs()
        self._scheduler.shutdown(wait=False)

    def schedule(self, name: str, after_s: float, slots: Mapping[str, SlotValue]) -> None:
        """Post ``ReminderDue(name)`` later; an earlier one of that name is replaced."""
        self._agenda.plan(name, after_s, slots, self._clock.wall())
        self._follow()

    def schedule_weekly(self, name: str, days: tuple[int, ...], hour: int, minute: int) -> None:
        """Post ``ReminderDue(name)`` at a local time on some days of each week, 0 being Monday."""
        self._agenda.plan_weekly(name, days, hour, minute, self._clock.wall())
        self._follow()

    def cancel(self, name: str) -> None:
        """Forget a reminder, or with ``*`` all of the person whose log is open."""
        self._agenda.cancel(name, self._clock.wall())
        self._follow()

    def release(self, reminder: ReminderDue) -> ReminderDue | None:
        """What the core is to get of a reminder that was posted; None when it is to get nothing."""
        released = self._agenda.release(reminder, self._clock.wall())
        self._follow()
        return released

    def tick(self) -> None:
        """Notice that the clock was set, or another log opened; call it at least once a minute."""
        self._agenda.keep_time(self._clock.wall(), self._clock.monotonic())
        self._watch()

    def _follow(self) -> None:
        self._watch()
        self._changed()

    def _watch(self) -> None:
        due_times = self._agenda.due_times()
        for job in self._scheduler.get_jobs():
            if job.id not in due_times:
                self._forget(job.id)
        for name, due_at in due_times.items():
            self._scheduler.add_job(
                self._post,
                DateTrigger(due_at),
                args=(ReminderDue(name),),
                id=name,
                replace_existing=True,
            )

    def _forget(self, name: str) -> None:
        # It may be coming due in this very moment; what is not planned is not released anyway.
        with suppress(JobLookupError):
            self._scheduler.remove_job(name)
