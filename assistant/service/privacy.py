"""Nothing that the service reads may be written by others, nothing it writes be read by them."""

import grp
import os
import pwd
import stat
from collections.abc import Iterable
from pathlib import Path

from assistant.complaint import Complaint

UMASK = 0o077


def be_private() -> None:
    """Let no file that is made from now on be readable by others."""
    os.umask(UMASK)


def require_trusted(paths: Iterable[Path]) -> None:
    """Refuse files that somebody else than their owner could have changed.

    Args:
        paths: files, each with the folder it lies in, and folders, each with all that is in it;
            missing ones are trusted.

    Raises:
        Complaint: all of them that others may write to.
    """
    doubtful = [problem for path in paths for problem in _problems(path)]
    if doubtful:
        raise Complaint("The service does not trust its files:\n  " + "\n  ".join(doubtful))


def _problems(path: Path) -> list[str]:
    if not path.exists():
        return []
    inside = sorted(path.rglob("*")) if path.is_dir() else [path.parent]
    return [problem for place in (path, *inside) if (problem := _problem(place))]


def _problem(path: Path) -> str:
    status = path.stat()
    mode = status.st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        return f"{path} can be written by everybody; run: chmod o-w '{path}'"
    if mode & stat.S_IWGRP and not _is_own_group(status):
        return f"{path} can be written by its group; run: chmod g-w '{path}'"
    return ""


def _is_own_group(status: os.stat_result) -> bool:
    """Whether the group is the one that many systems make for each user, with nobody else in it."""
    try:
        owner, group = pwd.getpwuid(status.st_uid), grp.getgrgid(status.st_gid)
    except KeyError:
        return False
    return group.gr_gid == owner.pw_gid and set(group.gr_mem) <= {owner.pw_name}
