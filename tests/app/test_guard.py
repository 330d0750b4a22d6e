"""A main thread that hangs ends the process."""

from assistant.app.guard import HANGS_AFTER_S, Guard


class Brain:
    """A main thread that takes turns for as long as it is let."""

    def __init__(self) -> None:
        self.turns = 0
        self.given_up = 0
        self.now = 0.0
        self.guard = Guard(lambda: self.turns, lambda: self.now, self._give_up)

    def live(self, seconds: float, *, hangs: bool = False) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += 1.0
            self.turns += not hangs
            self.guard.look(self.now)

    def _give_up(self) -> None:
        self.given_up += 1


def test_one_that_takes_turns_is_left_alone() -> None:
    brain = Brain()
    brain.live(600)
    assert brain.given_up == 0


def test_one_that_is_slow_for_once_is_left_alone() -> None:
    brain = Brain()
    for _ in range(5):
        brain.live(10)
        brain.live(HANGS_AFTER_S, hangs=True)
    assert brain.given_up == 0


def test_one_that_hangs_ends_the_process() -> None:
    brain = Brain()
    brain.live(10)
    brain.live(HANGS_AFTER_S + 1, hangs=True)
    assert brain.given_up == 1


def test_nothing_is_watched_outside_of_the_context() -> None:
    brain = Brain()
    with brain.guard:
        pass
    assert not brain.guard._thread.is_alive()
