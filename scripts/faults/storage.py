"""Disks that are full, clocks that jump, files that are damaged."""

import resource
import shutil
from pathlib import Path

from scripts.faults.rigged import Switch
from scripts.faults.stage import CLOCK, PATIENCE_S, Outcome, Stage, since

SHIPPED = Path(__file__).resolve().parents[2] / "voice_models" / "coach-en"
CLOCK_CHECK_S = 20.0
"""The coach looks at the wall clock this often."""


def disk_is_full(stage: Stage) -> Outcome:
    """No file of the process may grow any more; then there is room again."""
    before = stage.read("SELECT count(*) FROM done_set")
    _, most = resource.prlimit(stage.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(stage.pid, resource.RLIMIT_FSIZE, (0, most))
    stage.say("log twelve reps at one hundred kilos")
    began = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=["journal"])  # its log cannot grow either
    noticed_s = since(began)
    resource.prlimit(stage.pid, resource.RLIMIT_FSIZE, (most, most))
    stage.say("log ten reps at one hundred kilos")
    mending = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=[])
    mended_s = since(mending)
    kept = stage.read("SELECT count(*) FROM done_set") - before
    return Outcome(f"says so, goes on in memory; {kept} of 2 sets kept", noticed_s, mended_s)


def clock_jumps(stage: Stage) -> Outcome:
    """The date is three days later all at once."""
    stage.switch(Switch.JUMP)
    assert not stage.coach.shows(CLOCK_CHECK_S + 2, ready=False)
    assert stage.coach.status["faults"] == []
    return Outcome(f"within {CLOCK_CHECK_S:.0f} s reminders are planned anew", None, None)


def model_is_corrupt(stage: Stage) -> Outcome:
    """A file of the voice model is cut off."""
    stage.coach.stop()
    model = stage.folder / "model"
    shutil.copytree(SHIPPED, model)
    final = model / "am" / "final.mdl"
    final.write_bytes(final.read_bytes()[:100_000])
    began = CLOCK.monotonic()
    coach = stage.start("--model", str(model), wait=False)
    code = coach.process.wait(PATIENCE_S)
    noticed_s = since(began)
    sentence = coach.log.strip().splitlines()[-1].partition(str(model))[2].strip(": ")
    mending = CLOCK.monotonic()
    stage.start()
    return Outcome(f'ends with {code}: "{sentence}"', noticed_s, since(mending))
