#!/usr/bin/env python3
"""Breaks the real coach in every way there is a remedy for, and measures what happens.

    scripts/bench_faults.py [FAULT ...]

The real process runs on a virtual sound card. Each fault prints one line: what was broken, how the
coach reacted, seconds until it had noticed, seconds until it worked again, lines of the log lost.
Needs pulseaudio; run it from the root of the checkout.
"""

import os
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.runtime.clock import SystemClock  # noqa: E402  (the path comes first)
from tests.coach import RunningCoach  # noqa: E402
from tests.soundcard import VirtualSoundCard  # noqa: E402

CLOCK = SystemClock()
CACHE = Path(tempfile.gettempdir()) / "bench-faults-cache"
PATIENCE_S = 60.0

# The same program, with switches inside: a signal makes the recogniser hang, fail, or understand
# what stands in a file, the mixer fail, or the wall clock jump by three days.
RIGGED = textwrap.dedent("""
    import os, signal, sys, threading
    from datetime import timedelta
    from pathlib import Path
    from assistant.hearing.recogniser import Final, Recogniser
    from assistant.runtime.clock import SystemClock
    from assistant.speaking.mixer import Mixer
    rigged = set()
    def rig(number, what):
        signal.signal(number, lambda *_: rigged.add(what))
    rig(signal.SIGUSR1, "hang"); rig(signal.SIGUSR2, "raise")
    rig(signal.SIGRTMIN, "jump"); rig(signal.SIGRTMIN + 1, "mute"); rig(signal.SIGRTMIN + 2, "say")
    feed, wall, render = Recogniser.feed, SystemClock.wall, Mixer.render
    def rigged_feed(self, pcm):
        if "hang" in rigged:
            rigged.discard("hang")
            threading.Event().wait()
        if "raise" in rigged:
            rigged.discard("raise")
            raise RuntimeError("the decoder has failed")
        if "say" in rigged:
            rigged.discard("say")
            return [Final(Path(os.environ["XDG_RUNTIME_DIR"], "said").read_text())]
        return feed(self, pcm)
    def rigged_wall(self):
        return wall(self) + timedelta(days=3 * ("jump" in rigged))
    def rigged_render(self, frames):
        if "mute" in rigged:
            raise RuntimeError("the mixer has failed")
        return render(self, frames)
    Recogniser.feed, SystemClock.wall, Mixer.render = rigged_feed, rigged_wall, rigged_render
    from assistant.cli import main
    sys.exit(main())
""")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fault has led to."""

    reaction: str
    noticed_s: float | None
    """Seconds until the coach had said or logged it; None where nothing is to be noticed."""
    mended_s: float | None
    """Seconds from the end of the fault, or from its cause where it ends itself, to all well."""


class Stage:
    """A coach that listens, and everything around it that may break."""

    def __init__(self, folder: Path, *arguments: str, **env: str) -> None:
        self.folder = folder
        self.card = VirtualSoundCard(folder)
        self.card.start()
        self._arguments = arguments or ("--service",)
        self._env = {**self.card.settings, "XDG_CACHE_HOME": str(CACHE), **env}
        self.coach = self.start()

    def start(self, *, wait: bool = True) -> RunningCoach:
        """Start the coach, or start it again in the same place."""
        self.coach = RunningCoach(
            self.folder, *self._arguments, env=self._env, program=(sys.executable, "-c", RIGGED)
        )
        if wait:
            assert self.coach.shows(PATIENCE_S, ready=True), self.coach.log
        return self.coach

    def close(self) -> None:
        """End everything."""
        self.coach.__exit__(None, None, None)
        self.card.kill()

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

    def say(self, text: str) -> None:
        """Let the recogniser understand this, once the coach has nothing more to say."""
        with self.card.record() as room:
            while room.wait_for_coach(room.frames, 1.5):
                pass
        (self.folder / "said").write_text(text)
        os.kill(self.coach.process.pid, signal.SIGRTMIN + 2)

    def children(self) -> list[int]:
        """Processes that the coach has started."""
        path = Path(f"/proc/{self.coach.process.pid}/task")
        return [
            int(pid) for task in path.iterdir() for pid in (task / "children").read_text().split()
        ]


def since(began: float) -> float:
    return CLOCK.monotonic() - began


def lost_and_back(
    stage: Stage, part: str, break_it: Callable[[], None], mend_it: Callable[[], None]
) -> Outcome:
    began = CLOCK.monotonic()
    break_it()
    assert stage.coach.logs(f"the {part} has failed", PATIENCE_S), stage.coach.log
    noticed_s = since(began)
    mend_it()
    mending = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=[]), stage.coach.log
    return Outcome(f"says so, opens the {part} again", noticed_s, since(mending))


def audio_server_dies(stage: Stage) -> Outcome:
    return lost_and_back(stage, "microphone", stage.card.kill, stage.card.start)


def microphone_falls_silent(stage: Stage) -> Outcome:
    card = stage.card
    return lost_and_back(stage, "microphone", card.suspend_microphone, card.resume_microphone)


def recogniser_hangs(stage: Stage) -> Outcome:
    return from_inside(stage, signal.SIGUSR1, "a new listener takes over")


def recogniser_fails(stage: Stage) -> Outcome:
    return from_inside(stage, signal.SIGUSR2, "a fresh recogniser takes over")


def from_inside(stage: Stage, number: int, reaction: str) -> Outcome:
    began = CLOCK.monotonic()
    os.kill(stage.coach.process.pid, number)
    assert stage.coach.logs("the recogniser has failed", PATIENCE_S), stage.coach.log
    noticed_s = since(began)
    assert stage.coach.logs("the recogniser works again", PATIENCE_S), stage.coach.log
    return Outcome(f"says so, {reaction}", noticed_s, since(began))


def mixer_always_fails(stage: Stage) -> Outcome:
    began = CLOCK.monotonic()
    os.kill(stage.coach.process.pid, signal.SIGRTMIN + 1)
    code = stage.coach.process.wait(PATIENCE_S)
    noticed_s = since(began)
    stage.start()
    return Outcome(f"exits with {code}, is started again", noticed_s, since(began))


def libvosk_aborts(stage: Stage) -> Outcome:
    return killed(stage, signal.SIGABRT)


def power_is_cut(stage: Stage) -> Outcome:
    return killed(stage, signal.SIGKILL)


def killed(stage: Stage, number: signal.Signals) -> Outcome:
    began = CLOCK.monotonic()
    stage.coach.process.send_signal(number)
    stage.coach.process.wait(PATIENCE_S)
    noticed_s = since(began)
    stage.start()
    return Outcome("is started again by systemd", noticed_s, since(began))


def synthesiser_hangs(stage: Stage) -> Outcome:
    return worker_gets(stage, signal.SIGSTOP)


def synthesiser_dies(stage: Stage) -> Outcome:
    return worker_gets(stage, signal.SIGKILL)


def worker_gets(stage: Stage, number: signal.Signals) -> Outcome:
    """Break the worker while prompts are being prepared; it must be replaced by another one."""
    (worker,) = stage.children()
    began = CLOCK.monotonic()
    os.kill(worker, number)
    while CLOCK.monotonic() < began + PATIENCE_S:
        now = stage.children()
        if now and worker not in now:
            assert stage.coach.status["faults"] == []
            return Outcome("the worker is replaced, the sentence spoken", None, since(began))
        stage.coach.shows(0.1, never=True)
    raise AssertionError("the worker was not replaced")


def disk_is_full(stage: Stage) -> Outcome:
    """No file of the process may grow any more; then there is room again."""
    pid = stage.coach.process.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
    stage.say("log twelve reps at one hundred kilos")
    began = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=["journal"])  # its log cannot grow either
    noticed_s = since(began)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
    stage.say("log ten reps at one hundred kilos")
    mending = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=[])
    mended_s = since(mending)
    kept = stage.read("SELECT count(*) FROM done_set")
    return Outcome(
        f"says so, goes on in memory; sets in the log afterwards: {kept} of 2", noticed_s, mended_s
    )


def killed_mid_set(stage: Stage) -> Outcome:
    stage.say("start set of twelve")
    assert stage.coach.shows(PATIENCE_S, state="set"), stage.coach.status
    while not stage.read("SELECT count(*) FROM progress"):
        assert stage.coach.shows(PATIENCE_S, state="set")
    return killed(stage, signal.SIGKILL)


def clock_jumps(stage: Stage) -> Outcome:
    began = CLOCK.monotonic()
    os.kill(stage.coach.process.pid, signal.SIGRTMIN)
    assert not stage.coach.shows(25, ready=False)
    assert stage.coach.status["faults"] == []
    return Outcome("reminders are planned anew, nothing stops", None, since(began) - 25)


def model_is_corrupt(stage: Stage) -> Outcome:
    stage.coach.stop()
    model = stage.folder / "model"
    shutil.copytree(ROOT / "voice_models" / "coach-en", model)
    final = model / "am" / "final.mdl"
    final.write_bytes(final.read_bytes()[:100_000])
    began = CLOCK.monotonic()
    coach = RunningCoach(
        stage.folder,
        "--service",
        "--model",
        str(model),
        env={**stage.card.settings, "XDG_CACHE_HOME": str(CACHE)},
    )
    code = coach.process.wait(PATIENCE_S)
    noticed_s = since(began)
    sentence = coach.log.strip().splitlines()[-1]
    stage.start()
    return Outcome(f"exits with {code}: {sentence[-60:]}", noticed_s, None)


FAULTS: dict[str, Callable[[Stage], Outcome]] = {
    "audio-server-dies": audio_server_dies,
    "microphone-silent": microphone_falls_silent,
    "recogniser-hangs": recogniser_hangs,
    "recogniser-raises": recogniser_fails,
    "libvosk-aborts": libvosk_aborts,
    "mixer-always-fails": mixer_always_fails,
    "synthesiser-hangs": synthesiser_hangs,
    "synthesiser-dies": synthesiser_dies,
    "disk-full": disk_is_full,
    "clock-jumps": clock_jumps,
    "model-corrupt": model_is_corrupt,
    "killed": power_is_cut,
    "killed-mid-set": killed_mid_set,
}


def main() -> int:
    names = sys.argv[1:] or list(FAULTS)
    print(f"{'fault':20} {'noticed':>8} {'mended':>8} {'lost':>5}  reaction")
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            stage = Stage(Path(folder))
            try:
                before = stage.entries()
                outcome = FAULTS[name](stage)
                lost = max(0, before - stage.entries())
            finally:
                stage.close()
        times = [
            f"{it:6.2f} s" if it is not None else "-"
            for it in (outcome.noticed_s, outcome.mended_s)
        ]
        print(f"{name:20} {times[0]:>8} {times[1]:>8} {lost:>5}  {outcome.reaction}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
