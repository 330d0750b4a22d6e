"""An ear that hears a person shout into the coach's own sound, or nobody at all."""

import numpy as np
import pytest

from assistant.content.loader import ENGLISH
from assistant.dialogue.events import Heard
from assistant.hearing.cries import Cries
from assistant.hearing.ear import HARMLESS, Ear, Heeded
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.own_voice import OwnVoice
from assistant.hearing.recogniser import Final, Partial
from assistant.hearing.reference import Reference
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from tests.hearing.rooms import RATE, echoed, hiss, talk
from tests.hearing.scene import Script

BLOCK = 480
SHOUT_S = 4.0


class Shouting:
    """The coach talks; from ``SHOUT_S`` on somebody may be as loud, for as long as is wanted."""

    def __init__(self, shout_s: float) -> None:
        self.decoder = Script()
        self.cries = Script()
        self.is_counting = False
        self.happened: list[Heeded | str] = []
        self._reference = Reference(RATE)
        self._played = talk(8)
        heard = echoed(self._played) + hiss(len(self._played))
        first, frames = round(SHOUT_S * RATE), round(shout_s * RATE)
        heard[first : first + frames] += hiss(frames, level=0.1)
        self._heard = (np.clip(heard, -1, 1) * 32_767).astype("<i2")
        self._at = 0
        matcher = Matcher(load_sentences(ENGLISH / "sentences"))
        self._ear = Ear(
            self.decoder,
            matcher,
            gauge=Gauge(RATE),
            guard=Guard(),
            sounding=lambda: Sounding(
                is_speaking=not self.is_counting, is_counting=self.is_counting
            ),
            reflex=lambda: self.happened.append("cut"),
            own_voice=OwnVoice(self._reference),
            sound_alikes=Matcher(load_sentences(ENGLISH / "sound_alikes")),
            cries=Cries(self.cries, matcher, HARMLESS),
        )
        self.until(SHOUT_S)

    def until(self, at_s: float) -> None:
        while self._at < at_s * RATE:
            block = slice(self._at, self._at + BLOCK)
            self._at += BLOCK
            self._reference.write(self._played[block])
            self.happened += self._ear.feed(self._heard[block].tobytes(), self._at / RATE)


def test_what_the_echo_alone_might_say_is_not_even_recognised() -> None:
    shouting = Shouting(shout_s=0)
    shouting.decoder.results = [Partial("stop", 1), Partial("stop", 2), Final("stop")]
    shouting.until(6)
    assert shouting.happened == []


@pytest.mark.parametrize("text", ["stop", "start"])
def test_two_equal_partials_of_stop_and_of_its_sound_alike_cut(text: str) -> None:
    shouting = Shouting(shout_s=0.6)
    shouting.decoder.results = [Partial(text, 1), Partial(text, 2)]
    shouting.until(5)
    assert shouting.happened == ["cut", Heard("Stop", {}, text)]


def test_a_danger_sentence_waits_for_its_final_result() -> None:
    shouting = Shouting(shout_s=1)
    shouting.decoder.results = [Partial("my back hurts", 1), Partial("my back hurts", 2)]
    shouting.until(4.8)
    assert shouting.happened == []
    shouting.decoder.results = [Final("my back hurts")]
    shouting.until(5)
    assert shouting.happened == ["cut", Heard("MyBackHurts", {}, "my back hurts")]


@pytest.mark.parametrize(("shout_s", "acts"), [(0.1, False), (1.0, True)])
def test_a_danger_sentence_longer_than_anybody_spoke_is_dropped(
    *, shout_s: float, acts: bool
) -> None:
    shouting = Shouting(shout_s)
    shouting.until(4.0 + shout_s)
    shouting.decoder.results = [Final("i can barely feel my left leg")]
    shouting.until(6)
    assert ("cut" in shouting.happened) is acts


def test_words_that_come_up_after_the_last_partial_do_not_count() -> None:
    shouting = Shouting(shout_s=1)
    shouting.decoder.results = [Partial("stop", 1), Final("stop my back hurts")]
    shouting.until(5)
    assert shouting.happened[1:] == [Heard("Stop", {}, "stop")]


def test_a_stop_is_heard_by_whoever_recognises_urgent_sentences_alone() -> None:
    shouting = Shouting(shout_s=0.6)
    shouting.until(4.4)
    shouting.decoder.results = [Partial("story", 1), Final("[unk]")]
    shouting.cries.results = [Partial("stop", 1), Partial("stop", 2)]
    shouting.until(5)
    assert shouting.happened == ["cut", Heard("Stop", {}, "stop")]


def test_both_recognisers_hear_one_stop() -> None:
    shouting = Shouting(shout_s=0.6)
    shouting.decoder.results = [Partial("stop", 1), Partial("stop", 2), Final("stop")]
    shouting.cries.results = [Partial("stop", 1), Final("stop")]
    shouting.until(5)
    assert shouting.happened == ["cut", Heard("Stop", {}, "stop")]


def test_what_one_of_them_makes_of_the_rest_of_a_cry_is_no_command() -> None:
    shouting = Shouting(shout_s=0.6)
    shouting.is_counting = True
    shouting.until(4.4)
    shouting.cries.results = [Partial("stop", 1), Final("stop")]
    shouting.decoder.results = [Partial("pause", 1), Partial("pause", 2), Final("pause")]
    shouting.until(5)
    assert shouting.happened == ["cut", Heard("Stop", {}, "stop")]


@pytest.mark.parametrize(("shout_s", "acts"), [(0.1, False), (1.0, True)])
def test_a_cry_of_danger_takes_somebody_as_long_to_say(*, shout_s: float, acts: bool) -> None:
    shouting = Shouting(shout_s)
    shouting.until(4.0 + shout_s)
    shouting.cries.results = [Final("i can barely feel my left leg")]
    shouting.until(6)
    assert ("cut" in shouting.happened) is acts


@pytest.mark.parametrize("text", ["ouch", "enough"])
def test_a_moment_of_what_may_be_echo_is_no_cry(text: str) -> None:
    shouting = Shouting(shout_s=0.6)
    shouting.cries.results = [Final(text)]
    shouting.until(5)
    assert shouting.happened == []
