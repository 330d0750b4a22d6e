"""Models from the network to the disk: whole, checked, and only then under their names.

``fetched.json`` beside the models remembers what each archive and each file of it looked like, so
that a second fetch of a model without a known checksum cannot bring something else unnoticed, and
so that a model can be verified later.
"""

import errno
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from assistant.complaint import Complaint
from assistant.hearing.catalogue import Published
from assistant.hearing.downloading import Progress, download
from assistant.hearing.models import model_fault
from assistant.hearing.unpacking import unpack

_RECORD: Final = "fetched.json"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is remembered of a model."""

    url: str
    sha256: str
    """Of the archive."""
    files: Mapping[str, str]
    """Path within the model's folder to SHA-256."""


def fetch(
    model: Published,
    folder: Path,
    progress: Progress,
    *,
    sha256: str | None = None,
    pause_s: float = 1.0,
) -> Fetched:
    """Put a published model into ``folder``, replacing an older copy of it.

    Args:
        model: which one.
        folder: holds models, a folder each; it is made where it is missing.
        progress: told of the bytes that arrive.
        sha256: what the archive must have; None takes the catalogue's word, or, where it has none,
            that of the first time it was fetched.
        pause_s: before an attempt that brought nothing is repeated.

    Raises:
        Complaint: anything went wrong; an older copy is then still there.

    """
    expected = (sha256 or model.sha256 or _first_time(model, folder) or "").lower()
    archive = folder / f".{model.name}.zip.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        download(model.url, archive, progress, pause_s=pause_s)
        found = _digest(archive)
        if expected and found != expected:
            archive.unlink()
            raise Complaint(
                f"{model.url}: the archive's SHA-256 is {found} and not {expected}; it was deleted."
                " Somebody has changed it, or the connection did."
            )
        try:
            fetched = _install(model, archive, folder, found)
        except Complaint:  # the archive is useless, and the next fetch must not build on it
            archive.unlink()
            raise
        archive.unlink()
    except OSError as error:
        raise _disk_complaint(folder, error) from error
    return fetched


def read_record(folder: Path) -> dict[str, Fetched]:
    """What is remembered of the models in a folder, by name; a damaged record is none."""
    try:
        raw = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        return {name: Fetched(**entry) for name, entry in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def verify(path: Path) -> tuple[str, ...]:
    """Return what is wrong with a model's folder, nothing where all is well.

    The files are compared with what was fetched, where that is remembered.
    """
    if fault := model_fault(path):
        return (fault,)
    known = read_record(path.parent).get(path.name)
    if known is None:
        return ()
    try:
        present = _digests(path)
    except OSError as error:
        return (f"{error.filename} cannot be read ({error.strerror})",)
    return tuple(
        f"{name} {'has changed' if name in present else 'is missing'}"
        for name, digest in sorted(known.files.items())
        if present.get(name) != digest
    )


def is_remembered(path: Path) -> bool:
    """Whether it is known what the files of a model's folder should be."""
    return path.name in read_record(path.parent)


def _install(model: Published, archive: Path, folder: Path, sha256: str) -> Fetched:
    """Unpack beside the models, then put it in place of an older copy in one step."""
    workshop = folder / f".{model.name}.unpacking"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir()
    try:
        made = unpack(archive, workshop)
        if fault := model_fault(made):
            raise Complaint(f"{model.url}: this is no usable Vosk model: {fault}.")
        fetched = Fetched(model.url, sha256, _digests(made))
        final, older = folder / model.name, workshop / ".older"
        if final.exists():
            final.rename(older)
        made.rename(final)
        _remember(model.name, fetched, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return fetched


def _remember(name: str, fetched: Fetched, folder: Path) -> None:
    record = {known: asdict(entry) for known, entry in read_record(folder).items()}
    record[name] = asdict(fetched)
    unfinished = folder / f".{_RECORD}.part"
    unfinished.write_text(json.dumps(record, indent=1), encoding="utf-8")
    unfinished.replace(folder / _RECORD)


def _first_time(model: Published, folder: Path) -> str | None:
    known = read_record(folder).get(model.name)
    return known.sha256 if known and known.url == model.url else None


def _digests(path: Path) -> dict[str, str]:
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): _digest(file) for file in files}


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _disk_complaint(folder: Path, error: OSError) -> Complaint:
    if error.errno in _FULL:
        free = shutil.disk_usage(folder).free >> 20
        return Complaint(
            f"{folder}: the disk is full ({free} MB are free); make room and fetch again,"
            " what has arrived is kept."
        )
    return Complaint(f"{folder}: the model cannot be kept here ({error.strerror or error}).")
