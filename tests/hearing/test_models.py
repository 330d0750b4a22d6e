import os
import shutil
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from assistant.complaint import Complaint
from assistant.hearing.models import embedded_model, find_model, model_fault, words


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a copy of the embedded model in the user's folder of models."""
    place = tmp_path / "voice_models"
    place.mkdir()
    monkeypatch.setattr(platformdirs, "user_data_path", lambda _: tmp_path)

    def make(name: str) -> Path:
        shutil.copytree(embedded_model(), place / name)
        for path in (place / name).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (place / name).chmod(0o755)
        return place / name

    return make


def test_the_embedded_model_is_the_default(copy: Callable[[str], Path]) -> None:
    model = find_model()
    assert model.name == "coach-en"
    assert model.is_dynamic


def test_a_fetched_model_wins_over_the_embedded_one_and_the_newest_over_all(
    copy: Callable[[str], Path],
) -> None:
    old, new = copy("zoo"), copy("art")
    os.utime(old, (1, 1))
    assert find_model().path == new
    os.utime(new, (0, 0))
    assert find_model().path == old


def test_a_broken_fetched_model_is_passed_over(copy: Callable[[str], Path]) -> None:
    (copy("broken") / "am" / "final.mdl").unlink()
    assert find_model().name == "coach-en"


def test_a_model_can_be_named_or_pointed_at(copy: Callable[[str], Path]) -> None:
    path = copy("mine")
    assert find_model("mine").path == path
    assert find_model(path).path == path
    assert find_model("coach-en").path == embedded_model()
    with pytest.raises(Complaint, match="no model yours; there are: coach-en, mine"):
        find_model("yours")


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("am/final.mdl", "am/final.mdl is missing"),
        ("graph/HCLr.fst", "graph/HCLr.fst is missing"),
        ("graph/Gr.fst", "graph/Gr.fst is missing"),
        ("graph/disambig_tid.int", "graph/disambig_tid.int is missing"),
    ],
)
def test_a_missing_file_is_named(copy: Callable[[str], Path], file: str, fault: str) -> None:
    path = copy("mine")
    (path / file).unlink()
    assert model_fault(path) == fault
    with pytest.raises(Complaint, match=f"no usable Vosk model: {fault}"):
        find_model(path)


def test_a_truncated_or_foreign_file_is_named(copy: Callable[[str], Path]) -> None:
    path = copy("mine")
    acoustic = path / "am" / "final.mdl"
    whole = acoustic.read_bytes()
    acoustic.write_bytes(whole[: len(whole) // 2])
    assert model_fault(path) == "am/final.mdl is cut off"
    acoustic.write_bytes(b"<html>not found</html>")
    assert model_fault(path) == "am/final.mdl is not a Kaldi model"
    acoustic.write_bytes(whole)
    (path / "graph" / "HCLr.fst").write_bytes(b"")
    assert model_fault(path) == "graph/HCLr.fst is not a transducer"


def test_what_is_no_folder_of_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert model_fault(tmp_path) == "final.mdl is missing"
    assert model_fault(tmp_path / "file") == "it is a file, not a folder"
    assert model_fault(tmp_path / "none") == "there is no such folder"


def test_the_words_of_a_model_are_known() -> None:
    known = words(find_model(embedded_model()))
    assert known is not None
    assert {"stop", "checklist", "[unk]"} <= known
    assert "<eps>" not in known
