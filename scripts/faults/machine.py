"""A machine of namespaces with a systemd of its own, on which the coach can be installed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event as Flag
from types import TracebackType
from typing import Any, Self

from assistant.complaint import Complaint
from assistant.runtime.clock import SystemClock
from assistant.service.door import FILE, SYSTEM_FOLDER, ask

ROOT = Path(__file__).resolve().parents[2]
PLACE = "/opt/workout-assistant"
PROGRAM = f"{PLACE}/.venv/bin/workout-assistant"
UNIT = "workout-assistant"
CARD = "/run/card"
PYTHON = "/usr/bin/python3"
"""The interpreter of the system: one in a home folder would be hidden from the service."""
UNSHARE = ("unshare", "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup", "--fork",
           "--kill-child", "--propagation", "private")  # fmt: skip
PATIENCE_S = 120.0
LOOK_S = 0.05
PERSON = "pi"
"""Somebody with services of their own, which run without a login."""
_DROP_INS = [f"/etc/systemd/{scope}/{UNIT}.service.d/card.conf" for scope in ("system", "user")]
_ENVIRONMENT = f"PULSE_SERVER=unix:{CARD}/native ALSA_CONFIG_PATH={CARD}/asound.conf"
_FURNISH = f"""
set -e
mkdir -p {PLACE} {CARD} {" ".join(str(Path(file).parent) for file in _DROP_INS)}
cd {ROOT}
git -c safe.directory={ROOT} ls-files -zco --exclude-standard | xargs -0 cp --parents -t {PLACE}
cp -a {ROOT}/.venv {PLACE}/.venv && cd {PLACE}/.venv
sed -i 's#^home = .*#home = /usr/bin#' pyvenv.cfg
for name in python python3 python3.11; do ln -sf {PYTHON} bin/$name; done
sed -i 's#{ROOT}#{PLACE}#g' bin/workout-assistant lib/python3*/site-packages/_workout_assistant.pth
printf '[Service]\\nEnvironment={_ENVIRONMENT}\\n' | tee {" ".join(_DROP_INS)} >/dev/null
useradd --create-home --groups audio {PERSON}
loginctl enable-linger {PERSON}
"""


class Machine:
    """Runs as long as the context lasts."""

    def __init__(self) -> None:
        """Start nothing yet.

        Raises:
            Complaint: this machine has no systemd, or an interpreter that does not fit.
        """
        if not Path("/lib/systemd/systemd").exists():
            raise Complaint("systemd is not installed here.")
        asked = [PYTHON, "-c", "import sys; print(sys.version_info[:2])"]
        if subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() != str(
            sys.version_info[:2]
        ):
            raise Complaint(f"{PYTHON} has to be the same version as the one of .venv.")
        self._clock = SystemClock()
        self._outside: subprocess.Popen[bytes] | None = None
        self._card: subprocess.Popen[str] | None = None
        self._inside = ""

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _begin(self) -> None:
        self._outside = subprocess.Popen([*UNSHARE, ROOT / "scripts" / "faults" / "boot"])
        self.waits_for(self._has_booted)
        self.run("bash", "-c", _FURNISH)
        self._card = subprocess.Popen(
            self._command(
                "bash", "-c", f"cd {PLACE} && .venv/bin/python -m scripts.faults.card {CARD}"
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.card("start")

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        for process in (self._card, self._outside):
            if process is not None:
                process.kill()
                process.wait()

    def run(self, *command: str, check: bool = True) -> str:
        """What a command prints, run by root inside."""
        done = subprocess.run(
            self._command(*command), capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
        assert not check or done.returncode == 0, (command, done.stderr)
        return done.stdout.strip() or done.stderr.strip()

    def run_as_person(self, *command: str) -> str:
        """What a command prints, run by somebody whose services run without a login."""
        uid = self.run("id", "-u", PERSON)
        become = ("setpriv", f"--reuid={uid}", f"--regid={uid}", "--init-groups", "env")
        home = (f"XDG_RUNTIME_DIR=/run/user/{uid}", f"HOME=/home/{PERSON}")
        return self.run(*become, *home, *command, check=False)

    def card(self, act: str) -> None:
        """Do something to the sound card, such as ``unplug_microphone``."""
        assert self._card is not None
        assert self._card.stdin is not None
        assert self._card.stdout is not None
        self._card.stdin.write(f"{act}\n")
        self._card.stdin.flush()
        assert self._card.stdout.readline() == "ok\n"

    def shown(self, name: str) -> str:
        """A property of the unit, as systemd shows it."""
        return self.run("systemctl", "show", UNIT, "--property", name, "--value")

    @property
    def status(self) -> dict[str, Any]:
        """What the coach tells of itself; nothing while nobody is there."""
        try:
            return ask(Path(f"/proc/{self._inside}/root{SYSTEM_FOLDER}") / FILE)
        except (OSError, ValueError):
            return {}

    def log(self, *options: str) -> str:
        """What stands in the journal about the unit."""
        return self.run("journalctl", "-u", UNIT, "--no-pager", *options)

    def seconds(self, act: Callable[[], object], until: Callable[[], bool]) -> float:
        """Seconds from the beginning of an act until something is so."""
        began = self._clock.monotonic()
        act()
        self.waits_for(until)
        return self._clock.monotonic() - began

    def waits_for(self, is_so: Callable[[], bool]) -> None:
        """Look again and again until something is so."""
        began = self._clock.monotonic()
        while not is_so():
            assert self._clock.monotonic() - began < PATIENCE_S, self._inside and self.log("-n30")
            self.lets_pass(LOOK_S)

    def lets_pass(self, seconds: float) -> None:
        """Do nothing for a while."""
        Flag().wait(seconds)

    def listens_again(self, earlier_pid: int) -> Callable[[], bool]:
        """Tells whether another coach than the earlier one is ready."""

        def listens() -> bool:
            status = self.status
            return status.get("ready") is True and status["pid"] != earlier_pid

        return listens

    def _has_booted(self) -> bool:
        assert self._outside is not None
        assert self._outside.poll() is None, "the machine did not start"
        children = Path(f"/proc/{self._outside.pid}/task/{self._outside.pid}/children").read_text()
        self._inside = children.strip()
        if not self._inside:
            return False
        if Path(f"/proc/{self._inside}/comm").read_text().strip() != "systemd":
            return False
        return self.run("systemctl", "is-system-running", check=False) in ("running", "degraded")

    def _command(self, *command: str) -> list[str]:
        enter = [shutil.which("nsenter") or "nsenter", "-t", self._inside]
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return [*enter, "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w", "env", "-i", path,
                "HOME=/root", "LANG=C.UTF-8", *command]  # fmt: skip
