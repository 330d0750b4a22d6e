"""How the running coach is: what ``status`` shows, and what the watchdog is fed on."""

import logging
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.app.parts import Parts
from assistant.dialogue.events import Event, FaultCleared, FaultRaised, Heard, NotUnderstood
from assistant.speaking.mixer import FADE_S

_log = logging.getLogger(__name__)
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Health:
    """Counts what happens to one coach. Any thread may ask for the report."""

    def __init__(self, began: float, restarts: int = 0) -> None:
        """Args: monotonic seconds at which the process came up, how often one before it ended."""
        self.faults: tuple[str, ...] = ()
        """Parts that have failed and do not work again yet."""
        self._began = began
        self._restarts = restarts
        self._heard = 0
        self._rejected = 0
        self._faults_seen = 0
        self._stop: tuple[int, float] | None = None
        self._last_cut_s: float | None = None
        self._slowest_cut_s: float | None = None
        self._slowest_turn_s = 0.0

    def take(self, event: Event) -> None:
        """Count an event."""
        match event:
            case Heard():
                self._heard += 1
            case NotUnderstood():
                self._rejected += 1
            case FaultRaised(part):
                _log.warning("the %s has failed", part)
                self._faults_seen += 1
                self.faults = tuple(sorted({*self.faults, part}))
            case FaultCleared(part):
                _log.warning("the %s works again", part)
                self.faults = tuple(fault for fault in self.faults if fault != part)

    def turn_was_taken(self, took_s: float) -> None:
        """Note how long the brain was busy, between two times at which it waits."""
        self._slowest_turn_s = max(took_s, self._slowest_turn_s)

    def stop_was_heard(self, position: int, now: float) -> None:
        """Note that sound was cut while the mixer stood at this frame."""
        self._stop = position, now

    def follow_stop(self, position: int, latency_s: float, now: float) -> None:
        """Take the time once the mixer has faded out; later by as much as nobody looked."""
        if self._stop is None or position <= self._stop[0]:
            return
        cut_s = now - self._stop[1] + FADE_S + latency_s
        self._stop = None
        self._last_cut_s = cut_s
        self._slowest_cut_s = max(cut_s, self._slowest_cut_s or 0.0)

    def report(
        self, parts: Parts, *, state: str, is_ready: bool, replacements: int, now: float
    ) -> Mapping[str, Any]:
        """Everything worth knowing, flat, for people and programs."""
        microphone, speaker = parts.microphone, parts.speaker
        return {
            "version": __version__,
            "pid": os.getpid(),
            "uptime_s": round(now - self._began, 1),
            "restarts": self._restarts,
            "ready": is_ready,
            "state": state,
            "faults": list(self.faults),
            "faults_seen": self._faults_seen,
            "heard": self._heard,
            "rejected": self._rejected,
            "cut_s": _rounded(self._last_cut_s),
            "slowest_cut_s": _rounded(self._slowest_cut_s),
            "slowest_turn_s": _rounded(self._slowest_turn_s),
            "late_cues": parts.stage.mixer.late,
            "underruns": speaker.underruns,
            "failed_blocks": speaker.failures,
            "overflows": microphone.overflows,
            "dropped_blocks": microphone.dropped_blocks,
            "recogniser_replacements": replacements,
            "microphone": microphone.device_name,
            "microphone_condition": str(parts.condition),
            "speaker": speaker.device_name,
            "memory_mb": round(memory_bytes() / 1e6, 1),
            "threads": threading.active_count(),
            "open_files": open_files(),
        }


def memory_bytes() -> int:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES


def open_files() -> int:
    """Open descriptors of this process."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208  (a count; no paths are needed)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
