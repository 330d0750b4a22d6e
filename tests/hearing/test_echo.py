import pytest

from assistant.hearing.echo import Guard, Moment, Sounding
from assistant.language.sentences import Live

GUARD = Guard(settle_s=0.3, grace_s=0.6)
QUESTION = "Is the seat set? Say yes or no."
SPEAKING = Moment(Sounding(is_speaking=True, words=QUESTION), quiet_s=0)
FADING = Moment(Sounding(words=QUESTION), quiet_s=0.1)
SILENT = Moment(Sounding(words=QUESTION), quiet_s=2)
COUNTING = Moment(Sounding(is_counting=True, words="lower. hold. press. slower"), quiet_s=9)
SPEAKING_IN_A_SET = Moment(Sounding(is_speaking=True, is_counting=True), quiet_s=0)


@pytest.mark.parametrize(
    ("moment", "live"),
    [
        (SILENT, {Live.URGENT, Live.SET, Live.QUIET}),
        (COUNTING, {Live.URGENT, Live.SET}),
        (SPEAKING, {Live.URGENT}),
        (FADING, {Live.URGENT}),
        (SPEAKING_IN_A_SET, {Live.URGENT}),
    ],
)
def test_what_may_act_depends_on_what_the_coach_is_doing(moment: Moment, live: set[Live]) -> None:
    assert GUARD.live(moment) == live


@pytest.mark.parametrize("moment", [SILENT, COUNTING, SPEAKING, FADING, SPEAKING_IN_A_SET])
def test_an_urgent_sentence_always_acts(moment: Moment) -> None:
    assert GUARD.admits(Live.URGENT, "stop", moment, 1.0, moment)


def test_an_answer_given_in_silence_acts_even_if_the_question_named_it() -> None:
    assert GUARD.admits(Live.QUIET, "yes", SILENT, 0.5, SILENT)


def test_a_command_acts_in_silence_even_if_the_prompt_taught_it() -> None:
    taught = Moment(Sounding(words="Paused after 2. Say resume to go on."), quiet_s=0.4)
    assert GUARD.admits(Live.SET, "resume", taught, heard_s=0.6, ended=taught)


def test_what_is_said_over_a_prompt_is_ignored() -> None:
    assert not GUARD.admits(Live.QUIET, "what can i say", SPEAKING, 1.0, SPEAKING)


def test_the_tail_of_a_question_is_not_its_answer() -> None:
    assert not GUARD.admits(Live.QUIET, "yes or no", SPEAKING, 0.8, SILENT)
    assert not GUARD.admits(Live.QUIET, "no", FADING, 0.5, SILENT)


def test_an_answer_that_comes_as_the_question_ends_is_not_lost() -> None:
    just_after = Moment(SILENT.sounding, quiet_s=0.7)
    assert GUARD.admits(Live.QUIET, "not sure", SPEAKING, 1.2, just_after)
    assert not GUARD.admits(Live.QUIET, "not sure", SPEAKING, 1.4, just_after)


def test_a_sentence_begun_in_silence_counts_though_the_coach_began_to_speak() -> None:
    assert GUARD.admits(Live.QUIET, "start checklist", SILENT, 1.0, SPEAKING)


def test_during_a_set_its_commands_act_unless_a_cue_says_the_same() -> None:
    assert GUARD.admits(Live.SET, "pause", COUNTING, 0.5, COUNTING)
    assert not GUARD.admits(Live.SET, "slower", COUNTING, 0.5, COUNTING)
    assert not GUARD.admits(Live.QUIET, "what can i say", COUNTING, 0.5, COUNTING)


def test_an_echo_is_compared_word_by_word() -> None:
    told = Moment(Sounding(is_counting=True, words="Faster, please!"), quiet_s=9)
    assert GUARD.admits(Live.SET, "fast", told, 0.5, told)
    assert not GUARD.admits(Live.SET, "faster please", told, 0.5, told)
