"""Clocks that stand still until they are moved."""

from datetime import UTC, datetime

from assistant.runtime.clock import SystemClock, VirtualClock

START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)


def test_both_virtual_clocks_move_together() -> None:
    clock = VirtualClock(START)
    clock.elapsed_s = 90.0

    assert clock.monotonic() == 90.0
    assert clock.wall() == datetime(2026, 1, 5, 18, 1, 30, tzinfo=UTC)


def test_a_moment_is_found_on_the_monotonic_clock() -> None:
    assert VirtualClock(START).seconds_to(datetime(2026, 1, 5, 19, 0, tzinfo=UTC)) == 3600.0


def test_the_clock_of_the_computer_knows_its_zone_and_never_runs_back() -> None:
    clock = SystemClock()

    assert clock.wall().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()
