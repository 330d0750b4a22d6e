"""What several test modules share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app.knowledge import Knowledge, know
from assistant.settings import Settings
from assistant.sound import devices
from tests.soundcard import VirtualSoundCard, missing_programs


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the timelines of tests/scenarios anew instead of comparing them",
    )


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The shipped content and sentences."""
    return know(Settings())


@pytest.fixture
def sound_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualSoundCard]:
    """A virtual sound card that this process, and every process it starts, uses."""
    if missing := missing_programs():
        reason = f"no virtual sound card without {', '.join(missing)}: install pulseaudio"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    card = VirtualSoundCard(tmp_path)
    card.start()
    for name, value in card.settings.items():
        monkeypatch.setenv(name, value)
    devices.count_again()
    yield card
    card.kill()
