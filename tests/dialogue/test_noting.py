"""Sets noted by voice: what is said, what is asked back, and what stands in the journal."""

import pytest

from assistant.dialogue.history import Machine
from assistant.progress import Unit, Weight
from tests.dialogue.gym import Gym


@pytest.fixture
def gym() -> Gym:
    return Gym()


def test_a_set_is_noted_and_read_back(gym: Gym) -> None:
    assert gym.hear("log twelve reps at eighty two kilos") == "Set 1: 12 reps at 82 kilos."
    assert (gym.last.reps, gym.last.weight, gym.last.counted) == (12, Weight(82), False)


@pytest.mark.parametrize(
    ("words", "weight"),
    [
        ("eighty two and a half", 82.5),
        ("two ten", 210),
        ("one oh five", 105),
        ("a hundred and two and a half", 102.5),
        ("one hundred and five", 105),
        ("a hundred", 100),
        ("two hundred twenty two point five", 222.5),
    ],
)
def test_a_weight_may_be_said_in_many_ways(gym: Gym, words: str, weight: float) -> None:
    gym.hear(f"log twelve at {words} kilos")
    assert gym.last.weight == Weight(weight)


def test_the_unit_said_counts_and_otherwise_the_machines(gym: Gym) -> None:
    gym.hear("log twelve at one oh five pounds")
    assert gym.last.weight == Weight(105, Unit.LB)
    american = Gym(Machine(unit=Unit.LB))
    assert american.hear("log twelve at one oh five") == "Set 1: 12 reps at 105 pounds."


def test_the_weight_completes_the_set_that_was_just_counted(gym: Gym) -> None:
    gym.do_set(11)
    assert gym.hear("eighty two and a half") == "Set 1: 11 reps at 82 and a half kilos."
    assert [done.reps for done in gym.today] == [11]


def test_logging_a_set_that_was_counted_completes_it_with_what_is_said(gym: Gym) -> None:
    gym.do_set(11)
    assert gym.hear("log twelve at eighty two") == "Set 1: 12 reps at 82 kilos."
    assert len(gym.today) == 1


def test_a_weight_told_before_the_set_belongs_to_it(gym: Gym) -> None:
    assert gym.hear("weight eighty two kilos") == "82 kilos for your next sets."
    gym.do_set(12)
    assert gym.last.weight == Weight(82)


def test_a_bare_number_out_of_the_blue_is_asked_about(gym: Gym) -> None:
    assert gym.hear("five") == "I heard 5 kilos. Is that the weight for your next sets?"
    assert gym.be_silent() == "I left the log as it is."
    assert gym.session.history.load is None
    gym.hear("eighty two")
    assert gym.hear("yes") == "82 kilos for your next sets."


def test_plates_are_no_weight(gym: Gym) -> None:
    reply = gym.hear("log twelve at two plates")
    assert reply == "I do not know what your plates weigh. How much is that in all?"
    assert gym.today == ()
    assert gym.hear("eighty two kilos") == "Set 1: 12 reps at 82 kilos."


def test_without_a_weight_none_is_noted(gym: Gym) -> None:
    assert gym.hear("log twelve reps") == "Set 1: 12 reps. No weight noted."
    assert gym.last.weight is None


def test_fifteen_and_fifty_are_asked_about(gym: Gym) -> None:
    reply = gym.hear("log twelve at fifty kilos")
    assert reply == "Was that 15 kilos, the lower one, or 50 kilos, the higher one?"
    assert gym.today == ()
    assert gym.hear("the higher one") == "Set 1: 12 reps at 50 kilos."


def test_a_number_that_sounds_like_another_is_believed_when_only_it_is_near_the_last_weight(
    gym: Gym,
) -> None:
    gym.hear("log twelve at eighty two kilos")
    assert gym.hear("log twelve at eighty kilos") == "Set 2: 12 reps at 80 kilos."


def test_a_number_that_sounds_like_another_is_asked_about_when_the_other_is_as_near(
    gym: Gym,
) -> None:
    gym.hear("log twelve at one twenty kilos")
    reply = gym.hear("log twelve at one fifty kilos")
    assert reply == "Was that 115 kilos, the lower one, or 150 kilos, the higher one?"
    assert gym.hear("the lower one") == "Set 2: 12 reps at 115 kilos."


def test_thirteen_and_thirty_reps_are_asked_about(gym: Gym) -> None:
    reply = gym.hear("log thirty reps at eighty two")
    assert reply == "Was that 13 reps, the lower one, or 30 reps, the higher one?"
    assert gym.hear("thirteen reps") == "Set 1: 13 reps at 82 kilos."


def test_fifty_reps_can_only_have_been_fifteen_and_even_that_is_asked(gym: Gym) -> None:
    assert gym.hear("log fifty reps at eighty two") == "I heard 15 reps. Is that right?"
    assert gym.hear("yes") == "Set 1: 15 reps at 82 kilos."


def test_no_answer_leaves_the_log_as_it_is(gym: Gym) -> None:
    gym.hear("log twelve at fifty kilos")
    assert gym.be_silent() == "I left the log as it is."
    assert gym.today == ()
    assert gym.hear("the higher one") == ""


def test_no_asks_for_the_number_again(gym: Gym) -> None:
    gym.hear("log fifty reps at eighty two")
    assert gym.hear("no") == "Then please say it again."
    assert gym.hear("twelve reps") == "Set 1: 12 reps at 82 kilos."


def test_another_conversation_closes_the_question(gym: Gym) -> None:
    gym.hear("log twelve at fifty kilos")
    gym.hear("how many this week")
    assert gym.hear("the higher one") == ""
    assert gym.today == ()


def test_a_change_of_volume_leaves_the_question_open(gym: Gym) -> None:
    gym.hear("log twelve at fifty kilos")
    gym.hear("louder")
    assert gym.hear("the higher one") == "Set 1: 12 reps at 50 kilos."


def test_a_question_that_got_lost_is_not_answered_a_minute_later(gym: Gym) -> None:
    gym.hear("log twelve at fifty kilos")
    gym.hear("louder")
    gym.wait(minutes=1)
    assert gym.hear("the higher one") == ""


def test_a_question_can_be_repeated(gym: Gym) -> None:
    question = gym.hear("log twelve at fifty kilos")
    assert gym.hear("say that again") == question
    assert gym.hear("the lower one") == "Set 1: 12 reps at 15 kilos."


@pytest.mark.parametrize("words", ["seven hundred kilos", "nine hundred ninety nine kilos"])
def test_an_impossible_weight_is_refused(gym: Gym, words: str) -> None:
    reply = gym.hear(f"log twelve at {words}")
    assert "is no weight for this machine" in reply
    assert gym.today == ()


def test_impossible_repetitions_are_refused(gym: Gym) -> None:
    reply = gym.hear("log forty five reps at eighty two")
    assert reply == "I heard 45 reps, and a set has at most 30. How many reps were there?"
    assert gym.hear("twelve reps") == "Set 1: 12 reps at 82 kilos."


def test_a_weight_far_from_the_last_is_confirmed(gym: Gym) -> None:
    gym.hear("log twelve at eighty two kilos")
    reply = gym.hear("log twelve at two twenty two kilos")
    assert reply == "I heard 222 kilos, far from your last weight. Is that right?"
    gym.hear("no")
    assert gym.hear("eighty five kilos") == "Set 2: 12 reps at 85 kilos."


def test_same_again_gives_the_counted_set_the_weight_before(gym: Gym) -> None:
    gym.hear("log twelve at eighty kilos")
    gym.hear("the higher one")
    gym.do_set(9)
    assert gym.hear("same again") == "Set 2: 9 reps at 80 kilos."


def test_same_again_notes_one_more_like_the_last(gym: Gym) -> None:
    gym.hear("log twelve at eighty two kilos")
    assert gym.hear("same again") == "Set 2: 12 reps at 82 kilos."
    assert len(gym.today) == 2


def test_same_again_without_anything_before_invents_nothing(gym: Gym) -> None:
    assert gym.hear("same again") == "I know no set with a weight to repeat."
    gym.do_set(12)
    assert gym.hear("same again") == "I know no set with a weight to repeat."


def test_that_was_nine_corrects_the_last_set(gym: Gym) -> None:
    gym.hear("log twelve at eighty two kilos")
    assert gym.hear("that was nine") == "Set 1: 9 reps at 82 kilos."
    assert gym.hear("undo") == "Taken back. Set 1 is as it was."
    assert gym.last.reps == 12


def test_undo_goes_back_step_by_step(gym: Gym) -> None:
    gym.hear("log twelve at eighty two kilos")
    gym.hear("delete the last set")
    assert gym.today == ()
    assert gym.hear("undo") == "Taken back. Set 1 is on the log again."
    assert gym.hear("undo") == "Taken back. Set 1 is off the log."
    assert gym.hear("undo") == "There is nothing to take back."


def test_a_set_can_be_edited_by_its_number(gym: Gym) -> None:
    for reps in ("ten", "eleven", "twelve"):
        gym.hear(f"log {reps} at eighty two kilos")
    assert gym.hear("edit set two to nine reps") == "Set 2: 9 reps at 82 kilos."
    assert (
        gym.hear("edit set two") == "Set 2 is 9 reps at 82 kilos. How many reps, at which weight?"
    )
    assert gym.hear("eight reps at seventy five") == "Set 2: 8 reps at 75 kilos."
    assert gym.hear("change set three to seventy five kilos") == "Set 3: 12 reps at 75 kilos."
    assert [done.reps for done in gym.today] == [10, 8, 12]


def test_a_set_that_is_not_there_cannot_be_edited(gym: Gym) -> None:
    assert gym.hear("edit set two") == "There is no set 2 on today's log."
    assert gym.hear("that was nine") == "There is no set on today's log yet."
    assert gym.hear("they were clean") == "There is no set on today's log yet."


def test_how_a_set_went_is_noted(gym: Gym) -> None:
    gym.hear("log twelve at eighty two kilos")
    assert gym.hear("they were clean") == "Set 1: clean."
    assert gym.hear("two in reserve") == "Set 1: 2 in reserve."
    assert gym.hear("r p e eight and a half") == "Set 1: effort 8 and a half."
    assert (gym.last.clean, gym.last.reserve, gym.last.effort) == (True, 2, 8.5)
    assert gym.hear("not clean") == "Set 1: not clean."
    assert gym.last.clean is False


def test_nothing_is_noted_during_a_set(gym: Gym) -> None:
    gym.hear("start set of twelve")
    gym.runs_to_rep(2)
    assert gym.hear("eighty two kilos") == ""
    assert gym.session.history.load is None
