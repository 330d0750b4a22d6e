"""How a set arrives at the loudspeaker of a virtual sound card, on one sample clock."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.runtime.clock import SystemClock
from assistant.sound.clip import Samples
from assistant.speaking.speaker import PRIORITY
from scripts.cadence.material import onsets
from scripts.cadence.played import REST_S, Played
from tests.soundcard import COACH, RATE_HZ, Recording, VirtualSoundCard

ROOT = Path(__file__).resolve().parents[2]
AUDIBLE = 1e-4
CARD_BLOCK_S = 0.02
"""The virtual card renders, and its recording delivers, so much at a time."""
STEP_S = 0.001
"""A click further than this from its neighbour's delay comes after a gap in the sound."""
SPINNING = "while True: pass"
LONGEST_S = 10 * 3600.0
NEAR_S = 0.1
"""A click is looked for this far around the delay of the one before."""


@dataclass(frozen=True, slots=True)
class Load:
    """What the machine does besides."""

    name: str
    hearing: bool
    """A recogniser decodes noise without a pause in the process that plays."""
    spinning: bool
    """Another process spins."""


LOADS = {
    "idle": Load("idle", hearing=False, spinning=False),
    "busy": Load("one core busy", hearing=False, spinning=True),
    "recogniser": Load("recogniser", hearing=True, spinning=False),
    "both": Load("both", hearing=True, spinning=True),
}


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What came out of the loudspeaker."""

    played: Played
    found: int
    """Clicks heard."""
    error_s: NDArray[np.float64]
    """Of each click against the grid, less the delay of its set."""
    drift_ppm: float
    gaps: int
    """How often the delay changed from one click to the next: sound was missing or too much."""
    silent_after_s: NDArray[np.float64]
    """From each cut to the last sample of the tone."""


def measure(load: Load, arguments: list[str]) -> Heard:
    """Let the player play under this load, and listen."""
    with tempfile.TemporaryDirectory() as folder, _card(Path(folder)) as card:
        with _spinning(is_wanted=load.spinning), card.record() as room:
            listening = ["--hearing"] if load.hearing else []
            played, zero_s = _watch(room, card, [*arguments, *listening])
        return _heard(room.channel(COACH), played, zero_s)


def _watch(room: Recording, card: VirtualSoundCard, arguments: list[str]) -> tuple[Played, float]:
    """What was played, and the monotonic time of the room's frame 0."""
    clock = SystemClock()
    zeros_s: list[float] = []
    command = [sys.executable, "-m", "scripts.cadence.player", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **card.settings}, stdout=subprocess.PIPE, text=True
    ) as player:

        def is_over() -> bool:
            zeros_s.append(clock.monotonic() - room.frames / RATE_HZ)
            return player.poll() is not None

        room.wait_until(is_over, LONGEST_S)
        assert player.stdout is not None
        if player.wait():
            raise SystemExit("the player ended with an error, see above")
        # The fastest deliveries tell the time best; their last sample is a block ahead of its time.
        return Played(**json.load(player.stdout)), min(zeros_s) + CARD_BLOCK_S


def _heard(sound: Samples, played: Played, zero_s: float) -> Heard:
    found = onsets(sound, RATE_HZ, AUDIBLE)
    if not found.size:
        raise SystemExit("nothing was heard of the set")
    delay = found[0] - played.sets[0][0] * RATE_HZ / played.rate
    clicks = []
    for frames in played.sets:
        clicks.append(_matched(np.array(frames) * RATE_HZ / played.rate, found, delay))
        delay = clicks[-1][1][-1]
    delays = np.concatenate([delay for _, delay in clicks])
    slope = np.polyfit(np.concatenate([planned for planned, _ in clicks]), delays, 1)[0]
    errors = [delay - np.median(delay) for _, delay in clicks]
    steps = [np.abs(np.diff(delay)) > STEP_S * RATE_HZ for _, delay in clicks]
    return Heard(
        played,
        found=len(delays),
        error_s=np.concatenate(errors) / RATE_HZ,
        drift_ppm=float(slope) * 1e6,
        gaps=int(sum(step.sum() for step in steps)),
        silent_after_s=np.array([_tail_s(sound, at_s - zero_s) for at_s in played.cut_at_s]),
    )


def _matched(
    planned: NDArray[np.float64], found: NDArray[np.intp], delay: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The clicks that were heard, as planned, and how many frames later each was heard."""
    heard: list[tuple[float, float]] = []
    for frame in planned:
        nearest = found[np.argmin(np.abs(found - frame - delay))]
        if abs(nearest - frame - delay) < NEAR_S * RATE_HZ:
            delay = float(nearest - frame)
            heard.append((frame, delay))
    clicks = np.array(heard, np.float64).reshape(-1, 2)
    return clicks[:, 0], clicks[:, 1]


def _tail_s(sound: Samples, cut_s: float) -> float:
    """Seconds from a cut to the last sample that sounds."""
    start = round(cut_s * RATE_HZ)
    audible = np.flatnonzero(np.abs(sound[start : start + round(REST_S * RATE_HZ)]) > AUDIBLE)
    return float(audible[-1] + 1) / RATE_HZ if audible.size else 0.0


@contextlib.contextmanager
def _card(folder: Path) -> Iterator[VirtualSoundCard]:
    """A card that waits for no core where the system allows it, as a real one never does.

    PulseAudio gives that right to its mixing threads alone. The one that takes sound from its
    clients would wait its turn on a busy machine, and their buffers run dry meanwhile.
    """
    card = VirtualSoundCard(folder)
    card.start()
    with contextlib.suppress(PermissionError):
        for task in Path(f"/proc/{card.process_id}/task").iterdir():
            os.sched_setscheduler(int(task.name), os.SCHED_RR, os.sched_param(PRIORITY + 1))
    try:
        yield card
    finally:
        card.kill()


@contextlib.contextmanager
def _spinning(*, is_wanted: bool) -> Iterator[None]:
    if not is_wanted:
        yield
        return
    with subprocess.Popen([sys.executable, "-c", SPINNING]) as spinner:
        try:
            yield
        finally:
            spinner.kill()
