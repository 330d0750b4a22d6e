"""``models``: what is here, what can be had, and whether it is whole."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cli import main
from tests.hearing.archives import FILES, Site, archive, serving

SMALL = "vosk-model-small-en-us-0.15"
INDIAN = "vosk-model-small-en-in-0.4"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "workout-assistant" / "voice_models"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site(archive(top=INDIAN))) as running:
        yield running


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_list_has_what_is_here_and_what_could_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    listed = {str(line["name"]): line["path"] for line in lines(capsys)}
    assert str(listed["coach-en"]).endswith("coach-en")
    assert listed[SMALL] is None


def test_a_fetched_model_is_listed_and_verified(
    site: Site, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", INDIAN, "--url", site.url, "--json"]) == 0
    (fetched,) = lines(capsys)
    assert fetched["sha256"] == hashlib.sha256(site.content).hexdigest()
    assert main(["models", "list", "--json"]) == 0
    assert {line["name"]: line["path"] for line in lines(capsys)}[INDIAN] == str(data / INDIAN)
    assert main(["models", "verify", INDIAN]) == 0
    assert "every file is as it was fetched" in capsys.readouterr().out


def test_an_unknown_checksum_is_shown_to_be_compared(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", "small-en-in-0.4", "--url", site.url]) == 0
    shown = capsys.readouterr().out
    assert hashlib.sha256(site.content).hexdigest() in shown
    assert "compare it with one you trust" in shown


def test_a_mirror_cannot_slip_in_another_archive(
    site: Site, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", SMALL, "--url", site.url]) == 2
    assert "SHA-256" in capsys.readouterr().err
    assert not (data / SMALL).exists()


def test_a_damaged_model_is_named_and_the_exit_code_tells(
    site: Site, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch", INDIAN, "--url", site.url]) == 0
    words = data / INDIAN / "graph" / "words.txt"
    words.write_bytes(FILES["graph/words.txt"] + b"more 2\n")
    assert main(["models", "verify"]) == 2
    assert "graph/words.txt has changed" in capsys.readouterr().out


@pytest.mark.parametrize("checksum", ["123", "x" * 64])
def test_a_checksum_must_be_one(checksum: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "fetch", SMALL, "--sha256", checksum]) == 2
    assert "64 hexadecimal digits" in capsys.readouterr().err


def test_a_model_nobody_published_is_a_clear_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "fetch", "dreams"]) == 2
    assert "There is no published model dreams" in capsys.readouterr().err
