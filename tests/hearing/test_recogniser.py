import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import numpy as np
import pytest

from assistant.complaint import Complaint
from assistant.hearing import heap
from assistant.hearing.grammar import UNKNOWN
from assistant.hearing.models import ModelFolder, embedded_model, find_model
from assistant.hearing.recogniser import RATE, WHOLE, Final, Partial, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room
from assistant.sound.wav import to_pcm
from tests.hearing.voices import spoken

TEXT = """
intents:
  Stop: {data: [{sentences: ["stop [the set|counting]"], metadata: {live: urgent}}]}
  StartSet: {data: [{sentences: ["start set [of {reps}]"]}]}
  StartChecklist: {data: [{sentences: ["start [the] checklist"]}]}
  Pain: {data: [{sentences: ["my (back|knee) hurts"]}]}
  "Yes": {data: [{sentences: ["yes"]}]}
  "No": {data: [{sentences: ["no"]}]}
lists: {reps: {range: {from: 1, to: 30}}}
skip_words: [please, okay coach]
"""
BLOCK = RATE // 50 * 2  # bytes in 20 ms


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Sentences:
    file = tmp_path_factory.mktemp("sentences") / "sentences.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return load_sentences(file)


@pytest.fixture(scope="module")
def live(sentences: Sentences) -> Recogniser:
    return Recogniser(ModelFolder(embedded_model()), sentences)


@pytest.fixture(scope="module")
def whole(sentences: Sentences) -> Recogniser:
    return Recogniser(ModelFolder(embedded_model()), sentences, endpointing=WHOLE)


def quiet(seconds: float) -> Samples:
    noise = np.random.default_rng(1).normal(0.0, 2e-4, round(seconds * RATE))
    return noise.astype(np.float32)


def feed(recogniser: Recogniser, sound: Samples) -> Iterator[tuple[float, Partial | Final]]:
    """Results with the second at which each came."""
    pcm = to_pcm(sound)
    for start in range(0, len(pcm), BLOCK):
        for result in recogniser.feed(pcm[start : start + BLOCK]):
            yield (start + BLOCK) / 2 / RATE, result


def finals(recogniser: Recogniser, sound: Samples) -> list[str]:
    heard = [result.text for _, result in feed(recogniser, sound) if isinstance(result, Final)]
    last = recogniser.finish().text
    return [*heard, last] if last else heard


@pytest.mark.parametrize("voice", ["en-us", "en-gb+f3", "en-us+m3"])
@pytest.mark.parametrize(
    "text",
    ["stop", "yes", "start set of twelve", "start the checklist", "my back hurts",
     "okay coach start set please"],
)  # fmt: skip
def test_sentences_are_heard(live: Recogniser, text: str, voice: str) -> None:
    assert finals(live, in_a_quiet_room(spoken(text, voice), RATE)) == [text]


@pytest.mark.parametrize(
    "text",
    ["the weather is nice today", "where did you put the car keys", "table", "window",
     "he said that she would come tomorrow"],
)  # fmt: skip
def test_other_talk_is_no_sentence(sentences: Sentences, live: Recogniser, text: str) -> None:
    matcher = Matcher(sentences)
    heard = finals(live, in_a_quiet_room(spoken(text), RATE))
    assert [matcher.match(final) for final in heard] == [None] * len(heard)


@pytest.mark.parametrize("level", [0.0, 1e-3, 3e-2])
def test_silence_and_noise_say_nothing_that_counts(
    sentences: Sentences, live: Recogniser, level: float
) -> None:
    noise = np.random.default_rng(2).normal(0.0, 1.0, 4 * RATE).astype(np.float32)
    heard = finals(live, noise * np.float32(level))
    matcher = Matcher(sentences)
    assert [matcher.match(final) for final in heard] == [None] * len(heard)


def test_a_one_word_answer_is_final_soon_after_it_ends(live: Recogniser) -> None:
    word = spoken("yes")
    ends_at = 0.5 + np.flatnonzero(np.abs(word) > 0.02)[-1] / RATE
    came = [
        (at, result.text)
        for at, result in feed(live, np.concatenate([quiet(0.5), word, quiet(1.5)]))
        if isinstance(result, Final)
    ]
    assert [text for _, text in came] == ["yes"]
    assert came[0][0] - ends_at <= 0.75


def test_a_pause_within_an_order_does_not_cut_it(live: Recogniser) -> None:
    halves = [quiet(0.5), spoken("start set of"), quiet(0.4), spoken("twelve"), quiet(0.5)]
    assert finals(live, np.concatenate(halves)) == ["start set of twelve"]


def test_two_utterances_are_two_finals(live: Recogniser) -> None:
    sound = np.concatenate([quiet(0.3), spoken("yes"), quiet(2.0), spoken("stop"), quiet(1.0)])
    assert finals(live, sound) == ["yes", "stop"]


def test_a_word_is_known_before_it_is_final_and_advances_tell_new_evidence(
    live: Recogniser,
) -> None:
    sound = np.concatenate([quiet(0.5), spoken("stop"), quiet(1.5)])
    results = [result for _, result in feed(live, sound)]
    partials = [r for r in results if isinstance(r, Partial) and r.text == "stop"]
    assert results[-1] == Final("stop")
    assert len({partial.advance for partial in partials}) >= 2


def test_a_recording_is_one_utterance_pauses_included(whole: Recogniser) -> None:
    halves = [spoken("start set of"), quiet(1.5), spoken("twelve")]
    assert finals(whole, in_a_quiet_room(np.concatenate(halves), RATE)) == ["start set of twelve"]


def test_reset_forgets_what_was_being_said(live: Recogniser) -> None:
    list(feed(live, np.concatenate([quiet(0.3), spoken("my back hurts")])))
    live.reset()
    assert finals(live, np.concatenate([quiet(0.5), spoken("no"), quiet(0.5)])) == ["no"]


def test_speech_without_end_costs_no_more_than_other_speech(live: Recogniser) -> None:
    talk = spoken("and then we went to the river and he told me all about his brother " * 8)
    assert len(talk) > 25 * RATE
    began = process_time()
    finals(live, talk)
    assert process_time() - began < 0.5 * len(talk) / RATE


def test_words_the_model_lacks_are_told_and_their_sentences_left_out(tmp_path: Path) -> None:
    file = tmp_path / "sentences.yaml"
    file.write_text('intents: {A: {data: [{sentences: ["hello [qwrtzy]", "frobnicate me"]}]}}')
    recogniser = Recogniser(find_model(embedded_model()), load_sentences(file))
    assert recogniser.missing == ("frobnicate", "qwrtzy")
    assert finals(recogniser, in_a_quiet_room(spoken("hello"), RATE)) == ["hello"]


def test_a_model_that_knows_no_word_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sentences.yaml"
    file.write_text('intents: {A: {data: [{sentences: ["qwrtzy"]}]}}')
    with pytest.raises(Complaint, match="knows no word of the sentences"):
        Recogniser(find_model(embedded_model()), load_sentences(file))


def test_foreign_speech_is_one_word(live: Recogniser) -> None:
    heard = finals(live, in_a_quiet_room(spoken("zhyl pfrum vrak zoth"), RATE))
    assert all(text == UNKNOWN or UNKNOWN not in text for text in heard)


def test_a_decoder_that_has_heard_much_is_replaced_between_two_utterances(
    sentences: Sentences, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.hearing.recogniser._DECODER_LIVES_S", 1.5)
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences)
    first = recogniser._decoder
    command = np.concatenate((quiet(0.5), spoken("start the checklist"), quiet(1.5)))
    for _ in range(4):
        assert finals(recogniser, command) == ["start the checklist"]
    assert recogniser._decoder is not first


def test_what_talk_led_a_decoder_through_is_forgotten_at_once(sentences: Sentences) -> None:
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences)
    first = recogniser._decoder
    for text in ("start the checklist", "okay coach start set of twelve"):
        assert finals(recogniser, in_a_quiet_room(spoken(text), RATE)) == [text]
    recogniser.reset()
    assert recogniser._decoder is first
    talk = spoken("and then we went to the river and he told me all about his brother")
    finals(recogniser, in_a_quiet_room(talk, RATE))
    assert recogniser._decoder is not first


def test_so_is_what_it_was_led_through_by_talk_that_is_dropped(sentences: Sentences) -> None:
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences)
    first = recogniser._decoder
    list(feed(recogniser, np.concatenate([quiet(0.3), spoken("and then we went to the river")])))
    recogniser.reset()
    assert recogniser._decoder is not first


def test_what_an_utterance_took_is_given_back_once_nobody_waits(
    sentences: Sentences, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before the words are told, and not again in the silence that follows."""
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences)
    told: list[int] = []
    monkeypatch.setattr(heap, "give_back", lambda: told.append(len(heard)))
    heard: list[str] = []
    for _, result in feed(recogniser, np.concatenate([quiet(1), spoken("stop"), quiet(3)])):
        heard += [result.text] if isinstance(result, Final) else []
    assert heard == ["stop"]
    assert told == [1]


def test_a_phrase_list_can_be_compared_with_the_compiled_grammar(sentences: Sentences) -> None:
    recogniser = Recogniser(ModelFolder(embedded_model()), sentences, is_compiled=False)
    assert finals(recogniser, in_a_quiet_room(spoken("start set of twelve"), RATE)) == [
        "start set of twelve"
    ]


def test_a_model_with_a_static_graph_hears_sentences_among_all_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.hearing.static_model", str(tmp_path)]
    subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[2])
    file = tmp_path / "sentences.yaml"
    file.write_text("intents: {A: {data: [{sentences: ['start [a] set [of two]', stop]}]}}")
    model = find_model(tmp_path)
    assert not model.is_dynamic
    known = load_sentences(file)
    recogniser = Recogniser(model, known, endpointing=WHOLE)
    for text in ("start set of two", "stop"):
        assert finals(recogniser, in_a_quiet_room(spoken(text), RATE)) == [text]
    (other,) = finals(recogniser, in_a_quiet_room(spoken("twenty again"), RATE))
    assert Matcher(known).match(other) is None
