"""What is called out under the coach's own sound; the decoder's results are written down."""

import numpy as np
import pytest

from assistant.content.loader import ENGLISH
from assistant.hearing.cries import HASTY, LENIENT, Cries
from assistant.hearing.ear import HARMLESS
from assistant.hearing.endpoint import LIVE
from assistant.hearing.models import ModelFolder, embedded_model
from assistant.hearing.recogniser import RATE, Final, Partial, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.selection import only
from assistant.language.sentences import Live, load_sentences
from assistant.sound.wav import to_pcm
from tests.hearing.scene import Script
from tests.hearing.voices import spoken

BLOCK = bytes(320)


class Heard:
    """Cries, and what they have told."""

    def __init__(self, *results: Partial | Final) -> None:
        self.decoder = Script()
        self.decoder.results += results
        self.cries = Cries(self.decoder, Matcher(load_sentences(ENGLISH / "sentences")), HARMLESS)
        self.told: list[str | None] = []
        for _ in results:
            self.feed()

    def feed(self) -> None:
        match = self.cries.feed(BLOCK)
        self.told.append(None if match is None else match.text)


@pytest.mark.parametrize(
    ("results", "told"),
    [
        ([Partial("stop", 1), Partial("stop", 1)], [None, None]),
        ([Partial("stop", 1), Partial("stop", 2)], [None, "stop"]),
        ([Partial("stop", 1), Partial("stop", 1), Partial("stop", 2)], [None, None, "stop"]),
        ([Partial("stop i", 1), Partial("stop i am", 2)], [None, "stop"]),
        ([Partial("stop", 1), Partial("story", 2)], [None, None]),
        ([Partial("please stop", 1), Partial("he will stop", 2)], [None, None]),
        ([Partial("story", 1), Final("stop")], [None, "stop"]),
        ([Partial("my leg is numb", 1), Partial("my leg is numb", 2)], [None, None]),
        ([Partial("my leg is numb", 1), Final("my leg is numb")], [None, "my leg is numb"]),
    ],
)
def test_stop_is_told_by_two_advances_or_at_its_end_and_a_danger_at_its_end(
    results: list[Partial | Final], told: list[str | None]
) -> None:
    assert Heard(*results).told == told


def test_a_cry_is_told_once_and_the_next_one_again() -> None:
    stop: list[Partial | Final]
    stop = [Partial("stop", 1), Partial("stop", 2), Partial("stop", 3), Final("stop")]
    assert Heard(*stop, *stop).told == [None, "stop", None, None] * 2


def test_a_danger_behind_a_stop_is_told_as_well() -> None:
    heard = Heard(Partial("stop", 1), Partial("stop", 2), Final("stop my back hurts"))
    assert heard.told[1] == "stop"


@pytest.mark.parametrize("text", ["pause", "yes", "start set", "how are you", "[unk]"])
def test_nothing_but_urgent_sentences_is_told(text: str) -> None:
    assert Heard(Partial(text, 1), Partial(text, 2), Final(text)).told == [None] * 3


def test_what_was_heard_before_the_coach_fell_silent_is_forgotten() -> None:
    heard = Heard(Partial("stop", 1))
    heard.cries.reset()
    heard.decoder.results.append(Partial("stop", 2))
    heard.feed()
    assert heard.told == [None, None]
    assert heard.decoder.resets == 1


def test_silence_is_forgotten_at_no_cost() -> None:
    heard = Heard()
    heard.cries.reset()
    assert heard.decoder.resets == 0


@pytest.mark.parametrize("voice", ["en-us", "en-gb+f3", "en-us+m3"])
def test_a_stop_is_told_sooner_than_a_conversation_would_end(voice: str) -> None:
    sentences = load_sentences(ENGLISH / "sentences")
    recogniser = Recogniser(
        ModelFolder(embedded_model()),
        only(sentences, Live.URGENT),
        endpointing=HASTY,
        costs=LENIENT,
    )
    cries = Cries(recogniser, Matcher(sentences), HARMLESS)
    word = spoken("stop", voice)
    ends_at = 0.5 + np.flatnonzero(np.abs(word) > 0.02)[-1] / RATE
    hiss = np.random.default_rng(1).normal(0, 2e-4, 2 * RATE).astype(np.float32)
    pcm = to_pcm(np.concatenate([hiss[: RATE // 2], word, hiss]))
    blocks = range(0, len(pcm) - 320, 320)
    told = [(at + 320) / 2 / RATE for at in blocks if cries.feed(pcm[at : at + 320])]
    assert len(told) == 1
    assert told[0] - ends_at < LIVE.after_word_s
