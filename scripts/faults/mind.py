"""Parts of the process that fail, hang, die or run out of memory."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.faults.rigged import Switch
from scripts.faults.stage import CLOCK, PATIENCE_S, Outcome, Stage, since

BUSY_A_CORE = 4
OVERLOADED_S = 30.0
LITTLE_MEMORY = 60_000_000


def recogniser_hangs(stage: Stage) -> Outcome:
    """A block of sound is never decoded to its end."""
    return _from_inside(stage, Switch.HANG, "a new listener takes over")


def recogniser_raises(stage: Stage) -> Outcome:
    """Decoding a block raises."""
    return _from_inside(stage, Switch.RAISE, "a fresh recogniser takes over")


def memory_runs_out(stage: Stage) -> Outcome:
    """There is no more memory for the listener."""
    pages = int(Path(f"/proc/{stage.pid}/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + LITTLE_MEMORY
    _, most = resource.prlimit(stage.pid, resource.RLIMIT_AS)
    resource.prlimit(stage.pid, resource.RLIMIT_AS, (limit, most))
    return _from_inside(stage, Switch.EAT, "a fresh recogniser takes over")


def callback_raises(stage: Stage) -> Outcome:
    """Making one block of sound raises."""
    began = CLOCK.monotonic()
    stage.switch(Switch.STUTTER)
    stage.waits_for(lambda: stage.coach.status["failed_blocks"] > 0)
    assert stage.coach.status["faults"] == []
    return Outcome("one block is silent and counted, the sound goes on", None, since(began))


def callback_always_raises(stage: Stage) -> Outcome:
    """No block of sound can be made any more."""
    return _ends(stage, Switch.MUTE)


def main_thread_hangs(stage: Stage) -> Outcome:
    """The thread that decides never takes another turn."""
    return _ends(stage, Switch.FREEZE)


def process_stands_still(stage: Stage) -> Outcome:
    """None of its threads runs any more."""
    return killed(stage, signal.SIGSTOP)


def machine_is_overloaded(stage: Stage) -> Outcome:
    """Other programs want every core, while a set is counted; nothing may be taken for hanging."""
    lives = stage.coach.status["restarts"]
    busy = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"])
        for _ in range(BUSY_A_CORE * (os.cpu_count() or 1))
    ]
    try:
        stage.begin_a_set()
        stage.lets_pass(OVERLOADED_S)
        stage.hear("stop")
        stage.waits_for(lambda: stage.coach.status.get("state") != "set")
    finally:
        for process in busy:
            process.kill()
            process.wait()
    status = stage.coach.status
    assert (status["restarts"], status["faults"], status["faults_seen"]) == (lives, [], 0), status
    return Outcome(f"goes on; slowest turn {status['slowest_turn_s']:.3f} s", None, None)


def libvosk_aborts(stage: Stage) -> Outcome:
    """A library ends the process."""
    return killed(stage, signal.SIGABRT)


def coach_is_killed(stage: Stage) -> Outcome:
    """It ends between two instructions."""
    return killed(stage, signal.SIGKILL)


def power_is_cut(stage: Stage) -> Outcome:
    """Everything ends between two instructions, whoever keeps the coach alive included."""
    pid = stage.pid
    began = CLOCK.monotonic()
    stage.coach.process.kill()
    stage.coach.process.wait(PATIENCE_S)
    stage.waits_for(lambda: not stage.runs(pid))
    noticed_s = since(began)
    stage.start_again()
    return Outcome("systemd starts it again", noticed_s, since(began))


def killed_mid_set(stage: Stage) -> Outcome:
    """The same while a set is counted; its repetitions must be in the log."""
    stage.begin_a_set()
    sounded = stage.read("SELECT reps FROM progress")
    outcome = killed(stage, signal.SIGKILL)
    assert stage.read("SELECT reps FROM progress") >= sounded
    return Outcome("lives again, the repetitions are kept", outcome.noticed_s, outcome.mended_s)


def synthesiser_hangs(stage: Stage) -> Outcome:
    """The process that speaks stands still."""
    return _worker_gets(stage, signal.SIGSTOP)


def synthesiser_dies(stage: Stage) -> Outcome:
    """The process that speaks is gone."""
    return _worker_gets(stage, signal.SIGKILL)


def killed(stage: Stage, number: signal.Signals) -> Outcome:
    """The process gets a signal that it does not survive."""
    return _lives_again(stage, lambda: os.kill(stage.pid, number))


def _from_inside(stage: Stage, switch: Switch, reaction: str) -> Outcome:
    began = CLOCK.monotonic()
    stage.switch(switch)
    assert stage.coach.logs("the recogniser has failed", PATIENCE_S), stage.coach.log
    noticed_s = since(began)
    assert stage.coach.logs("the recogniser works again", PATIENCE_S), stage.coach.log
    return Outcome(f"says so, {reaction}", noticed_s, since(began))


def _ends(stage: Stage, switch: Switch) -> Outcome:
    return _lives_again(stage, lambda: stage.switch(switch))


def _lives_again(stage: Stage, break_it: Callable[[], None]) -> Outcome:
    pid, lives = stage.pid, stage.coach.status["restarts"]
    began = CLOCK.monotonic()
    break_it()
    stage.waits_for(lambda: not stage.runs(pid))
    noticed_s = since(began)
    assert stage.coach.shows(PATIENCE_S, ready=True, restarts=lives + 1), stage.coach.log
    return Outcome("ends, and lives again", noticed_s, since(began))


def _new_weight(stage: Stage) -> str:
    """Another number of kilos almost every time."""
    tens, units = divmod(stage.pid % 54, 9)
    return (
        f"{('forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety')[tens]}"
        f" {('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine')[units]}"
    )


def _worker_gets(stage: Stage, number: signal.Signals) -> Outcome:
    """Break the worker while a sentence is to be spoken; it must be replaced by another one."""
    stage.waits_until_silent()
    (worker,) = stage.children()
    began = CLOCK.monotonic()
    os.kill(worker, number)
    stage.hear(f"log eleven reps at {_new_weight(stage)} kilos")  # the answer is in no cache
    stage.waits_for(lambda: bool(stage.children()) and worker not in stage.children())
    with stage.card.record() as room:
        assert room.wait_for_coach(0, PATIENCE_S), stage.coach.status
    assert stage.coach.status["faults"] == []
    return Outcome("the worker is replaced, the sentence spoken", None, since(began))
