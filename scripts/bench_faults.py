#!/usr/bin/env python3
"""Breaks the real coach in every way there is a remedy for, and measures what happens.

    scripts/bench_faults.py [FAULT ...]

The real process runs on a virtual sound card. Each fault prints one line: what was broken, how the
coach reacted, seconds until it had noticed, seconds until it worked again, lines of the log lost.
Where all of it ends, the tenth of a second that systemd waits is part of them; see
``scripts/bench_service.py`` for what a real systemd does. Needs pulseaudio.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.faults import mind, sound, storage  # noqa: E402  (the path comes first)
from scripts.faults.stage import Outcome, Stage  # noqa: E402

FAULTS: dict[str, Callable[[Stage], Outcome]] = {
    "audio-server-dies": sound.audio_server_dies,
    "microphone-stalls": sound.microphone_stalls,
    "source-removed": sound.source_removed,
    "source-removed-in-set": sound.source_removed_mid_set,
    "sink-removed": sound.sink_removed,
    "output-underruns": sound.underruns,
    "callback-raises": mind.callback_raises,
    "callback-always-raises": mind.callback_always_raises,
    "recogniser-hangs": mind.recogniser_hangs,
    "recogniser-raises": mind.recogniser_raises,
    "libvosk-aborts": mind.libvosk_aborts,
    "memory-runs-out": mind.memory_runs_out,
    "main-thread-hangs": mind.main_thread_hangs,
    "machine-overloaded": mind.machine_is_overloaded,
    "synthesiser-hangs": mind.synthesiser_hangs,
    "synthesiser-dies": mind.synthesiser_dies,
    "disk-full": storage.disk_is_full,
    "clock-jumps": storage.clock_jumps,
    "model-corrupt": storage.model_is_corrupt,
    "process-stands-still": mind.process_stands_still,
    "killed": mind.coach_is_killed,
    "killed-in-set": mind.killed_mid_set,
    "all-killed": mind.power_is_cut,
}


def measured(fault: Callable[[Stage], Outcome]) -> tuple[Outcome, int]:
    """What a fault leads to, and how many lines of the log it costs."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        try:
            stage.log_a_set()
            before = stage.entries()
            outcome = fault(stage)
            return outcome, max(0, before - stage.entries())
        finally:
            stage.close()


def main() -> int:
    names = sys.argv[1:] or list(FAULTS)
    print(f"{'fault':22} {'noticed':>8} {'mended':>8} {'lost':>5}  reaction", flush=True)
    for name in names:
        outcome, lost = measured(FAULTS[name])
        times = [
            f"{it:6.2f} s" if it is not None else "-"
            for it in (outcome.noticed_s, outcome.mended_s)
        ]
        print(f"{name:22} {times[0]:>8} {times[1]:>8} {lost:>5}  {outcome.reaction}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
