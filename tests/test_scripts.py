"""The scripts that set up, run and check the project, on machines that lack this or that."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]
    if path.is_file() and path.read_bytes().startswith(b"#!/usr/bin/env bash")
)
TOOLS = ("bash", "cat", "chmod", "cut", "dirname", "env", "id", "mkdir", "rm", "sha256sum")
"""What every Linux machine has and the set-up uses."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the set-up reads, in a folder with a space in its name."""
    folder = tmp_path / "my coach"
    (folder / "scripts").mkdir(parents=True)
    for name in ("setup", "demo"):
        shutil.copy(ROOT / "scripts" / name, folder / "scripts")
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> "Machine":
    return Machine(tmp_path / "bin")


class Machine:
    """A PATH of one folder, in which programs are what a test says they are."""

    def __init__(self, programs: Path) -> None:
        programs.mkdir()
        self.programs = programs
        self.calls = programs.parent / "calls.txt"
        self.calls.touch()
        for tool in TOOLS:
            # A script and no link, so that nothing written here reaches the real program.
            self._write(tool, f'exec {shutil.which(tool)} "$@"')

    def has(self, program: str, *, does: str) -> None:
        self._write(program, f'echo "{program} $*" >>"{self.calls}"\n{does}')

    def _write(self, program: str, body: str) -> None:
        file = self.programs / program
        file.write_text(f"#!{shutil.which('bash')}\n{body}\n")
        file.chmod(0o755)

    def runs(self, script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [script, *arguments],
            env={"PATH": str(self.programs), "HOME": os.environ.get("HOME", "/")},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def was_asked_to(self) -> list[str]:
        return self.calls.read_text().splitlines()


ALL_INSTALLED = 'shift 2; for name in "$@"; do echo "$name installed"; done'

FAKE_PYTHON = r"""
case "$*" in
    *"-m venv"*)
        venv="${@: -1}"
        mkdir -p "$venv/bin"
        echo "version = 3.11.2" >"$venv/pyvenv.cfg"
        for name in python workout-assistant; do
            echo '#!/usr/bin/env bash' >"$venv/bin/$name"
            echo "echo \"venv-$name \$*\" >>'CALLS'" >>"$venv/bin/$name"
            chmod +x "$venv/bin/$name"
        done ;;
    *--version*) echo "Python 3.11.2" ;;
esac
"""


def equip(machine: Machine) -> None:
    """A machine with a Python and all system packages, but no environment yet."""
    machine.has("dpkg-query", does=ALL_INSTALLED)
    machine.has("ldconfig", does="exit 1")
    machine.has("python3.11", does=FAKE_PYTHON.replace("CALLS", str(machine.calls)))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_run_and_has_no_syntax_error(script: Path) -> None:
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def test_all_scripts_are_among_those_tested() -> None:
    names = {path.name for path in SCRIPTS}
    assert names >= {"setup", "demo", "test", "lint", "check", "format", "run"}


def test_a_fresh_machine_gets_an_environment_and_the_package(
    machine: Machine, checkout: Path
) -> None:
    equip(machine)
    result = machine.runs(checkout / "scripts" / "demo", "--quiet", "a b")
    assert result.returncode == 0, result.stderr
    calls = machine.was_asked_to()
    assert f"python3.11 -m venv --clear {checkout}/.venv" in calls
    assert any("pip install" in call and f"--editable {checkout}" in call for call in calls)
    assert calls[-1] == "venv-workout-assistant demo --quiet a b"


def test_a_second_run_installs_nothing(machine: Machine, checkout: Path) -> None:
    equip(machine)
    machine.runs(checkout / "scripts" / "setup")
    before = machine.was_asked_to()
    result = machine.runs(checkout / "scripts" / "setup")
    assert (result.returncode, result.stderr) == (0, "")
    assert [call.split()[0] for call in machine.was_asked_to()[len(before) :]] == ["dpkg-query"]


@pytest.mark.parametrize("change", ["dependencies", "Python", "folder", "extent"])
def test_a_change_is_followed_by_an_installation(
    machine: Machine, checkout: Path, change: str
) -> None:
    equip(machine)
    machine.runs(checkout / "scripts" / "setup")
    before = machine.was_asked_to()
    extent = "run"
    match change:
        case "dependencies":
            with (checkout / "pyproject.toml").open("a") as file:
                file.write("# another dependency\n")
        case "Python":
            (checkout / ".venv" / "pyvenv.cfg").write_text("version = 3.11.9\n")
        case "folder":
            checkout = checkout.rename(checkout.with_name("moved"))
        case "extent":
            extent = "dev"
    assert machine.runs(checkout / "scripts" / "setup", extent).returncode == 0
    assert any("pip install" in call for call in machine.was_asked_to()[len(before) :])


def test_what_is_needed_for_tests_is_enough_to_run(machine: Machine, checkout: Path) -> None:
    equip(machine)
    machine.runs(checkout / "scripts" / "setup", "dev")
    before = machine.was_asked_to()
    machine.runs(checkout / "scripts" / "setup", "run")
    assert not any("pip install" in call for call in machine.was_asked_to()[len(before) :])


def test_an_installation_that_failed_is_tried_again(machine: Machine, checkout: Path) -> None:
    equip(machine)
    machine.runs(checkout / "scripts" / "setup")
    python = checkout / ".venv" / "bin" / "python"
    working = python.read_text()
    python.write_text(f'{working}[[ "$*" != *"pip install"* ]]\n')
    first = machine.runs(checkout / "scripts" / "setup", "dev")
    assert first.returncode == 1
    assert "pip could not install the packages" in first.stderr
    python.write_text(working)
    assert machine.runs(checkout / "scripts" / "setup", "dev").returncode == 0


def test_missing_packages_are_installed_with_apt(machine: Machine, checkout: Path) -> None:
    equip(machine)
    machine.has("dpkg-query", does='echo "espeak-ng installed"')
    machine.has("id", does="echo 0")
    machine.has("apt-get", does="")
    assert machine.runs(checkout / "scripts" / "setup").returncode == 0
    apt = [call for call in machine.was_asked_to() if call.startswith("apt-get")]
    assert len(apt) == 1
    assert apt[0].startswith("apt-get install ")
    assert apt[0].endswith(" libespeak-ng1 libportaudio2")


def test_package_lists_are_fetched_when_a_package_is_not_found(
    machine: Machine, checkout: Path
) -> None:
    equip(machine)
    lists = machine.programs.parent / "lists"
    machine.has("dpkg-query", does="exit 1")
    machine.has("id", does="echo 0")
    machine.has(
        "apt-get", does=f'if [[ $1 == update ]]; then echo >"{lists}"; else [[ -e "{lists}" ]]; fi'
    )
    assert machine.runs(checkout / "scripts" / "setup").returncode == 0
    asked = [call.split()[1] for call in machine.was_asked_to() if call.startswith("apt-get")]
    assert asked == ["install", "update", "install"]


def test_somebody_who_is_not_root_gets_packages_through_sudo(
    machine: Machine, checkout: Path
) -> None:
    equip(machine)
    machine.has("dpkg-query", does="exit 1")
    machine.has("id", does="echo 1000")
    machine.has("sudo", does='[[ $1 == --non-interactive ]] && shift; "$@"')
    machine.has("apt-get", does="")
    assert machine.runs(checkout / "scripts" / "setup").returncode == 0
    assert any(call.startswith("sudo --non-interactive env") for call in machine.was_asked_to())


NAMES_AND_COMMAND = (
    "setup: these system packages are missing and could not be installed:"
    " espeak-ng libespeak-ng1 libportaudio2."
    " Please run: sudo apt-get update && sudo apt-get install"
    " espeak-ng libespeak-ng1 libportaudio2\n"
)


@pytest.mark.parametrize("lack", ["sudo", "rights", "network", "apt"])
def test_packages_that_may_not_be_installed_are_named_with_the_command(
    machine: Machine, checkout: Path, lack: str
) -> None:
    equip(machine)
    machine.has("dpkg-query", does="exit 1")
    machine.has("id", does="echo 0" if lack == "network" else "echo 1000")
    if lack != "apt":
        machine.has("apt-get", does="exit 100" if lack == "network" else "")
    if lack == "rights":
        machine.has("sudo", does="exit 1")
    result = machine.runs(checkout / "scripts" / "setup")
    assert result.returncode == 1
    assert result.stderr.endswith(NAMES_AND_COMMAND)
    assert not any("pip install" in call for call in machine.was_asked_to())


def test_another_system_with_the_same_libraries_is_good_enough(
    machine: Machine, checkout: Path
) -> None:
    equip(machine)
    (machine.programs / "dpkg-query").unlink()
    machine.has(
        "ldconfig",
        does="""echo "	libespeak-ng.so.1 (libc6,x86-64) => /lib/libespeak-ng.so.1"
                echo "	libportaudio.so.2 (libc6,x86-64) => /lib/libportaudio.so.2" """,
    )
    assert machine.runs(checkout / "scripts" / "setup").returncode == 0


def test_a_python_that_is_too_old_or_broken_is_passed_over(
    machine: Machine, checkout: Path
) -> None:
    equip(machine)
    (machine.programs / "python3.11").rename(machine.programs / "python3.13")
    machine.has("python3.11", does="exit 127")
    machine.has("python3", does="exit 1")
    assert machine.runs(checkout / "scripts" / "setup").returncode == 0
    assert f"python3.11 -m venv --clear {checkout}/.venv" in machine.was_asked_to()


def test_without_any_python_one_sentence_says_so(machine: Machine, checkout: Path) -> None:
    machine.has("dpkg-query", does=ALL_INSTALLED)
    result = machine.runs(checkout / "scripts" / "setup")
    assert result.returncode == 1
    assert result.stderr.startswith("setup: Python 3.11 or newer is needed and was not found.")
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_argument_is_refused(machine: Machine, checkout: Path) -> None:
    result = machine.runs(checkout / "scripts" / "setup", "everything")
    assert result.returncode == 1
    assert "unknown argument 'everything'" in result.stderr


def test_everything_that_scripts_import_is_there() -> None:
    program = "import runpy, sys\nfor script in sys.argv[1:]: runpy.run_path(script)"
    scripts = sorted((ROOT / "scripts").glob("*.py"))
    done = subprocess.run(
        [sys.executable, "-c", program, *scripts], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
