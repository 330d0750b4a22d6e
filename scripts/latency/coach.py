"""The process under test, and what it prints."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE_S: Final = 15.0
_START_S: Final = 90.0

Record = dict[str, Any]


class Coach:
    """`workout-assistant run`, from its start to its end."""

    def __init__(self, env: dict[str, str]) -> None:
        began = time.monotonic()  # noqa: TID251  (a benchmark reads the clock)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "run", "--json"],
            cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._records: list[Record] = []
        self._grown = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        if not self.wait_for(0, lambda record: record["kind"] == "said", _START_S):
            raise SystemExit("the coach did not start: try `workout-assistant check`")
        self.ready_s = time.monotonic() - began  # noqa: TID251

    def stop(self) -> None:
        """End it as systemd would."""
        self._process.terminate()
        self._process.wait(timeout=PATIENCE_S)

    def mark(self) -> int:
        """The number of records so far."""
        return len(self._records)

    def since(self, mark: int) -> list[Record]:
        """The records after ``mark``."""
        return self._records[mark:]

    def wait_for(self, mark: int, is_it: Callable[[Record], bool], timeout_s: float) -> bool:
        """Whether such a record came after ``mark``."""
        with self._grown:
            return self._grown.wait_for(lambda: any(map(is_it, self.since(mark))), timeout_s)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._grown:
                if line.startswith("{"):
                    self._records.append(json.loads(line))
                self._grown.notify_all()
