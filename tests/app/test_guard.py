"""A main thread that hangs ends the process."""

import pytest

from assistant.app.guard import AT_DISK_S, HANGS_AFTER_S, LOOK_EVERY_S, Guard


class Brain:
    """A main thread that takes turns for as long as it is let."""

    def __init__(self) -> None:
        self.turns = 0
        self.given_up = 0
        self.is_at_disk = False
        self.guard = Guard(
            lambda: self.turns, is_at_disk=lambda: self.is_at_disk, give_up=self._give_up
        )

    def live(self, seconds: float, *, hangs: bool = False, at_disk: bool = False) -> None:
        self.is_at_disk = at_disk
        for _ in range(round(seconds / LOOK_EVERY_S)):
            self.turns += not hangs
            self.guard.look()

    def _give_up(self) -> None:
        self.given_up += 1


@pytest.fixture
def brain() -> Brain:
    return Brain()


def test_one_that_takes_turns_is_left_alone(brain: Brain) -> None:
    brain.live(600)
    assert brain.given_up == 0


def test_one_that_is_slow_for_once_is_left_alone(brain: Brain) -> None:
    for _ in range(5):
        brain.live(10)
        brain.live(HANGS_AFTER_S - LOOK_EVERY_S, hangs=True)
    assert brain.given_up == 0


def test_one_that_hangs_ends_the_process(brain: Brain) -> None:
    brain.live(10)
    brain.live(HANGS_AFTER_S, hangs=True)
    assert brain.given_up == 1


def test_one_that_waits_for_a_worn_card_is_given_time_and_a_turn_after_it(brain: Brain) -> None:
    brain.live(10)
    brain.live(AT_DISK_S, hangs=True, at_disk=True)
    brain.live(HANGS_AFTER_S, hangs=True)
    assert brain.given_up == 0
    brain.live(LOOK_EVERY_S, hangs=True)
    assert brain.given_up == 1


def test_a_disk_that_never_answers_ends_the_process(brain: Brain) -> None:
    brain.live(10)
    brain.live(AT_DISK_S + LOOK_EVERY_S, hangs=True, at_disk=True)
    assert brain.given_up == 1


def test_nothing_is_watched_outside_of_the_context(brain: Brain) -> None:
    with brain.guard:
        pass
    assert not brain.guard._thread.is_alive()
