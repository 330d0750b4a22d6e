"""Files that others may change are refused."""

from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.service.privacy import require_trusted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir(mode=0o755)
    (folder / "config.toml").touch(0o644)
    return folder


def test_files_that_others_may_only_read_are_trusted(folder: Path) -> None:
    require_trusted([folder, folder / "config.toml", folder / "missing.toml"])


def test_every_file_that_others_may_write_is_named_with_its_remedy(folder: Path) -> None:
    (folder / "config.toml").chmod(0o646)
    (folder / "more.yaml").touch()
    (folder / "more.yaml").chmod(0o666)
    with pytest.raises(Complaint) as complaint:
        require_trusted([folder])
    assert f"chmod o-w '{folder / 'config.toml'}'" in str(complaint.value)
    assert "more.yaml" in str(complaint.value)


def test_a_file_is_no_safer_than_the_folder_it_lies_in(folder: Path) -> None:
    folder.chmod(0o777)
    with pytest.raises(Complaint, match="can be written by everybody"):
        require_trusted([folder / "config.toml"])


def test_a_group_of_several_people_is_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "config.toml").chmod(0o664)
    require_trusted([folder])  # the group that belongs to the owner alone
    monkeypatch.setattr("assistant.service.privacy._is_own_group", lambda _: False)
    with pytest.raises(Complaint, match="can be written by its group"):
        require_trusted([folder])
