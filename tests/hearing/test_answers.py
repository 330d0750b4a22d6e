"""What was taken for talk is looked at once more while an answer is expected."""

from collections.abc import Iterable

import pytest

from assistant.app.knowledge import Knowledge
from assistant.dialogue.expectation import ANSWERS
from assistant.hearing.answers import DOUBTFUL, LONGEST_S, Answers
from assistant.hearing.models import ModelFolder, embedded_model
from assistant.hearing.recogniser import RATE, WHOLE, Final, Recogniser
from assistant.language.selection import these
from assistant.sound.mix import in_a_quiet_room
from assistant.sound.wav import to_pcm
from tests.hearing.voices import spoken

SECOND = 2 * RATE
YES = frozenset({"Yes"})


class Dictation:
    """Hears what is written down, and keeps what it was given."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sounds: list[bytes] = []

    def feed(self, pcm: bytes) -> object:
        self.sounds.append(pcm)
        return []

    def finish(self) -> Final:
        return Final(self.text)


def blocks(sound: bytes, size: int = 960) -> Iterable[bytes]:
    return (sound[at : at + size] for at in range(0, len(sound), size))


def numbered(seconds: float) -> bytes:
    """Sound in which every place can be told from every other."""
    return b"".join(at.to_bytes(2, "little") for at in range(round(seconds * RATE)))


def looking(
    knowledge: Knowledge, decoder: Dictation, expected: frozenset[str], sound: bytes
) -> Answers:
    answers = Answers(decoder, knowledge.matcher, lambda: expected)
    for block in blocks(sound):
        answers.keep(block)
    return answers


def test_an_answer_that_is_expected_is_found(knowledge: Knowledge) -> None:
    match = looking(knowledge, Dictation("yes"), YES, numbered(1)).look(0.3)
    assert match is not None
    assert match.intent == "Yes"


@pytest.mark.parametrize("heard", ["no", "[unk]", "", "start checklist"])
def test_anything_else_is_none(knowledge: Knowledge, heard: str) -> None:
    assert looking(knowledge, Dictation(heard), YES, numbered(1)).look(0.3) is None


def test_without_a_question_nothing_is_looked_at(knowledge: Knowledge) -> None:
    decoder = Dictation("yes")
    assert looking(knowledge, decoder, frozenset(), numbered(1)).look(0.3) is None
    assert decoder.sounds == []


def test_who_talks_for_long_is_not_answering(knowledge: Knowledge) -> None:
    assert looking(knowledge, Dictation("yes"), YES, numbered(4)).look(LONGEST_S + 0.1) is None


@pytest.mark.parametrize("seconds", [0.0, 0.5, LONGEST_S])
def test_the_sound_of_the_utterance_is_heard_with_the_moment_before_it(
    knowledge: Knowledge, seconds: float
) -> None:
    decoder, sound = Dictation("yes"), numbered(1.99)
    sound = sound + sound
    looking(knowledge, decoder, YES, sound).look(seconds)
    assert decoder.sounds == [sound[-round((seconds + 0.8) * RATE) * 2 :]]


@pytest.fixture(scope="module")
def recogniser(knowledge: Knowledge) -> Recogniser:
    """The one the coach has for answers."""
    answers = these(knowledge.sentences, ANSWERS)
    model = ModelFolder(embedded_model())
    return Recogniser(model, answers, endpointing=WHOLE, costs=DOUBTFUL)


@pytest.mark.parametrize(
    ("said", "intent"),
    [("yes", "Yes"), ("no", "No"), ("eighty five", "GiveWeight"), ("twelve reps", "CorrectReps")],
)
def test_answers_are_heard_for_real(
    knowledge: Knowledge, recogniser: Recogniser, said: str, intent: str
) -> None:
    answers = Answers(recogniser, knowledge.matcher, lambda: ANSWERS)
    sound = to_pcm(in_a_quiet_room(spoken(said), RATE))
    for block in blocks(sound):
        answers.keep(block)
    match = answers.look(len(sound) / SECOND - 0.8)
    assert match is not None
    assert match.intent == intent


def test_talk_is_still_talk(knowledge: Knowledge, recogniser: Recogniser) -> None:
    answers = Answers(recogniser, knowledge.matcher, lambda: ANSWERS)
    sound = to_pcm(in_a_quiet_room(spoken("the weather was awful in london"), RATE))
    for block in blocks(sound):
        answers.keep(block)
    assert answers.look(LONGEST_S) is None
