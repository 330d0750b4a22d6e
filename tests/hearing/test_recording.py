"""What is recorded for debugging, and what room it may take."""

import stat
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.hearing.recording import Recorded

RATE_HZ = 16_000
SECOND = np.full(RATE_HZ, 1000, "<i2").tobytes()


class Blocks:
    """A microphone that delivers a second at a time."""

    def read(self, timeout_s: float) -> bytes | None:  # noqa: ARG002  (fits the port)
        return SECOND


def recorded(folder: Path, most_bytes: int) -> Recorded:
    minutes = count()

    def now() -> datetime:
        return datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=next(minutes))

    return Recorded(Blocks(), folder, rate_hz=RATE_HZ, most_bytes=most_bytes, now=now)


def test_blocks_are_passed_on_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "heard"
    microphone = recorded(folder, 100_000_000)
    assert microphone.read(1) == SECOND
    assert microphone.read(1) == SECOND
    microphone.close()
    (file,) = folder.iterdir()
    samples, rate_hz = soundfile.read(file, dtype="int16")
    assert rate_hz == RATE_HZ
    assert samples.tobytes() == SECOND + SECOND


def test_only_the_owner_may_listen(tmp_path: Path) -> None:
    microphone = recorded(tmp_path / "heard", 100_000_000)
    microphone.read(1)
    microphone.close()
    (file,) = (tmp_path / "heard").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_oldest_go_and_the_bound_holds(tmp_path: Path) -> None:
    most_bytes = 1_000_000
    microphone = recorded(tmp_path, most_bytes)
    seen: set[str] = set()
    for _ in range(100):
        microphone.read(1)
        files = sorted(tmp_path.iterdir())
        assert sum(file.stat().st_size for file in files) <= most_bytes
        seen.update(file.name for file in files)
    microphone.close()
    assert len(seen) > len(list(tmp_path.iterdir()))
    assert sorted(file.name for file in tmp_path.iterdir())[-1] == max(seen)


def test_a_disk_that_refuses_ends_the_recording_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "heard").touch()
    microphone = recorded(tmp_path / "heard", 100_000_000)
    assert microphone.read(1) == SECOND
    assert microphone.read(1) == SECOND
    assert caplog.text.count("the recording for debugging has ended") == 1
