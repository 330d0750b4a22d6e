"""A model is fetched whole and as published, or nothing changes."""

import errno
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.hearing import fetching
from assistant.hearing.catalogue import PUBLISHED, Published, published
from assistant.hearing.fetching import fetch, read_record, verify
from tests.hearing.archives import (
    FILES,
    OPENFST,
    Site,
    archive,
    archive_with_link,
    raw_archive,
    serving,
)

NAME = "vosk-model-tiny"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site(archive())) as running:
        yield running


def model(site: Site, sha256: str | None = None) -> Published:
    return Published(NAME, "a test", site.url, None, sha256)


def get(site: Site, folder: Path, sha256: str | None = None) -> None:
    fetch(model(site, sha256), folder, lambda *_: None, pause_s=0.0)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def present(folder: Path) -> set[str]:
    """Names that a fetch has left behind, without the record."""
    return {path.name for path in folder.iterdir()} - {"fetched.json"}


def test_a_model_is_unpacked_under_its_name_and_nothing_else_is_left(
    site: Site, tmp_path: Path
) -> None:
    get(site, tmp_path, digest(site.content))
    found = {
        path.relative_to(tmp_path / NAME).as_posix(): path.read_bytes()
        for path in (tmp_path / NAME).rglob("*")
        if path.is_file()
    }
    assert found == dict(FILES)
    assert present(tmp_path) == {NAME}
    assert verify(tmp_path / NAME) == ()


def test_progress_tells_what_is_there_of_how_much(site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    fetch(model(site), tmp_path, lambda *step: told.append(step))
    assert told[-1] == (len(site.content), len(site.content))
    assert [there for there, _ in told] == sorted(there for there, _ in told)


def test_a_cut_connection_is_taken_up_where_it_broke(site: Site, tmp_path: Path) -> None:
    site.cuts = [200, 300]
    get(site, tmp_path, digest(site.content))
    assert site.asked == ["", "bytes=200-", "bytes=500-"]
    assert present(tmp_path) == {NAME}


def test_a_server_without_ranges_begins_again(site: Site, tmp_path: Path) -> None:
    site.cuts, site.takes_ranges = [200], False
    get(site, tmp_path, digest(site.content))
    assert verify(tmp_path / NAME) == ()


def test_what_a_broken_off_fetch_left_is_used_by_the_next_one(site: Site, tmp_path: Path) -> None:
    site.cuts = [400, 0, 0, 0, 0]
    with pytest.raises(Complaint, match="cut; what has arrived is kept"):
        get(site, tmp_path)
    assert present(tmp_path) == {f".{NAME}.zip.part"}
    site.asked.clear()
    get(site, tmp_path, digest(site.content))
    assert site.asked == ["bytes=400-"]


def test_an_archive_that_had_arrived_whole_is_not_fetched_again(site: Site, tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.zip.part").write_bytes(site.content)
    get(site, tmp_path, digest(site.content))
    assert site.asked == [f"bytes={len(site.content)}-"]
    assert present(tmp_path) == {NAME}


def test_a_leftover_longer_than_the_archive_is_thrown_away(site: Site, tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.zip.part").write_bytes(site.content + b"more")
    get(site, tmp_path, digest(site.content))
    assert verify(tmp_path / NAME) == ()


def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path) -> None:
    site.refusals = [503, 500]
    get(site, tmp_path, digest(site.content))
    assert len(site.asked) == 3


def test_a_server_that_refuses_is_asked_once(site: Site, tmp_path: Path) -> None:
    site.refusals = [404]
    with pytest.raises(Complaint, match="404"):
        get(site, tmp_path)
    assert len(site.asked) == 1


def test_nobody_listening_is_one_clear_sentence(tmp_path: Path) -> None:
    with serving(Site()) as gone:
        pass
    with pytest.raises(Complaint, match="cannot be reached"):
        get(gone, tmp_path)


def test_only_https_is_fetched_from_elsewhere(site: Site, tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="https only"):
        get(Site(url="http://models.invalid/tiny.zip"), tmp_path)
    site.redirect = "http://models.invalid/tiny.zip"
    with pytest.raises(Complaint, match="https only"):
        get(site, tmp_path)


def test_a_wrong_checksum_deletes_the_archive_and_keeps_the_older_model(
    site: Site, tmp_path: Path
) -> None:
    get(site, tmp_path)
    right = digest(site.content)
    site.content = archive({**FILES, "README": b"changed"})
    with pytest.raises(Complaint, match=f"not {right}"):
        get(site, tmp_path, right)
    assert present(tmp_path) == {NAME}
    assert not (tmp_path / NAME / "README").exists()


def test_without_a_known_checksum_the_first_one_counts(site: Site, tmp_path: Path) -> None:
    get(site, tmp_path)
    assert read_record(tmp_path)[NAME].sha256 == digest(site.content)
    site.content = archive({**FILES, "README": b"changed"})
    with pytest.raises(Complaint, match="Somebody has changed it"):
        get(site, tmp_path)


def test_a_newer_copy_takes_the_place_of_the_older_one(site: Site, tmp_path: Path) -> None:
    get(site, tmp_path)
    site.content = archive({**FILES, "README": b"new"})
    get(site, tmp_path, digest(site.content))
    assert (tmp_path / NAME / "README").read_bytes() == b"new"
    assert verify(tmp_path / NAME) == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (raw_archive({"/etc/passwd": b"x"}), "leads out"),
        (raw_archive({"tiny/../../passwd": b"x"}), "leads out"),
        (raw_archive({"tiny\\..\\passwd": b"x", "tiny/a": b""}), "no plain name"),
        (raw_archive({"C:/tiny": b"x"}), "no plain name"),
        (archive_with_link("/etc/passwd"), "link"),
        (raw_archive({"tiny/zeros": bytes(2_000_000)}), "more than a model"),
        (raw_archive({f"tiny/{number}": b"" for number in range(2_001)}), "more than a model"),
        (raw_archive({"one/a": b"x", "two/b": b"y"}), "one folder"),
        (raw_archive({}), "one folder"),
        (archive({"readme": b"hello"}), "no usable Vosk model"),
        (archive({**FILES, "graph/Gr.fst": b"no transducer"}), "Gr.fst is not a transducer"),
        (archive()[:-40], "damaged"),
        (b"<html>Sign in to this network</html>", "damaged"),
    ],
)
def test_an_archive_that_is_no_model_leaves_nothing_behind(
    content: bytes, sentence: str, tmp_path: Path
) -> None:
    folder = tmp_path / "inner" / "models"
    with serving(Site(content)) as site, pytest.raises(Complaint, match=sentence):
        get(site, folder, digest(content))
    assert {path.name for path in tmp_path.rglob("*")} == {"inner", "models"}


def test_a_member_that_is_longer_than_it_says_is_stopped(tmp_path: Path) -> None:
    honest = archive({**FILES, "README": b"a" * 1000})
    lying = honest.replace((1000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with serving(Site(lying)) as site, pytest.raises(Complaint, match="damaged"):
        get(site, tmp_path, digest(lying))
    assert not (tmp_path / NAME).exists()


def test_an_archive_that_proved_useless_is_fetched_anew(site: Site, tmp_path: Path) -> None:
    good, site.content = site.content, archive({"readme": b"no model"})
    with pytest.raises(Complaint):
        get(site, tmp_path)
    site.content = good
    get(site, tmp_path)
    assert verify(tmp_path / NAME) == ()


def test_a_full_disk_is_one_clear_sentence_and_what_arrived_is_kept(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(fetching, "unpack", full)
    with pytest.raises(Complaint, match=r"disk is full \(\d+ MB are free\)"):
        get(site, tmp_path)
    assert present(tmp_path) == {f".{NAME}.zip.part"}


def test_a_really_full_disk_stops_the_download(site: Site, tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.zip.part").symlink_to("/dev/full")
    with pytest.raises(Complaint, match="disk is full"):
        get(site, tmp_path)


def test_changed_and_missing_files_are_named(site: Site, tmp_path: Path) -> None:
    get(site, tmp_path)
    (tmp_path / NAME / "graph" / "Gr.fst").write_bytes(OPENFST + b"other")
    (tmp_path / NAME / "graph" / "words.txt").write_bytes(b"")
    assert verify(tmp_path / NAME) == ("graph/Gr.fst has changed", "graph/words.txt has changed")


def test_a_damaged_record_is_no_record(site: Site, tmp_path: Path) -> None:
    get(site, tmp_path)
    (tmp_path / "fetched.json").write_text(json.dumps({NAME: {"shape": "another"}}))
    assert read_record(tmp_path) == {}
    assert verify(tmp_path / NAME) == ()


def test_a_published_model_is_found_by_its_short_name_too() -> None:
    assert published("small-en-us-0.15") is PUBLISHED[0]
    with pytest.raises(Complaint, match=PUBLISHED[0].name):
        published("vosk-model-of-dreams")


def test_what_is_published_comes_by_https_with_a_checksum_or_none() -> None:
    for known in PUBLISHED:
        assert known.url == f"https://alphacephei.com/vosk/models/{known.name}.zip"
        assert known.sha256 is None or len(bytes.fromhex(known.sha256)) == 32
