"""A coach that listens, everything around it that may break, and what is measured of it."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event as Flag

from assistant.runtime.clock import SystemClock
from scripts.faults.rigged import Switch
from tests.coach import RunningCoach
from tests.soundcard import VirtualSoundCard

CLOCK = SystemClock()
CACHE = Path(tempfile.gettempdir()) / "bench-faults-cache"
PATIENCE_S = 60.0
RESTART_S = 0.1
"""What systemd waits before it starts the service again (``RestartSec``)."""
LOOK_S = 0.02
PROGRAM = (sys.executable, "-m", "scripts.faults.rigged")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault has led to."""

    reaction: str
    noticed_s: float | None
    """Seconds until the coach had said or logged it; None where nothing is to be noticed."""
    mended_s: float | None
    """Seconds from the end of the fault, or from its cause where it ends itself, to all well."""


def since(began: float) -> float:
    """Seconds that have passed."""
    return CLOCK.monotonic() - began


class Stage:
    """One coach, as a process, on a sound card made of software."""

    def __init__(self, folder: Path, *, room_tone: float = 0.001) -> None:
        """Start it and wait until it listens, in a room that hisses so loudly."""
        self.folder = folder
        self.card = VirtualSoundCard(folder, room_tone)
        self.card.start()
        self._env = {**self.card.settings, "XDG_CACHE_HOME": str(CACHE)}
        self.coach = self.start()

    def start(self, *arguments: str, wait: bool = True) -> RunningCoach:
        """Start the coach, or start it again in the same place."""
        self.coach = RunningCoach(
            self.folder, "--service", *arguments, env=self._env, program=PROGRAM
        )
        if wait:
            assert self.coach.shows(PATIENCE_S, ready=True), self.coach.log
        return self.coach

    def start_again(self) -> None:
        """Do what systemd does when the process has ended."""
        self.lets_pass(RESTART_S)
        self.start()

    def close(self) -> None:
        """End everything."""
        self.coach.__exit__(None, None, None)
        self.card.kill()

    @property
    def pid(self) -> int:
        """Of the coach, which lives in a copy of the process that was started."""
        return int(self.coach.status["pid"])

    def runs(self, pid: int) -> bool:
        """Whether a process exists and has not ended."""
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        return state not in "ZX"

    def lets_pass(self, seconds: float) -> None:
        """Do nothing for a while."""
        Flag().wait(seconds)

    @property
    def journal(self) -> Path:
        """The training log."""
        return self.folder / "data" / "workout-assistant" / "journal.sqlite"

    def entries(self) -> int:
        """Lines in the log on the disk, if it is sound."""
        with sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True) as journal:
            assert journal.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = journal.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
            return sum(
                journal.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in tables
            )

    def read(self, query: str) -> int:
        """A number out of the log on the disk."""
        with sqlite3.connect(f"file:{self.journal}?mode=ro", uri=True) as journal:
            return int(journal.execute(query).fetchone()[0])

    def switch(self, switch: Switch) -> None:
        """Break something inside the coach."""
        os.kill(self.pid, switch)

    def say(self, text: str) -> None:
        """Let the recogniser understand this, once the coach has nothing more to say."""
        self.waits_until_silent()
        self.hear(text)

    def hear(self, text: str) -> None:
        """Let the recogniser understand this now."""
        (self.folder / "said").write_text(text)
        self.switch(Switch.HEAR)

    def waits_until_silent(self) -> None:
        """Wait until the coach has nothing more to say."""
        with self.card.record() as room:
            while room.wait_for_coach(room.frames, 1.5):
                pass

    def log_a_set(self) -> None:
        """Say that a set was done, so that there is something to lose."""
        before = self.read("SELECT count(*) FROM done_set")
        self.say("log twelve reps at one hundred kilos")
        self.waits_for(lambda: self.read("SELECT count(*) FROM done_set") > before)

    def begin_a_set(self) -> None:
        """Start a set, and wait until its first repetition is in the log."""
        self.say("start set of twelve")
        self.waits_for(lambda: self.coach.status.get("state") == "set")
        self.waits_for(lambda: self.read("SELECT count(*) FROM progress") > 0)

    def waits_for(self, is_so: Callable[[], bool]) -> None:
        """Look again and again until something is so."""
        began = CLOCK.monotonic()
        while not is_so():
            assert since(began) < PATIENCE_S, (self.coach.status, self.coach.log)
            self.lets_pass(LOOK_S)

    def children(self) -> list[int]:
        """Processes that the coach has started."""
        path = Path(f"/proc/{self.pid}/task")
        return [
            int(pid) for task in path.iterdir() for pid in (task / "children").read_text().split()
        ]
