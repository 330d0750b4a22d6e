"""The folders of this user, made when first asked for and readable by nobody else."""

import tempfile
from pathlib import Path

from platformdirs import PlatformDirs

from assistant.complaint import Complaint

NAME = "workout-assistant"

_DIRECTORIES = PlatformDirs(NAME, appauthor=False)


def config_file() -> Path:
    """Where the configuration is looked for when no other file is named; it need not exist."""
    return Path(_DIRECTORIES.user_config_dir) / "config.toml"


def data_place(chosen: Path | None = None) -> Path:
    """Where the data folder is, or will be; it may be missing, or not ours to write to.

    Args:
        chosen: the folder named in the settings, if any.
    """
    return chosen or Path(_DIRECTORIES.user_data_dir)


def data_folder(chosen: Path | None = None) -> Path:
    """The folder of what must last: the log, fetched models.

    Args:
        chosen: the folder named in the settings, if any.

    Raises:
        Complaint: it cannot be made or written to.
    """
    folder = data_place(chosen)
    try:
        _make_private(folder)
    except OSError as error:
        raise Complaint(
            f"the data folder {folder} cannot be used ({error.strerror or error});"
            " name another one in the settings, [files] data_dir"
        ) from error
    return folder


def cache_folder() -> Path | None:
    """The folder of what can be made again, or None where nothing can be kept."""
    folder = Path(_DIRECTORIES.user_cache_dir)
    try:
        _make_private(folder)
    except OSError:
        return None
    return folder


def _make_private(folder: Path) -> None:
    """Make a folder for its owner only; one that exists keeps the rights its owner gave it."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    with tempfile.TemporaryFile(dir=folder):
        pass  # only writing tells whether one may, for root and on a disk that went read-only
