"""Whose log is open, what a power cut left in it, and how the journal is."""

from dataclasses import replace

import pytest

from assistant.content.triage import Level
from assistant.dialogue.events import FaultCleared, FaultRaised, HistoryRecalled, SlotValue
from assistant.dialogue.history import Condition
from assistant.dialogue.session import Idle, Lifting, Paused
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def train(gym: Gym, reps: int = 15, kilos: float = 100, clean: int | None = 1) -> None:
    """A session of one set."""
    gym.write(reps=reps, weight=kilos, unit="kg", counted=0)
    if clean is not None:
        gym.write("amend", row=gym.last.row, clean=clean)


def blocked(gym: Gym) -> Level | None:
    return gym.session.blocked


# People


def test_everybody_has_a_log_of_their_own(gym: Gym) -> None:
    train(gym)
    gym.journal.write("register", {"name": "anna"}, now=gym.wall)
    gym.hears("SwitchPerson", person="anna")
    assert gym.reply == "This is the log of anna now."
    assert list(gym.today) == []
    gym.runs(10)
    assert gym.hear("who am i") == "This is the log of anna."
    assert gym.hear("switch to guest") == "This is the log of guest now."
    assert len(gym.today) == 1


def test_a_warning_sign_keeps_its_person_from_training_and_nobody_else(gym: Gym) -> None:
    gym.write("pain", private=True, level="emergency")
    gym.restart()
    assert blocked(gym) is Level.EMERGENCY
    gym.hears("SwitchPerson", person="anna")
    assert blocked(gym) is None
    gym.runs(10)
    gym.hear("switch to guest")
    assert blocked(gym) is Level.EMERGENCY


def test_my_data_is_deleted_only_on_the_very_words(gym: Gym) -> None:
    train(gym)
    gym.hear("delete my data")
    assert gym.hear("yes") == "Nothing is deleted."
    gym.hear("delete my data")
    assert gym.be_silent() == "Nothing is deleted."
    assert gym.hear("delete everything") == "Say delete my data first."
    assert len(gym.today) == 1
    gym.hear("delete my data")
    assert gym.hear("delete everything") == "Everything about guest is deleted."
    assert list(gym.today) == []


def test_deleting_the_data_is_no_way_round_a_warning_sign(gym: Gym) -> None:
    gym.journal.write("person", {"name": "anna"}, now=gym.wall)
    gym.write("pain", private=True, level="emergency")
    gym.restart()
    gym.runs(10)
    gym.hear("delete my data")
    gym.hear("delete everything")
    assert gym.session.history.person == "guest"
    assert blocked(gym) is Level.EMERGENCY


# After a power cut


def interrupted(gym: Gym, reps: int = 7) -> None:
    detail: dict[str, SlotValue]
    detail = {"reps": reps, "reps_planned": 12, "tempo": "3-1-2-1", "kind": "work"}
    gym.journal.write("progress", detail, now=gym.wall)
    gym.effects.clear()


def test_an_interrupted_set_can_be_gone_on_with(gym: Gym) -> None:
    interrupted(gym)
    gym.restart()
    assert gym.reply == (
        "Your last set was interrupted after 7 of 12."
        " Say resume to go on, finish to log it, or discard."
    )
    gym.runs(10)
    assert gym.hear("resume").startswith("From rep 8.")
    gym.runs_until(lambda session: not isinstance(session.mode, Lifting))
    assert [done.reps for done in gym.today] == [12]


@pytest.mark.parametrize("minutes", [1, 60])
def test_an_interrupted_set_can_be_logged_or_dropped(gym: Gym, minutes: int) -> None:
    interrupted(gym)
    gym.wait(minutes=minutes)
    gym.restart()
    gym.runs(10)
    logged = {1: "Set 1: 7 reps. No weight noted.", 60: "Logged with 7 reps."}
    assert gym.hear("finish") == logged[minutes]
    assert gym.session.history.unfinished is None
    interrupted(gym)
    gym.wait(minutes=minutes)
    gym.restart()
    gym.runs(10)
    assert gym.hear("discard") == "Discarded."
    assert gym.session.history.unfinished is None
    assert [done.reps for done in gym.today] == [7]


def test_an_hour_later_nobody_goes_on_with_a_set(gym: Gym) -> None:
    interrupted(gym)
    gym.wait(hours=1)
    gym.restart()
    assert "resume" not in gym.reply
    assert isinstance(gym.session.mode, Idle)


def test_a_paused_set_can_be_finished_by_its_name(gym: Gym) -> None:
    gym.hear("start set of twelve")
    gym.runs_to_rep(4)
    gym.hear("pause")
    assert isinstance(gym.session.mode, Paused)
    assert gym.hear("log it") == "Set 1: 4 reps. No weight noted."
    assert [done.reps for done in gym.today] == [4]


def test_there_is_nothing_to_finish_without_a_set(gym: Gym) -> None:
    assert gym.hear("finish") == "No set is waiting for that."
    assert gym.hear("discard") == "No set is waiting for that."


# The state of the journal


def test_a_journal_that_cannot_be_written_is_told_in_its_own_words_and_once(gym: Gym) -> None:
    bad = replace(gym.session.history, condition=Condition.FULL)
    gym.effects.clear()
    gym.meets(HistoryRecalled(bad))
    gym.meets(FaultRaised("journal"))
    gym.meets(HistoryRecalled(bad))
    assert gym.reply == "The disk is full. I remember this session until there is room."
    gym.runs(5)
    gym.effects.clear()
    gym.meets(HistoryRecalled(replace(bad, condition=Condition.SOUND)))
    gym.meets(FaultCleared("journal"))
    assert gym.reply == "I can write your training log again."


def test_a_bad_journal_is_not_told_in_the_middle_of_a_set(gym: Gym) -> None:
    gym.hear("start set of twelve")
    gym.runs_to_rep(2)
    gym.effects.clear()
    gym.journal._use(replace(gym.journal.book.files, condition=Condition.SET_ASIDE))
    gym.recall()
    assert gym.reply == ""
    gym.hear("stop")
    gym.runs(5)
    assert "I have put the old file aside" in gym.reply
