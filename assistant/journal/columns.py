"""The columns of the log as a CSV file, and what they mean."""

from collections.abc import Mapping
from typing import Final

COLUMNS: Final[Mapping[str, str]] = {
    "person": "whose set it is",
    "machine": "on which machine",
    "session": "number of the session of this person at this machine",
    "set": "number of the set in its session",
    "date": "local day on which it ended, 2026-01-31",
    "time": "local time at which it ended, 18:05:00",
    "zone": "name of the time zone, Europe/Berlin",
    "type": "work or warm_up; with health: pain or checked",
    "weight": "as it was entered; empty when nobody said",
    "unit": "kg or lb",
    "reps": "repetitions that sounded, or were told",
    "reps_planned": "repetitions as ordered",
    "tempo": "seconds of eccentric, hold, concentric and brace, 3-1-2-1",
    "pace_percent": "length of a beat in percent of a second",
    "clean": "yes, no, or empty when nobody said",
    "rir": "repetitions in reserve",
    "rpe": "perceived effort, 1 to 10",
    "source": "counted by the coach, or told by the lifter",
    "reason": "why the set ended",
    "notes": "free text; of pain: what was said, as JSON",
    "began_utc": "exact moment at which it began",
    "ended_utc": "exact moment at which it ended",
}
