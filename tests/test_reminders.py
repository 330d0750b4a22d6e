"""The real scheduler, on the real clock, with reminders that are due at once."""

import queue
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.job import Job
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from assistant.content.loader import load_content
from assistant.dialogue.events import ReminderDue
from assistant.journal.agenda import Agenda
from assistant.journal.store import Journal
from assistant.reminders import Reminders
from assistant.runtime.clock import SystemClock

SOON_S = 10.0
"""Longer than any scheduler takes to wake up; only a failing test waits so long."""


class Desk:
    def __init__(self) -> None:
        self.clock = SystemClock()
        rules = load_content().logbook
        zone = ZoneInfo("UTC")
        now = self.clock.wall()
        self.journal = Journal.open(None, rules, now=now, zone=zone)
        self.agenda = Agenda(self.journal, rules, zone, now, self.clock.monotonic())
        self.posted: queue.Queue[ReminderDue] = queue.Queue()
        self.changes = 0
        self.reminders = self.new_reminders()

    def new_reminders(self) -> Reminders:
        return Reminders(self.agenda, self.clock, self.posted.put, self.count)

    def count(self) -> None:
        self.changes += 1


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    desk.reminders.start()
    yield desk
    desk.reminders.stop()
    desk.journal.close(desk.clock.wall())


def test_a_reminder_is_posted_and_released_once(desk: Desk) -> None:
    desk.reminders.schedule("ice_off", 0.0, {"minutes": 20})
    posted = desk.posted.get(timeout=SOON_S)
    assert posted == ReminderDue("ice_off")
    assert desk.reminders.release(posted) == ReminderDue("ice_off", {"minutes": 20})
    assert desk.reminders.release(posted) is None


def test_what_came_due_while_nobody_watched_is_posted_at_the_start(desk: Desk) -> None:
    desk.reminders.stop()
    now = desk.clock.wall() - timedelta(minutes=5)
    desk.agenda.plan("ice_off", 60, {}, now)
    desk.reminders = desk.new_reminders()
    desk.reminders.start()
    assert desk.posted.get(timeout=SOON_S).name == "ice_off"


def test_a_cancelled_reminder_is_not_posted(desk: Desk) -> None:
    desk.reminders.schedule("training", 3600.0, {})
    desk.reminders.cancel("training")
    desk.reminders.schedule("ice_off", 0.0, {})
    assert desk.posted.get(timeout=SOON_S).name == "ice_off"
    assert desk.posted.empty()
    assert set(desk.agenda.due_times()) == {"ice_off"}


def test_every_change_is_told(desk: Desk) -> None:
    desk.reminders.schedule("ice_off", 3600.0, {})
    desk.reminders.schedule_weekly("training", (0,), 18, 30)
    desk.reminders.cancel("ice_off")
    assert desk.changes == 3


def test_training_times_are_watched(desk: Desk) -> None:
    desk.reminders.schedule_weekly("training", (0, 3), 18, 30)
    due = desk.agenda.due_times()["training"]
    assert due > desk.clock.wall()
    assert (due.hour, due.minute) == (18, 30)


def test_a_tick_without_a_jump_changes_nothing(desk: Desk) -> None:
    desk.reminders.schedule("ice_off", 3600.0, {})
    before = desk.agenda.due_times()
    desk.reminders.tick()
    assert desk.agenda.due_times() == before


def test_stopping_while_a_reminder_comes_due_fails_nowhere(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler's thread has found what is due, and before it goes on the brain stops it."""
    has_found, is_stopping = threading.Event(), threading.Event()
    find = MemoryJobStore.get_due_jobs

    def find_slowly(store: MemoryJobStore, now: datetime) -> Sequence[Job]:
        due: Sequence[Job] = find(store, now)
        if due:
            has_found.set()
            assert is_stopping.wait(SOON_S)
        return due

    def change(scheduler: BackgroundScheduler, state: int) -> None:
        vars(scheduler)["state"] = state
        if has_found.is_set():
            is_stopping.set()

    failed: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    monkeypatch.setattr(MemoryJobStore, "get_due_jobs", find_slowly)
    state = property(lambda scheduler: vars(scheduler)["state"], change)
    monkeypatch.setattr(BackgroundScheduler, "state", state, raising=False)
    desk.reminders.schedule("ice_off", 0.0, {})
    assert has_found.wait(SOON_S)
    desk.reminders.stop()
    assert not failed
    desk.reminders = desk.new_reminders()
    desk.reminders.start()
