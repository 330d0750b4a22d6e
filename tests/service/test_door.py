"""Whoever may come in learns how the coach is; nobody can disturb it."""

import socket
import stat
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.service.door import Door, ask, own_place, places


def test_everybody_who_asks_gets_the_present_answer(tmp_path: Path) -> None:
    answers = iter([{"heard": 1}, {"heard": 2}])
    path = tmp_path / "coach" / "status.socket"
    with closing(Door(path, lambda: next(answers))):
        assert ask(path) == {"heard": 1}
        assert ask(path) == {"heard": 2}


def test_only_the_owner_may_come_near(tmp_path: Path) -> None:
    path = tmp_path / "coach" / "status.socket"
    with closing(Door(path, dict)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_is_left_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "status.socket"
    Door(path, dict).close()
    assert not path.exists()


def test_a_socket_left_by_a_crash_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "status.socket"
    with socket.socket(socket.AF_UNIX) as crashed:
        crashed.bind(str(path))
    with closing(Door(path, lambda: {"heard": 3})):
        assert ask(path) == {"heard": 3}


def test_two_coaches_do_not_share_a_door(tmp_path: Path) -> None:
    path = tmp_path / "status.socket"
    with (
        closing(Door(path, lambda: {"heard": 1})),
        pytest.raises(Complaint, match="running already"),
    ):
        Door(path, dict)


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="No socket can be made"):
        Door(tmp_path / "missing" / "folder" / "status.socket", dict)


def test_a_failing_answer_does_not_close_the_door(tmp_path: Path) -> None:
    answers: list[Mapping[str, int]] = [{"heard": 1}]
    path = tmp_path / "status.socket"
    with closing(Door(path, answers.pop)):
        assert ask(path) == {"heard": 1}
        assert "error" in ask(path)


def test_the_place_is_the_services_own_or_the_users() -> None:
    assert own_place({"RUNTIME_DIRECTORY": "/run/a:/run/b"}) == Path("/run/a/status.socket")
    user = Path("/run/user/1/workout-assistant/status.socket")
    assert own_place({"XDG_RUNTIME_DIR": "/run/user/1"}) == user
    assert own_place({}) is None
    system = Path("/run/workout-assistant/status.socket")
    assert places({"XDG_RUNTIME_DIR": "/run/user/1"}) == (user, system)
    assert places({}) == (system,)
