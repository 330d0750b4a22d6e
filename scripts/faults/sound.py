"""Devices that come and go, fall silent, or are not what they seem."""

import os
import signal
from collections.abc import Callable

from scripts.faults.stage import CLOCK, PATIENCE_S, Outcome, Stage, since

FROZEN_S = 0.4
"""Longer than the loudspeaker's buffer, shorter than what counts as lost."""


def audio_server_dies(stage: Stage) -> Outcome:
    """The server of the sound system is killed, and started again."""
    return _lost_and_back(stage, "microphone", stage.card.kill, stage.card.start)


def microphone_stalls(stage: Stage) -> Outcome:
    """The device is there and delivers nothing at all."""
    card = stage.card
    return _lost_and_back(stage, "microphone", card.suspend_microphone, card.resume_microphone)


def source_removed(stage: Stage) -> Outcome:
    """The microphone is unplugged; the sound system hands over a copy of what it plays."""
    card = stage.card
    stage.waits_until_silent()
    return _lost_and_back(stage, "microphone", card.unplug_microphone, card.plug_microphone)


def source_removed_mid_set(stage: Stage) -> Outcome:
    """The microphone is unplugged while a set is counted."""
    stage.begin_a_set()
    began = CLOCK.monotonic()
    stage.card.unplug_microphone()
    stage.waits_for(lambda: stage.coach.status["state"] != "set")
    noticed_s = since(began)
    stage.waits_for(lambda: stage.read("SELECT count(*) FROM done_set WHERE reps > 0") == 2)
    stage.card.plug_microphone()
    mending = CLOCK.monotonic()
    stage.waits_for(lambda: stage.coach.status["faults"] == [])
    return Outcome("the set ends, its repetitions are logged", noticed_s, since(mending))


def sink_removed(stage: Stage) -> Outcome:
    """The loudspeaker is unplugged and plugged in again; both times the coach has to be heard."""
    stage.card.unplug_speaker()
    away_s = _heard_after(stage)
    stage.card.plug_speaker()
    back_s = _heard_after(stage)
    assert stage.coach.status["faults"] == []
    reaction = f"speaks through the next device ({away_s:.1f} s after a command), then through it"
    return Outcome(reaction, None, back_s)


def underruns(stage: Stage) -> Outcome:
    """The whole process is held up for longer than the loudspeaker's buffer lasts."""
    before = stage.coach.status["underruns"] + stage.coach.status["overflows"]
    pid = stage.pid
    os.kill(pid, signal.SIGSTOP)
    stage.lets_pass(FROZEN_S)
    os.kill(pid, signal.SIGCONT)
    began = CLOCK.monotonic()
    stage.waits_for(lambda: bool(stage.coach.status))
    status = stage.coach.status
    number = status["underruns"] + status["overflows"] - before
    mended_s = since(began)
    assert status["faults"] == []
    _heard_after(stage)
    return Outcome(f"counted in status ({number}), the sound goes on", None, mended_s)


def _heard_after(stage: Stage) -> float:
    """Seconds from a command to the coach's voice in the room."""
    stage.say("what can i say")
    began = CLOCK.monotonic()
    with stage.card.record() as room:
        assert room.wait_for_coach(0, PATIENCE_S), stage.coach.status
    return since(began)


def _lost_and_back(
    stage: Stage, part: str, break_it: Callable[[], None], mend_it: Callable[[], None]
) -> Outcome:
    began = CLOCK.monotonic()
    break_it()
    assert stage.coach.logs(f"the {part} has failed", PATIENCE_S), stage.coach.log
    noticed_s = since(began)
    mend_it()
    mending = CLOCK.monotonic()
    assert stage.coach.shows(PATIENCE_S, faults=[]), stage.coach.log
    return Outcome("says so, and that it hears again", noticed_s, since(mending))
