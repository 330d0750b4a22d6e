"""The user's folders: private, made when needed, and missed in one sentence."""

from pathlib import Path

import pytest

from assistant import paths
from assistant.complaint import Complaint


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "deep" / kind.lower()))


def rights(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = paths.data_folder()
    assert folder == tmp_path / "deep" / "data" / "workout-assistant"
    assert rights(folder) == 0o700


def test_the_cache_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = paths.cache_folder()
    assert folder == tmp_path / "deep" / "cache" / "workout-assistant"
    assert rights(folder) == 0o700


def test_a_chosen_data_folder_is_used(tmp_path: Path) -> None:
    assert paths.data_folder(tmp_path / "mine") == tmp_path / "mine"
    assert (tmp_path / "mine").is_dir()


def test_a_folder_that_exists_keeps_its_rights(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert rights(paths.data_folder(folder)) == 0o755


def test_looking_for_the_configuration_makes_nothing(tmp_path: Path) -> None:
    expected = tmp_path / "deep" / "config" / "workout-assistant" / "config.toml"
    assert paths.config_file() == expected
    assert not (tmp_path / "deep").exists()


def test_a_data_folder_that_cannot_be_made_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Complaint) as caught:
        paths.data_folder(tmp_path / "file" / "below")
    assert str(caught.value) == (
        f"the data folder {tmp_path}/file/below cannot be used (File exists);"
        " name another one in the settings, [files] data_dir"
    )


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Complaint, match=r"cannot be used \(File exists\)"):
        paths.data_folder(tmp_path / "file")


def test_a_folder_on_a_disk_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Complaint, match="the data folder /proc/self/fdinfo cannot be used"):
        paths.data_folder(Path("/proc/self/fdinfo"))  # cannot be written even by root


def test_without_a_place_for_it_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/no-such")
    assert paths.cache_folder() is None
