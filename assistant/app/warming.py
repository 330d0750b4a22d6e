"""Renders what the coach is most likely to say before it is wanted."""

import logging
from collections.abc import Iterable, Iterator
from threading import Event as Flag
from threading import Thread

from assistant.app.knowledge import Knowledge
from assistant.complaint import Complaint
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import SynthesisFailed

_log = logging.getLogger(__name__)


def warm_up(clips: ClipStore, knowledge: Knowledge, words_per_minute: int, ending: Flag) -> Thread:
    """A thread that fills the cache, until it is full or ``ending`` is set."""
    texts = _until(ending, fixed_texts(knowledge))

    def render() -> None:
        try:
            clips.warm(texts, words_per_minute)
        except (
            Complaint,
            SynthesisFailed,
        ) as error:  # told as well when somebody is to be spoken to
            _log.warning("the prompts cannot be prepared: %s", error)

    thread = Thread(target=render, name="warm-up", daemon=True)
    thread.start()
    return thread


def fixed_texts(knowledge: Knowledge) -> list[str]:
    """Everything the coach may say word for word, the most likely first."""
    content = knowledge.content
    points = content.checklist.points
    return [
        *(text for point in points for text in (point.ask, point.fix, point.why)),
        *(text for text in content.prompts.values() if "{" not in text),
        *(question.ask for question in content.triage.questions),
        *(answer.says for answer in content.answers.values()),
    ]


def _until(ending: Flag, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if ending.is_set():
            return
        yield text
