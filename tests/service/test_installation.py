"""The units hold what they promise, and are put in place step by step."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.service.installation import (
    Scope,
    Step,
    carry_out,
    installation,
    removal,
    unit_path,
    unit_text,
)

ROOT = Path(__file__).parents[2]
SHIPPED = (
    ROOT / "systemd" / "workout-assistant.service",
    ROOT / "systemd" / "user" / "workout-assistant.service",
)
MOST_EXPOSED = 2.5

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


@pytest.fixture(autouse=True)
def interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one of the system, wherever the tests themselves are run from."""
    monkeypatch.setattr(sys, "executable", "/usr/bin/python3")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o711)
    program = tmp_path / "workout-assistant"
    program.touch(0o755)
    return program


class Machine:
    """Notes what is run on it."""

    def __init__(self, failing: str = "") -> None:
        self.commands: list[str] = []
        self._failing = failing

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        self.commands.append(" ".join(command))
        code = 1 if self._failing and self._failing in command else 0
        return subprocess.CompletedProcess(command, code, "", "Access denied\n")


@needs_systemd
@pytest.mark.parametrize("scope", Scope)
def test_systemd_takes_the_units_as_they_are_installed(
    scope: Scope, program: Path, tmp_path: Path
) -> None:
    unit = tmp_path / "workout-assistant.service"
    unit.write_text(unit_text(scope, program))
    result = subprocess.run(
        ["systemd-analyze", f"--{scope}", "verify", "--man=no", unit],
        capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    mine = [line for line in result.stderr.splitlines() if "workout-assistant" in line]
    assert mine == []
    assert result.returncode == 0, result.stderr


@needs_systemd
def test_the_service_of_the_system_is_hardly_exposed() -> None:
    result = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", SHIPPED[0]],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    exposure = re.search(r"exposure level .*: ([\d.]+)", result.stdout)
    assert exposure is not None, result.stdout
    assert float(exposure[1]) <= MOST_EXPOSED


@pytest.mark.parametrize("path", SHIPPED)
def test_no_unit_can_reach_a_network(path: Path) -> None:
    assert "RestrictAddressFamilies=AF_UNIX\n" in path.read_text()


@pytest.mark.parametrize("scope", Scope)
def test_a_unit_names_this_very_program(scope: Scope, program: Path) -> None:
    text = unit_text(scope, program)
    assert f"ExecStart={program} run --service\n" in text
    assert "/opt/" not in text
    (documents,) = re.findall(r"Documentation=file:(.*)/raspberry-pi.md", text)
    assert Path(documents) == ROOT / "docs"


def test_a_users_unit_lies_in_the_users_configuration() -> None:
    assert unit_path(Scope.USER, {"XDG_CONFIG_HOME": "/c"}) == Path(
        "/c/systemd/user/workout-assistant.service"
    )
    assert unit_path(Scope.USER, {"HOME": "/h"}) == Path(
        "/h/.config/systemd/user/workout-assistant.service"
    )


def test_a_users_service_is_written_started_and_made_to_linger(
    program: Path, tmp_path: Path
) -> None:
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    machine = Machine()
    carry_out(installation(Scope.USER, program, env), machine.run)
    assert machine.commands == [
        "systemctl --user daemon-reload",
        "systemctl --user enable workout-assistant.service",
        "systemctl --user restart --no-block workout-assistant.service",
        "loginctl enable-linger",
    ]
    assert unit_path(Scope.USER, env).read_text() == unit_text(Scope.USER, program)

    carry_out(removal(Scope.USER, env), machine.run)
    assert machine.commands[4:] == [
        "systemctl --user disable --now workout-assistant.service",
        "systemctl --user daemon-reload",
    ]
    assert not unit_path(Scope.USER, env).exists()


def test_the_systems_service_gets_a_user_of_its_own(program: Path) -> None:
    steps = installation(Scope.SYSTEM, program, {})
    assert "--groups audio" in " ".join(steps[0].command)
    assert steps[1].path == Path("/etc/systemd/system/workout-assistant.service")


def test_a_step_that_fails_ends_the_installation_and_says_why(
    program: Path, tmp_path: Path
) -> None:
    machine = Machine(failing="enable")
    with pytest.raises(Complaint, match="Could not have it started at every boot: Access denied"):
        carry_out(installation(Scope.USER, program, {"HOME": str(tmp_path)}), machine.run)
    assert not any("restart" in command for command in machine.commands)


def test_what_is_not_there_any_more_can_be_removed(tmp_path: Path) -> None:
    machine = Machine(failing="disable")
    carry_out(removal(Scope.USER, {"HOME": str(tmp_path)}), machine.run)
    assert machine.commands[-1] == "systemctl --user daemon-reload"


def test_a_program_that_cannot_be_written_beside_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    step = Step("write it", path=tmp_path / "file" / "unit", text="")
    with pytest.raises(Complaint, match="Could not write it"):
        carry_out([step], Machine().run)


def test_the_system_cannot_run_a_program_in_a_home_folder() -> None:
    program = Path("/home/pi/coach/.venv/bin/workout-assistant")
    with pytest.raises(Complaint, match="/opt/workout-assistant"):
        installation(Scope.SYSTEM, program, {})


def test_the_system_cannot_run_an_interpreter_in_a_home_folder(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/root/.pyenv/versions/3.11.7/bin/python3.11")
    with pytest.raises(Complaint, match=r"interpreter.*cannot see"):
        installation(Scope.SYSTEM, program, {})


def test_the_systems_user_must_be_able_to_get_there(program: Path) -> None:
    program.parent.chmod(0o700)
    with pytest.raises(Complaint, match="may not enter"):
        installation(Scope.SYSTEM, program, {})
