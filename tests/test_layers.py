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


LAYERS = "Imports point downwards, and ears and mouth know nothing of each other"
PURE = "The dialogue core has no clock, thread, chance, file, log or device"
DATA_ONLY = "Ears and mouth take the dialogue's data, never its decisions"

VIOLATIONS = [
    ("dialogue.step", "time", PURE),
    ("dialogue.turn", "random", PURE),
    ("dialogue.turn", "numpy", PURE),
    ("dialogue.setup", "assistant.content.loader", PURE),
    ("dialogue.setup", "assistant.runtime.clock", LAYERS),
    ("content.model", "assistant.dialogue.session", LAYERS),
    ("language.matcher", "sounddevice", "Content and language know no sound"),
    ("hearing.microphone", "assistant.speaking.speaker", LAYERS),
    ("hearing.microphone", "assistant.dialogue.step", DATA_ONLY),
    ("speaking.speaker", "assistant.runtime.runner", DATA_ONLY),
    ("runtime.runner", "assistant.hearing.microphone", LAYERS),
    ("runtime.runner", "assistant.app", "Only commands build the app"),
    ("runtime.runner", "numpy", "Arrays stay with sound, ears and mouth"),
    ("hearing.recogniser", "vosk", "vosk stands in one file"),
    ("speaking.mixer", "pyttsx3", "pyttsx3 stands in one file"),
    ("content.loader", "yaml", "YAML is read in one file"),
    ("app.live", "gpiozero", "gpiozero stands in one file"),
    (
        "sound.clip",
        "sounddevice",
        "PortAudio is opened by microphone and speaker, and enumerated in one place",
    ),
]


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of a copy of the package that has all these imports in it."""
    tree = tmp_path_factory.mktemp("spoilt")
    sources = shutil.ignore_patterns("__pycache__", "en", "voice_models")
    shutil.copytree(ROOT / "assistant", tree / "assistant", ignore=sources)
    for importer, imported, _ in VIOLATIONS:
        path = tree / "assistant" / importer.replace(".", "/")
        with path.with_suffix(".py").open("a") as file:
            file.write(f"\nimport {imported}\n")
    (tree / "assistant" / "newcomer.py").touch()
    result = lint(tree)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout.partition("Broken contracts")[2]


@pytest.mark.parametrize(("importer", "imported", "contract"), VIOLATIONS)
def test_an_import_across_the_layers_is_found(
    complaints: str, importer: str, imported: str, contract: str
) -> None:
    section = complaints.partition(f"\n{contract}\n---")[2].partition("\n---")[0]
    assert f"assistant.{importer} -> {imported} (l." in " ".join(section.split())


def test_a_part_without_a_layer_is_found(complaints: str) -> None:
    assert "newcomer" in complaints.partition(LAYERS)[2]
