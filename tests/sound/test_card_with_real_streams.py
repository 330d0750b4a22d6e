"""The audio server dies, or a device falls silent, under streams that are in use."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from assistant.dialogue.events import FaultCleared, FaultRaised
from tests.sound.supervised_streams import STUCK
from tests.soundcard import VirtualSoundCard

PATIENCE_S = 15


class Program:
    """``supervised_streams``, started again whenever it ends because it was stuck."""

    def __init__(self) -> None:
        self.lines: SimpleQueue[str] = SimpleQueue()
        self._process = self._start()
        threading.Thread(target=self._follow, daemon=True).start()

    def next(self, count: int = 1) -> set[str]:
        return {self.lines.get(timeout=PATIENCE_S) for _ in range(count)}

    def kill(self) -> None:
        self._process.kill()

    def _follow(self) -> None:
        while True:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                self.lines.put(line.strip())
            if self._process.wait() != STUCK:
                return
            self._process = self._start()

    @staticmethod
    def _start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.sound.supervised_streams"],
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # PortAudio writes there without end
            text=True,
        )


@pytest.fixture
def program(sound_card: VirtualSoundCard) -> Iterator[Program]:
    program = Program()
    assert program.next() == {"open"}
    yield program
    program.kill()


def test_both_streams_come_back_after_the_audio_server(
    sound_card: VirtualSoundCard, program: Program
) -> None:
    sound_card.kill()
    assert program.next() <= {str(FaultRaised("microphone")), str(FaultRaised("speaker"))}
    sound_card.start()
    back = {str(FaultCleared("microphone")), str(FaultCleared("speaker"))}
    seen: set[str] = set()
    while not (back <= seen or "open" in seen):
        seen |= program.next()
    with sound_card.record() as room:
        assert room.wait_for_coach(0, timeout_s=5)


def test_a_microphone_that_delivers_nothing_any_more_is_lost_although_it_seems_open(
    sound_card: VirtualSoundCard, program: Program
) -> None:
    sound_card.suspend_microphone()
    assert program.next() == {str(FaultRaised("microphone"))}
    sound_card.resume_microphone()
    assert program.next() == {str(FaultCleared("microphone"))}
