"""Who may import whom: the contracts of .importlinter hold, and each of them can be broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says of the package below ``tree``, by the contracts of this project."""
    config = ROOT / ".importlinter"
    script = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", script, "--config", config, "--no-cache", "--no-logo"],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_keeps_to_its_layer() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package, to be spoilt."""
    sources = shutil.ignore_patterns("__pycache__", "en", "voice_models")
    shutil.copytree(ROOT / "assistant", tmp_path / "assistant", ignore=sources)
    return tmp_path


VIOLATIONS = {
    "dialogue/step.py: import time": "The dialogue core has no clock",
    "dialogue/turn.py: import random": "The dialogue core has no clock",
    "dialogue/turn.py: import numpy": "The dialogue core has no clock",
    "dialogue/setup.py: import assistant.content.loader": "The dialogue core has no clock",
    "dialogue/setup.py: import assistant.runtime.clock": "Imports point downwards",
    "content/model.py: import assistant.dialogue.session": "Imports point downwards",
    "language/matcher.py: import sounddevice": "Content and language know no sound",
    "hearing/microphone.py: import assistant.speaking.speaker": "Imports point downwards",
    "hearing/microphone.py: import assistant.dialogue.step": "Ears and mouth take the dialogue's",
    "speaking/speaker.py: import assistant.runtime.runner": "Ears and mouth take the dialogue's",
    "runtime/runner.py: import assistant.hearing.microphone": "Imports point downwards",
    "runtime/runner.py: import assistant.app": "Only commands build the app",
    "runtime/runner.py: import numpy": "Arrays stay with sound",
    "hearing/microphone.py: import vosk": "vosk stands in one file",
    "speaking/mixer.py: import pyttsx3": "pyttsx3 stands in one file",
    "sound/clip.py: import sounddevice": "PortAudio is opened by",
    "newcomer.py: import time": "Imports point downwards",
}


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_an_import_across_the_layers_is_found(tree: Path, violation: str) -> None:
    path, _, line = violation.partition(": ")
    with (tree / "assistant" / path).open("a") as file:
        file.write(f"\n{line}\n")
    result = lint(tree)
    assert result.returncode == 1, result.stdout
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(VIOLATIONS[violation]) for text in broken), result.stdout
