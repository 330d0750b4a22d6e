"""Starts that come to nothing become rarer, across processes."""

from pathlib import Path

from assistant.service.attempts import FILE, LONG_LIFE_S, LONGEST_WAIT_S, Attempts


class Machine:
    """Its clock, and the service that is started on it again and again."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.now = 1000.0

    def start(self) -> float:
        """A new process begins; gives the seconds it waits, and lets them pass."""
        wait_s = Attempts(self.folder, lambda: self.now).begin()
        self.now += wait_s
        return wait_s

    def starts(self, number: int, *, each_lives_s: float) -> list[float]:
        waits = []
        for _ in range(number):
            waits.append(self.start())
            self.now += each_lives_s
        return waits


def test_short_lives_in_a_row_are_followed_by_ever_longer_waits(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.starts(8, each_lives_s=1) == [0, 0, 0, 2, 4, 8, 16, 32]


def test_the_waits_do_not_grow_for_ever(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.starts(40, each_lives_s=1)[-1] == LONGEST_WAIT_S


def test_a_long_life_makes_up_for_all_short_ones(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.starts(8, each_lives_s=1)
    machine.start()
    machine.now += LONG_LIFE_S
    assert machine.starts(4, each_lives_s=1) == [0, 0, 0, 2]


def test_a_wait_is_no_life(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.starts(10, each_lives_s=1)
    assert machine.start() > LONG_LIFE_S
    machine.now += 1
    assert machine.start() > LONG_LIFE_S


def test_an_end_that_was_asked_for_is_no_failure(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.starts(8, each_lives_s=1)
    Attempts(tmp_path, lambda: machine.now).forget()
    assert machine.start() == 0


def test_a_damaged_file_and_a_missing_folder_cost_nothing_but_the_memory(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("nonsense")
    assert Machine(tmp_path).start() == 0
    assert Machine(tmp_path / "missing").starts(8, each_lives_s=1) == [0] * 8
    assert Machine(None).starts(8, each_lives_s=1) == [0] * 8
