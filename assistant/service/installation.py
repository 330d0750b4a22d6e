"""Puts the coach under systemd's care and takes it out again, step by step.

An installation is a list of steps that can be shown before anything is changed. Each says in words
what it does; nothing else is done.
"""

import os
import pwd
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from assistant.complaint import Complaint

UNIT = "workout-assistant.service"
USER = "workout-assistant"
STATE_FOLDER = Path("/var/lib/workout-assistant")
EXAMPLE_PROGRAM = "/opt/workout-assistant/.venv/bin/workout-assistant"
EXAMPLE_DOCUMENTS = "/opt/workout-assistant/docs"
"""What stands in the unit files as they are shipped; both are replaced."""
HIDDEN = (Path("/home"), Path("/root"), Path("/run/user"))
"""Folders that the sandbox of the system's service hides from it."""

Run: TypeAlias = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]
"""Runs a command; its output is text, and no exit code raises."""


class Scope(StrEnum):
    """Whose service it is."""

    SYSTEM = "system"
    USER = "user"

    @property
    def systemctl(self) -> tuple[str, ...]:
        """The command that reaches its manager."""
        return ("systemctl", "--user") if self is Scope.USER else ("systemctl",)


@dataclass(frozen=True, slots=True)
class Step:
    """One change, or one command."""

    about: str
    """What it does, as an order."""
    command: tuple[str, ...] = ()
    """What is run; empty for a step that writes or removes a file."""
    path: Path | None = None
    """The file that is written, or removed when there is no text for it."""
    text: str | None = None
    may_fail: bool = False
    """Whether the other steps make sense without it."""


def unit_text(scope: Scope, program: Path) -> str:
    """The unit file with the real path of the program in it."""
    source = _shipped(scope)
    documents = source.parents[1 if scope is Scope.SYSTEM else 2] / "docs"
    return (
        source.read_text(encoding="utf-8")
        .replace(EXAMPLE_PROGRAM, str(program))
        .replace(EXAMPLE_DOCUMENTS, str(documents))
    )


def unit_path(scope: Scope, env: Mapping[str, str]) -> Path:
    """Where the unit file belongs."""
    if scope is Scope.SYSTEM:
        return Path("/etc/systemd/system") / UNIT
    home = Path(env.get("XDG_CONFIG_HOME") or Path(env.get("HOME", "~")).expanduser() / ".config")
    return home / "systemd" / "user" / UNIT


def installation(scope: Scope, program: Path, env: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps that install the service and start it, now and at every boot.

    Raises:
        Complaint: the service could not reach the program.
    """
    if scope is Scope.SYSTEM:
        _require_reachable(program)
    path = unit_path(scope, env)
    systemctl = scope.systemctl
    return (
        *_somebody_to_run_it(scope),
        Step(f"write {path}", path=path, text=unit_text(scope, program)),
        Step("let systemd read it", (*systemctl, "daemon-reload")),
        Step("have it started at every boot", (*systemctl, "enable", UNIT)),
        Step("start it now", (*systemctl, "restart", "--no-block", UNIT)),
        *_run_without_login(scope),
    )


def removal(scope: Scope, env: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps that stop the service and remove it; the log and the settings stay."""
    path = unit_path(scope, env)
    return (
        Step("stop it", (*scope.systemctl, "disable", "--now", UNIT), may_fail=True),
        Step(f"remove {path}", path=path),
        Step("let systemd forget it", (*scope.systemctl, "daemon-reload")),
    )


def carry_out(steps: Sequence[Step], run: Run) -> None:
    """Do all steps in order.

    Raises:
        Complaint: a step has failed; those before it have been done.
    """
    for step in steps:
        try:
            _carry_out(step, run)
        except (OSError, subprocess.SubprocessError) as error:
            raise Complaint(f"Could not {step.about}: {error}.") from error


def require_systemd() -> None:
    """Complain where there is nothing to install a service into."""
    if not Path("/run/systemd/system").is_dir():
        raise Complaint(
            "This machine was not started by systemd. Let whatever starts programs here run:"
            " workout-assistant run --service"
        )


def ask_system(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """Run a command of the system, with its output as text."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def _carry_out(step: Step, run: Run) -> None:
    if step.path is not None and step.text is not None:
        step.path.parent.mkdir(parents=True, exist_ok=True)
        step.path.write_text(step.text, encoding="utf-8")
        step.path.chmod(0o644)
    elif step.path is not None:
        step.path.unlink(missing_ok=True)
    else:
        done = run(step.command)
        if done.returncode and not step.may_fail:
            reason = done.stderr.strip() or f"{step.command[0]} gave {done.returncode}"
            raise Complaint(f"Could not {step.about}: {reason}")


def _somebody_to_run_it(scope: Scope) -> tuple[Step, ...]:
    if scope is Scope.USER:
        return ()
    try:
        pwd.getpwnam(USER)
    except KeyError:
        command = ("useradd", "--system", "--user-group", "--groups", "audio", "--shell",
                   "/usr/sbin/nologin", "--home-dir", str(STATE_FOLDER), "--no-create-home",
                   USER)  # fmt: skip
        return (Step(f"make the user {USER}, in the group audio", command),)
    return ()


def _run_without_login(scope: Scope) -> tuple[Step, ...]:
    if scope is Scope.SYSTEM:
        return ()
    return (Step("let your services run without a login", ("loginctl", "enable-linger")),)


def _require_reachable(program: Path) -> None:
    if _is_hidden(program):
        raise Complaint(
            f"{program} lies in a home folder, which a service of the system cannot see. Put the"
            " program into /opt/workout-assistant, or install it for yourself:"
            " workout-assistant service install --user"
        )
    interpreter = Path(sys.executable).resolve()
    if _is_hidden(interpreter):
        raise Complaint(
            f"The interpreter {interpreter} lies in a home folder, which a service of the system"
            " cannot see. Make .venv with the Python of the system (apt install python3-venv,"
            " then scripts/setup), or install the service for yourself:"
            " workout-assistant service install --user"
        )
    if not os.access(program, os.X_OK):
        raise Complaint(f"There is no program {program}; run scripts/setup first.")
    for folder in program.parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            raise Complaint(f"The user {USER} may not enter {folder}; run: chmod o+rx '{folder}'")


def _is_hidden(file: Path) -> bool:
    return any(file.is_relative_to(folder) for folder in HIDDEN)


def _shipped(scope: Scope) -> Path:
    """The unit file as it came with the program: in a checkout, or in the installed package."""
    package = Path(__file__).resolve().parents[1]
    name = Path("user") / UNIT if scope is Scope.USER else Path(UNIT)
    for folder in (package.parent / "systemd", package / "systemd"):
        if (folder / name).is_file():
            return folder / name
    raise Complaint(f"The unit file {name} is missing from this installation; install it again.")
