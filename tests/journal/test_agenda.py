"""Reminders on a clock that is set by hand: restarts, summer time, jumps, quiet hours, lateness."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.dialogue.events import ReminderDue
from assistant.journal.agenda import Agenda, next_occurrence
from tests.journal.conftest import BERLIN, Diary

EVERY_DAY = tuple(range(7))


class Watch:
    """An agenda and somebody who looks at it; the wall clock may be set, the other one not."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.monotonic = 1000.0
        self.agenda = self._agenda()

    def _agenda(self) -> Agenda:
        return Agenda(self.diary.journal, self.diary.rules, BERLIN, self.diary.now, self.monotonic)

    def wait(self, **span: float) -> None:
        self.diary.wait(**span)
        self.monotonic += timedelta(**span).total_seconds()

    def set_clock(self, **ahead: float) -> None:
        self.diary.wait(**ahead)
        self.agenda.keep_time(self.diary.now, self.monotonic)

    def restart(self, **off: float) -> None:
        self.diary.wait(**off)
        self.diary.reopen()
        self.monotonic = 5.0
        self.agenda = self._agenda()

    def plan(self, name: str, **span: float) -> None:
        self.agenda.plan(name, timedelta(**span).total_seconds(), {}, self.diary.now)

    def spoken(self) -> list[str]:
        return [it.name for it in self.agenda.take_due(self.diary.now)]


@pytest.fixture
def watch(diary: Diary) -> Watch:
    return Watch(diary)


def test_a_reminder_is_spoken_when_it_is_due_and_once(watch: Watch) -> None:
    watch.plan("ice_off", minutes=20)
    watch.wait(minutes=19, seconds=59)
    assert watch.spoken() == []
    watch.wait(seconds=1)
    assert watch.spoken() == ["ice_off"]
    assert watch.spoken() == []


def test_a_second_reminder_of_a_name_replaces_the_first(watch: Watch) -> None:
    watch.plan("next_session", hours=1)
    watch.plan("next_session", hours=2)
    watch.wait(hours=1)
    assert watch.spoken() == []
    watch.wait(hours=1)
    assert watch.spoken() == ["next_session"]


def test_its_slots_come_back(watch: Watch) -> None:
    watch.agenda.plan("next_session", 60, {"reps": 12}, watch.diary.now)
    watch.wait(seconds=60)
    assert list(watch.agenda.take_due(watch.diary.now)) == [
        ReminderDue("next_session", {"reps": 12})
    ]


def test_reminders_survive_a_restart(watch: Watch) -> None:
    watch.plan("next_session", days=3)
    watch.restart(days=1)
    assert watch.spoken() == []
    watch.wait(days=2)
    assert watch.spoken() == ["next_session"]


@pytest.mark.parametrize(
    ("name", "late", "is_said"),
    [
        ("ice_off", {"minutes": 10}, True),
        ("ice_off", {"minutes": 11}, False),
        ("next_session", {"hours": 12}, True),
        ("next_session", {"hours": 13}, False),
        ("pain_checkin", {"days": 3}, True),
        ("pain_checkin", {"days": 4}, False),
        ("pain_doctor", {"days": 14}, True),
    ],
)
def test_a_late_reminder_is_said_or_dropped_by_the_rule_of_its_kind(
    watch: Watch, name: str, late: dict[str, float], is_said: bool
) -> None:
    watch.plan(name, hours=1)
    watch.wait(hours=1)
    watch.restart(**late)
    assert watch.spoken() == ([name] if is_said else [])
    assert watch.agenda.due_times() == {}


def test_the_quiet_hours_are_waited_out(watch: Watch) -> None:
    watch.plan("next_session", hours=5)  # 23:00 UTC, midnight in Berlin
    watch.wait(hours=5)
    assert watch.spoken() == []
    watch.wait(hours=6, minutes=59)
    assert watch.spoken() == []
    watch.wait(minutes=1)
    assert watch.spoken() == ["next_session"]


def test_ice_does_not_wait_for_the_morning(watch: Watch) -> None:
    watch.wait(hours=5)
    watch.plan("ice_off", minutes=20)
    watch.wait(minutes=20)
    assert watch.spoken() == ["ice_off"]


def test_a_span_keeps_its_length_when_the_clock_is_set(watch: Watch) -> None:
    watch.plan("ice_off", minutes=20)
    watch.plan("next_session", days=3)
    watch.set_clock(days=40)
    assert watch.spoken() == []
    watch.wait(minutes=20)
    assert watch.spoken() == ["ice_off"]


def test_an_appointment_stays_on_the_wall_clock_when_it_is_set(watch: Watch) -> None:
    watch.plan("next_session", hours=2)
    watch.set_clock(hours=2)
    assert watch.spoken() == ["next_session"]


def test_a_clock_that_is_set_back_repeats_nothing(watch: Watch) -> None:
    watch.agenda.plan_weekly("training", EVERY_DAY, 19, 30, watch.diary.now)
    watch.wait(minutes=30)
    assert watch.spoken() == ["training"]
    watch.set_clock(hours=-1)
    watch.wait(hours=1)
    assert watch.spoken() == []
    watch.wait(hours=24)
    assert watch.spoken() == ["training"]


def test_a_drift_between_the_clocks_is_no_jump(watch: Watch) -> None:
    watch.plan("ice_off", minutes=20)
    watch.diary.wait(seconds=1)
    assert not watch.agenda.keep_time(watch.diary.now, watch.monotonic)


def test_training_times_come_on_their_days(watch: Watch) -> None:
    watch.agenda.plan_weekly("training", (0, 3), 19, 30, watch.diary.now)  # Monday, Thursday
    days = []
    for _ in range(14 * 24 * 2):
        watch.wait(minutes=30)
        days += [watch.diary.now.strftime("%a %H:%M")] * len(watch.spoken())
    assert days == ["Mon 18:30", "Thu 18:30", "Mon 18:30", "Thu 18:30"]


def test_training_missed_for_weeks_is_neither_caught_up_on_nor_lost(watch: Watch) -> None:
    watch.agenda.plan_weekly("training", (0,), 19, 30, watch.diary.now)
    watch.restart(days=24)  # a Thursday
    assert watch.spoken() == []
    assert watch.agenda.due_times() == {"training": datetime(2026, 2, 2, 18, 30, tzinfo=UTC)}


SUMMER_BEGINS = datetime(2026, 3, 29, tzinfo=BERLIN)  # 02:00 becomes 03:00
SUMMER_ENDS = datetime(2026, 10, 25, tzinfo=BERLIN)  # 03:00 becomes 02:00


@pytest.mark.parametrize("night", [SUMMER_BEGINS, SUMMER_ENDS])
def test_in_the_night_the_clocks_change_a_time_comes_exactly_once(
    diary: Diary, night: datetime
) -> None:
    diary.now = (night - timedelta(days=1)).astimezone(UTC)
    watch = Watch(diary)
    watch.agenda.plan_weekly("training", EVERY_DAY, 2, 30, diary.now)
    spoken = []
    end = (night + timedelta(days=2)).astimezone(UTC)
    while diary.now < end:
        watch.wait(minutes=10)
        spoken += [diary.now.astimezone(BERLIN).date()] * len(watch.spoken())
    assert spoken == [night.date() + timedelta(days=days) for days in (-1, 0, 1)]


def test_a_time_that_summer_time_leaves_out_comes_an_hour_later() -> None:
    due = next_occurrence(EVERY_DAY, time(2, 30), BERLIN, SUMMER_BEGINS)
    assert due.astimezone(BERLIN).strftime("%d %H:%M") == "29 03:30"


def test_a_time_that_is_repeated_comes_the_first_time() -> None:
    due = next_occurrence(EVERY_DAY, time(2, 30), BERLIN, SUMMER_ENDS)
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_another_time_zone_moves_a_training_time_with_it(watch: Watch) -> None:
    watch.agenda.plan_weekly("training", EVERY_DAY, 19, 30, watch.diary.now)
    there = Agenda(
        watch.diary.journal, watch.diary.rules, ZoneInfo("America/New_York"), watch.diary.now, 0.0
    )
    watch.wait(minutes=30)
    assert len(list(there.take_due(watch.diary.now))) == 1
    assert there.due_times() == {"training": datetime(2026, 1, 7, 0, 30, tzinfo=UTC)}


def test_a_reminder_about_health_is_for_its_person_only(watch: Watch) -> None:
    watch.plan("pain_checkin", days=2)
    watch.plan("training", days=2)
    watch.diary.write("person", name="anna")
    watch.wait(days=2)
    assert watch.spoken() == ["training"]
    watch.diary.write("person", name="guest")
    assert watch.spoken() == ["pain_checkin"]


def test_reminders_are_cancelled_by_name_or_all_at_once(watch: Watch) -> None:
    for name in ("ice_off", "next_session", "training"):
        watch.plan(name, hours=1)
    watch.agenda.cancel("ice_off", watch.diary.now)
    assert set(watch.agenda.due_times()) == {"next_session", "training"}
    watch.agenda.cancel("*", watch.diary.now)
    assert watch.agenda.due_times() == {}
    watch.agenda.cancel("*", watch.diary.now)


def test_the_core_learns_what_is_planned(watch: Watch) -> None:
    watch.plan("next_session", days=3)
    watch.plan("ice_off", minutes=20)
    planned = watch.diary.history().reminders
    assert [(it.name, it.in_s) for it in planned] == [("ice_off", 1200), ("next_session", 259200)]


def test_a_reminder_nobody_planned_is_not_released(watch: Watch) -> None:
    assert watch.agenda.release(ReminderDue("ghost"), watch.diary.now) is None
