"""The wheel: whoever installs it has the content and the voice model, too."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assistant import __version__

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_content_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    content = files_below(ROOT / "assistant" / "content" / "en")
    assert content
    assert {f"assistant/content/en/{name}" for name in content} <= set(wheel.namelist())


def test_the_voice_model_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    model = files_below(ROOT / "voice_models" / "coach-en")
    assert "am/final.mdl" in model
    packed = {f"assistant/voice_models/coach-en/{name}" for name in model}
    assert packed <= set(wheel.namelist())


def test_nothing_but_the_package_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"assistant", f"workout_assistant-{__version__}.dist-info"}


def test_the_command_and_the_licence_are_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    info = f"workout_assistant-{__version__}.dist-info"
    assert b"workout-assistant = assistant.cli:main" in wheel.read(f"{info}/entry_points.txt")
    assert b"Apache License" in wheel.read(f"{info}/licenses/LICENSE")
