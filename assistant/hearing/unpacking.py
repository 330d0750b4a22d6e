"""Archives of models, unpacked as if whoever made them meant harm."""

import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from assistant.complaint import Complaint

_MOST_BYTES: Final = 4 << 30
_MOST_FILES: Final = 2_000
_DENSEST: Final = 100
"""No model shrinks to less than a hundredth."""
_BLOCK: Final = 1 << 20


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack a zip archive that holds one folder into ``folder``; return that one folder.

    Raises:
        Complaint: the archive is damaged, or holds what no model does: paths that lead elsewhere,
            links, or far more than its size promises.
        OSError: the disk does not take it.

    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            top = _checked(archive, members)
            for member in members:
                _extract(opened, member, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise Complaint(f"{archive.name}: this archive is damaged ({error}).") from error
    return folder / top


def _checked(archive: Path, members: Sequence[zipfile.ZipInfo]) -> str:
    """The one folder in the archive, if there is nothing wrong with its members."""
    for member in members:
        if fault := _fault(member):
            raise Complaint(f"{archive.name}: {member.filename!r} {fault}; nothing was unpacked.")
    whole = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or whole > min(_MOST_BYTES, _allowance(archive)):
        raise Complaint(
            f"{archive.name}: {len(members)} files of {whole >> 20} MB are more than a model"
            " of this size holds; nothing was unpacked."
        )
    if len({member.filename for member in members}) != len(members):
        raise Complaint(f"{archive.name}: a file is in it twice; nothing was unpacked.")
    tops = {PurePosixPath(member.filename).parts[0] for member in members}
    if len(tops) != 1:
        raise Complaint(f"{archive.name}: a model is one folder; nothing was unpacked.")
    return tops.pop()


def _allowance(archive: Path) -> int:
    return _DENSEST * archive.stat().st_size


def _fault(member: zipfile.ZipInfo) -> str | None:
    """What is wrong with a member, or None."""
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return "leads out of the folder"
    if "\\" in member.filename or ":" in member.filename:
        return "is no plain name"
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    return None


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """Write one member, never more of it than it has declared."""
    path = folder / PurePosixPath(member.filename)
    if member.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with opened.open(member) as source, path.open("xb") as target:
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise zipfile.BadZipFile(f"{member.filename} is longer than it says")
            target.write(block)
