"""What is rendered before it is wanted is what will be asked for."""

import pytest

from assistant.app.knowledge import Knowledge
from assistant.app.warming import fixed_texts
from assistant.sound.clip import Clip
from assistant.speaking.clips import PacedClips
from assistant.speaking.mixer import Mixer
from assistant.speaking.voice import Voice, sentences_of


class Asked(PacedClips):
    """Remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(16_000)
        self.texts: list[str] = []

    def clip(self, text: str, words_per_minute: int, fit_s: float | None = None) -> Clip:
        self.texts.append(text)
        return super().clip(text, words_per_minute, fit_s)


@pytest.mark.parametrize("prompt", ["manners.started", "setup.begin", "triage.opening"])
def test_a_prompt_of_several_sentences_is_prepared_as_it_is_spoken(
    knowledge: Knowledge, prompt: str
) -> None:
    asked = Asked()
    voice = Voice(Mixer(16_000), asked, post=lambda _: None, submit=lambda job: job())

    voice.say(knowledge.content.prompts[prompt], 1)

    assert len(asked.texts) > 1
    assert set(asked.texts) <= set(fixed_texts(knowledge))


def test_every_question_of_the_triage_is_prepared_in_its_plainer_words_too(
    knowledge: Knowledge,
) -> None:
    questions = knowledge.content.triage.questions
    plainer = {sentence for question in questions for sentence in sentences_of(question.simpler)}

    assert plainer <= set(fixed_texts(knowledge))


def test_nothing_is_prepared_twice(knowledge: Knowledge) -> None:
    texts = fixed_texts(knowledge)

    assert len(texts) == len(set(texts))
