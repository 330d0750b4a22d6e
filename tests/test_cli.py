"""The command line: its help, and what a user sees when something goes wrong."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

import assistant.commands
from assistant import __version__, cli

HEAVY = ("hassil", "kaldifst", "numpy", "pydantic", "pyttsx3", "rich", "sounddevice", "soundfile")
"""Libraries that take longer to import than somebody waits for a help page."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(cli.DEBUG_VARIABLE, raising=False)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Adds a command named ``try`` whose ``run(args)`` has the given body."""

    def add(body: str) -> None:
        source = textwrap.dedent("""\
            import os, sys
            from assistant.complaint import Complaint
            def add_parser(commands):
                commands.add_parser("try", help="what the test tries").set_defaults(run=run)
            def run(args):
            """)
        (tmp_path / "attempt.py").write_text(source + textwrap.indent(body, "    "))
        monkeypatch.setattr(assistant.commands, "__path__", [str(tmp_path)])
        monkeypatch.delitem(sys.modules, "assistant.commands.attempt", raising=False)
        monkeypatch.setattr(cli, "COMMANDS", ("attempt",))

    return add


def run_python(source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", source, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [(), *((name,) for name in cli.COMMANDS)])
def test_help_comes_without_the_libraries_that_are_slow_to_import(
    arguments: tuple[str, ...],
) -> None:
    source = f"""
import sys
from assistant.cli import main
try:
    main()
except SystemExit as end:
    assert end.code == 0, end.code
slow = [name for name in {HEAVY} + ("vosk",) if name in sys.modules]
sys.exit("imported: " + ", ".join(slow) if slow else 0)
"""
    result = run_python(source, *arguments, "--help")
    assert result.stderr == ""
    assert result.returncode == 0
    assert "usage: workout-assistant" in result.stdout


def test_help_names_each_command_on_one_line_and_gives_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    for name in cli.COMMANDS:
        assert sum(line.split()[:1] == [name] for line in lines) == 1, name
    assert "examples:" in lines


def test_every_command_line_in_the_examples_can_be_parsed() -> None:
    examples = [line for line in cli.EXAMPLES.splitlines() if line.startswith("  workout-assis")]
    for example in examples:
        words = example.split("   ")[0].split()
        assert cli.parser().parse_args(words[1:]).run is not None


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"workout-assistant {__version__}\n"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "examples:" in capsys.readouterr().err


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["dance"])
    assert end.value.code == 2
    assert "invalid choice: 'dance'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--config", "a.toml", "try"], ["try", "--config", "a.toml"]]
)
def test_common_options_stand_before_the_command_or_after_it(
    command: Callable[[str], None], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command("print(repr(args.config)); return 0")
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == f"{Path('a.toml')!r}\n"


@pytest.mark.parametrize("arguments", [["--no-color", "try"], ["try", "--no-color"]])
def test_colours_can_be_switched_off(
    command: Callable[[str], None],
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    command("print(os.environ['NO_COLOR']); return 0")
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out == "1\n"


def test_the_command_chooses_the_exit_code(command: Callable[[str], None]) -> None:
    command("return 5")
    assert cli.main(["try"]) == 5


def test_a_complaint_is_one_sentence_and_exit_code_2(
    command: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command("raise Complaint('set.wav has no sound in it')")
    assert cli.main(["try"]) == 2
    assert capsys.readouterr() == ("", "workout-assistant: set.wav has no sound in it\n")


def test_control_c_ends_quietly(
    command: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command("raise KeyboardInterrupt")
    assert cli.main(["try"]) == 130
    assert capsys.readouterr() == ("", "")


def test_an_unexpected_error_names_the_file_with_its_details(
    command: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("return 1 // 0")
    assert cli.main(["try"]) == 1
    file = tmp_path / "cache" / "workout-assistant" / "last-error.txt"
    assert capsys.readouterr().err == (
        "workout-assistant: something went wrong that should not have (ZeroDivisionError);"
        f" the details are in {file}\n"
    )
    assert "return 1 // 0" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_unexpected_error_on_a_disk_that_cannot_be_written_is_still_one_sentence(
    command: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command("return 1 // 0")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/no-such")
    monkeypatch.setattr("tempfile.tempdir", "/proc/no-such")
    assert cli.main(["try"]) == 1
    assert "set WORKOUT_ASSISTANT_DEBUG=1 to see the details" in capsys.readouterr().err


def test_a_developer_can_see_the_traceback(
    command: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(cli.DEBUG_VARIABLE, "1")
    command("return 1 // 0")
    assert cli.main(["try"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_has_gone_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {key: it for key, it in os.environ.items() if key != "PYTHONUNBUFFERED"}
    try:
        result = subprocess.run(
            [sys.executable, "-m", "assistant", "--help"],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=buffered,
            check=False,
        )
    finally:
        os.close(writing)
    assert result.stderr == b""
    assert result.returncode == 141
