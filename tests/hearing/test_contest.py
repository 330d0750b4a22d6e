from pathlib import Path

import numpy as np
import pytest

from assistant.hearing.contest import Contest, Demand
from assistant.hearing.decoder import RATE
from assistant.hearing.grammar import UNKNOWN
from assistant.hearing.models import ModelFolder, embedded_model
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room
from assistant.sound.wav import to_pcm
from tests.hearing.voices import spoken

WORDS = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
ORDER = """
intents:
  Order: {data: [{sentences: ["[i want] a (small|large) (coffee|tea) [with <milk>] [please]"]}]}
expansion_rules: {milk: "(milk|cream|no milk)"}
"""


def contest(folder: Path, text: str, demand: Demand | None = None) -> Contest:
    file = folder / "sentences.yaml"
    file.write_text(text, encoding="utf-8")
    sentences: Sentences = load_sentences(file)
    return Contest(ModelFolder(embedded_model()), sentences, demand)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    rows = "\n".join(f"  W{word}: {{data: [{{sentences: ['{word}']}}]}}" for word in WORDS)
    return contest(tmp_path_factory.mktemp("words"), f"intents:\n{rows}\n")


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Contest:
    return contest(tmp_path_factory.mktemp("orders"), ORDER)


def pcm(sound: Samples) -> bytes:
    return to_pcm(in_a_quiet_room(sound, RATE))


@pytest.mark.parametrize("word", WORDS)
def test_single_words_are_heard(words: Contest, word: str) -> None:
    assert words.hear(pcm(spoken(word))) == word


@pytest.mark.parametrize("word", ["banana", "seventeen", "marvin", "weather", "how are you"])
def test_foreign_words_are_not_the_nearest_command(words: Contest, word: str) -> None:
    assert words.hear(pcm(spoken(word))) == UNKNOWN


def test_an_order_is_heard_and_talk_of_the_same_length_is_not(orders: Contest) -> None:
    order = "i want a large coffee with no milk please"
    assert orders.hear(pcm(spoken(order))) == order
    assert orders.hear(pcm(spoken("he said he would never come back to this town"))) == UNKNOWN


def test_silence_says_nothing(words: Contest) -> None:
    assert words.hear(pcm(np.zeros(2 * RATE, np.float32))) == ""


def test_a_long_recording_is_heard_in_pieces(orders: Contest) -> None:
    pause = np.zeros(9 * RATE, np.float32)
    sound = np.concatenate([spoken("a small tea"), pause, pause, pause, spoken("a large coffee")])
    assert orders.hear(pcm(sound)) == "a small tea a large coffee"


def test_a_word_of_the_sentences_fits_far_better_than_mere_speech_and_a_foreign_one_does_not(
    words: Contest,
) -> None:
    own, foreign = (words.weigh(pcm(spoken(word))) for word in ("stop", "banana"))
    assert own.text == "stop"
    assert own.lead > foreign.lead
    assert own.lag < foreign.lag
    assert Demand().evidence(own) > 0 > Demand().evidence(foreign)


def test_a_stricter_demand_hears_less(tmp_path: Path) -> None:
    strict = contest(tmp_path, "intents: {Go: {data: [{sentences: [go]}]}}", Demand(least=100.0))
    assert strict.weigh(pcm(spoken("go"))).text == "go"
    assert strict.hear(pcm(spoken("go"))) == UNKNOWN
