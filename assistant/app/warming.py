"""Renders what the coach is most likely to say before it is wanted."""

import logging
from collections.abc import Iterable, Iterator
from threading import Event as Flag
from threading import Thread

from assistant.app.knowledge import Knowledge
from assistant.complaint import Complaint
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import SynthesisFailed
from assistant.speaking.voice import sentences_of

_log = logging.getLogger(__name__)


def warm_up(clips: ClipStore, knowledge: Knowledge, words_per_minute: int, ending: Flag) -> Thread:
    """A thread that fills the cache, until it is full or ``ending`` is set."""
    texts = _until(ending, fixed_texts(knowledge))

    def render() -> None:
        try:
            clips.warm(texts, words_per_minute)
        except (Complaint, SynthesisFailed) as error:
            # It is told aloud, as well as that is possible, when somebody is to be spoken to.
            _log.warning("the prompts cannot be prepared: %s", error)

    thread = Thread(target=render, name="warm-up", daemon=True)
    thread.start()
    return thread


def fixed_texts(knowledge: Knowledge) -> list[str]:
    """All sentences the coach may say word for word, each once, the most likely first."""
    content = knowledge.content
    points, triage = content.checklist.points, content.triage
    texts = (
        *(text for point in points for text in (point.ask, point.fix, point.why)),
        *(text for text in content.prompts.values() if "{" not in text),
        *(text for question in triage.questions for text in (question.ask, question.simpler)),
        *(answer.says for answer in content.answers.values()),
    )
    return list(dict.fromkeys(sentence for text in texts for sentence in sentences_of(text)))


def _until(ending: Flag, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if ending.is_set():
            return
        yield text
