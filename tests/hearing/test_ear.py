"""When an ear lets a sentence act, and when it cuts the sound itself."""

import numpy as np
import pytest

from assistant.content.loader import ENGLISH
from assistant.dialogue.events import Heard, NotUnderstood
from assistant.hearing.answers import Answers
from assistant.hearing.ear import Ear
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.grammar import UNKNOWN
from assistant.hearing.models import ModelFolder, embedded_model
from assistant.hearing.recogniser import RATE, Final, Partial, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.mix import in_a_quiet_room
from assistant.sound.wav import to_pcm
from tests.hearing.scene import (
    COUNTING,
    HISS,
    QUIET,
    SPEAKING,
    STOP,
    Scene,
    written,
)
from tests.hearing.test_answers import Dictation
from tests.hearing.voices import spoken


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    return written(tmp_path_factory.mktemp("sentences"))


@pytest.fixture
def scene(sentences: Sentences) -> Scene:
    return Scene(sentences)


@pytest.fixture
def answering(sentences: Sentences) -> Scene:
    """An ear that finds a "yes" in everything, while one is expected."""
    answers = Answers(Dictation("yes"), Matcher(sentences), lambda: frozenset({"Yes"}))
    return Scene(sentences, answers=answers)


@pytest.fixture
def confusable(sentences: Sentences) -> Scene:
    """An ear that knows what a shouted "stop" is taken for."""
    return Scene(sentences, load_sentences(ENGLISH / "sound_alikes"))


def test_a_sentence_is_heard_once_it_is_over(scene: Scene) -> None:
    scene.utter("start checklist")
    assert scene.happened == [Heard("StartChecklist", {}, "start checklist")]


@pytest.mark.parametrize("sounding", [SPEAKING, COUNTING])
def test_what_stop_is_taken_for_counts_while_the_coach_makes_a_sound(
    confusable: Scene, sounding: Sounding
) -> None:
    confusable.sounding = sounding
    confusable.decode(Partial("start", 1), Partial("start", 2))
    assert [event for event in confusable.happened if event != "cut"] == [
        Heard("Stop", {}, "start")
    ]


def test_who_starts_something_right_after_a_prompt_is_not_taken_to_stop_it(
    confusable: Scene,
) -> None:
    confusable.sounding = SPEAKING
    confusable.wait(0.6)
    confusable.sounding = QUIET
    confusable.wait(0.4)
    confusable.decode(Partial("start", 1), Partial("start", 2), Partial("start checklist", 3))
    confusable.decode(Final("start checklist"))
    assert confusable.happened == [Heard("StartChecklist", {}, "start checklist")]


@pytest.mark.parametrize("sounding", [SPEAKING, COUNTING])
def test_stop_cuts_the_sound_before_the_dialogue_is_told(scene: Scene, sounding: Sounding) -> None:
    scene.sounding = sounding
    scene.decode(Partial("stop", 1), Partial("stop", 2))
    assert scene.happened == ["cut", STOP]


def test_two_equal_partials_of_one_advance_are_one_piece_of_evidence(scene: Scene) -> None:
    scene.decode(Partial("stop", 1), Partial("stop", 1), Partial("stop", 1))
    assert scene.happened == []


def test_partials_that_differ_do_not_act(scene: Scene) -> None:
    scene.decode(Partial("stop", 1), Partial("start", 2), Partial("stop", 3))
    assert scene.happened == []


def test_a_partial_that_only_contains_an_urgent_word_does_not_act(scene: Scene) -> None:
    scene.decode(Partial("stop my", 1), Partial("stop my", 2), Partial("stop my", 3))
    assert scene.happened == []


def test_only_urgent_sentences_act_before_they_are_over(scene: Scene) -> None:
    scene.decode(Partial("pause", 1), Partial("pause", 2), Partial("pause", 3))
    assert scene.happened == []


def test_a_final_stop_acts_without_partials(scene: Scene) -> None:
    scene.decode(Final("stop"))
    assert scene.happened == ["cut", STOP]


def test_the_final_of_a_stop_that_has_acted_is_swallowed(scene: Scene) -> None:
    scene.decode(Partial("stop", 1), Partial("stop", 2), Final("stop the set"))
    assert scene.happened == ["cut", STOP]


def test_whatever_follows_a_stop_in_one_breath_is_not_asked_about(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.decode(Partial("stop", 1), Partial("stop", 2), Final(UNKNOWN))
    assert scene.happened == ["cut", STOP]


def test_a_danger_in_the_same_breath_as_stop_is_reported_too(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.decode(Partial("stop", 1), Partial("stop", 2), Final("my leg is numb"))
    assert scene.happened == [
        "cut",
        STOP,
        "cut",
        Heard("Danger", {"sign": "R2"}, "my leg is numb"),
    ]


def test_a_danger_is_believed_when_the_sentence_has_ended(scene: Scene) -> None:
    words = "my leg is numb"
    scene.decode(Partial(words, 1), Partial(words, 2), Partial(words, 3))
    assert scene.happened == []
    scene.decode(Final(words))
    assert scene.happened == ["cut", Heard("Danger", {"sign": "R2"}, words)]


def test_a_danger_that_becomes_something_else_never_was_one(scene: Scene) -> None:
    words = "my leg is numb"
    scene.decode(Partial(words, 1), Partial(words, 2), Final(UNKNOWN))
    assert "cut" not in scene.happened


def test_every_stop_counts_also_when_the_last_one_came_to_no_result(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.decode(Partial("stop", 1), Partial("stop", 2))
    scene.wait(0.3)
    scene.decode(Partial("stop", 9), Partial("stop", 10))
    assert scene.happened == ["cut", STOP, "cut", STOP]


def test_what_the_coach_says_is_not_taken_for_an_answer(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.utter("yes")
    assert scene.happened == []


def test_an_answer_right_after_the_question_is_heard(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.wait(2)
    scene.sounding = QUIET
    scene.wait(0.3)
    scene.utter("yes", 0.5)
    assert scene.happened == [Heard("Yes", {}, "yes")]


def test_the_coach_s_own_voice_is_dropped_when_it_falls_silent(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.decode(*[Partial(UNKNOWN, number) for number in range(20)])
    scene.sounding = QUIET
    scene.decoder.results = [Partial(UNKNOWN, 20 + number) for number in range(20)]
    scene.wait(0.3)
    assert scene.decoder.resets == 1
    scene.utter("yes")
    assert scene.happened == [Heard("Yes", {}, "yes")]


def test_a_sentence_that_runs_on_when_the_coach_falls_silent_is_kept(scene: Scene) -> None:
    scene.sounding = SPEAKING
    scene.decode(Partial("start", 1), Partial("start", 2))
    scene.sounding = QUIET
    scene.decode(*[Partial("start checklist", number) for number in range(3, 20)])
    scene.decode(Final("start checklist"))
    assert scene.decoder.resets == 0
    assert scene.happened == [Heard("StartChecklist", {}, "start checklist")]


def test_during_a_set_only_its_commands_act(scene: Scene) -> None:
    scene.sounding = COUNTING
    scene.utter("start checklist")
    scene.utter("pause")
    assert scene.happened == [Heard("Pause", {}, "pause")]


def test_speech_that_is_no_sentence_is_admitted_not_to_be_understood(scene: Scene) -> None:
    scene.utter(UNKNOWN)
    assert scene.happened == [NotUnderstood(UNKNOWN)]


def test_what_is_no_sentence_may_be_the_answer_that_is_expected(answering: Scene) -> None:
    answering.utter(UNKNOWN)
    assert answering.happened == [Heard("Yes", {}, "yes")]


def test_an_answer_may_be_shorter_than_what_is_asked_about(answering: Scene) -> None:
    answering.utter(UNKNOWN, seconds=0.2)
    assert answering.happened == [Heard("Yes", {}, "yes")]


def test_a_sentence_is_not_looked_at_again(answering: Scene) -> None:
    answering.utter("start checklist")
    assert answering.happened == [Heard("StartChecklist", {}, "start checklist")]


@pytest.mark.parametrize("sounding", [SPEAKING, COUNTING])
def test_no_answer_is_looked_for_under_the_coach_s_own_voice(
    answering: Scene, sounding: Sounding
) -> None:
    answering.sounding = sounding
    answering.utter(UNKNOWN)
    assert answering.happened == []


def test_a_clank_is_not_asked_about(scene: Scene) -> None:
    scene.utter(UNKNOWN, seconds=0.1)
    assert scene.happened == []


def test_soft_noise_is_not_asked_about(scene: Scene) -> None:
    scene.decoder.results = [*[Partial(UNKNOWN, number) for number in range(30)], Final(UNKNOWN)]
    scene.wait(1.0, HISS)
    assert scene.happened == []


@pytest.mark.parametrize("sounding", [SPEAKING, COUNTING])
def test_nobody_is_asked_back_while_the_coach_is_busy(scene: Scene, sounding: Sounding) -> None:
    scene.sounding = sounding
    scene.utter(UNKNOWN)
    assert scene.happened == []


def test_a_spoken_stop_cuts_before_the_recogniser_is_done_with_it(sentences: Sentences) -> None:
    scene = Scene(sentences)
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences)
    scene.ear = Ear(
        recogniser,
        Matcher(sentences),
        gauge=Gauge(RATE),
        guard=Guard(),
        sounding=lambda: COUNTING,
        reflex=lambda: scene.happened.append("cut"),
    )
    pcm = to_pcm(
        in_a_quiet_room(np.concatenate([spoken("stop"), np.zeros(RATE, np.float32)]), RATE)
    )
    for start in range(0, len(pcm), 960):
        scene.happened += scene.ear.feed(pcm[start : start + 960], start / 2 / RATE)
    assert scene.happened == ["cut", STOP]
