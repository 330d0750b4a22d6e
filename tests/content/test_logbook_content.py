"""The data of the log: every sentence it may need is there, and none calls the coach to order."""

import re

import pytest

from assistant.content.loader import ENGLISH, load_content
from assistant.dialogue.history import Condition
from assistant.language.matcher import Matcher
from assistant.language.sentences import Live, load_sentences
from assistant.progress import Reason, Verdict

CONTENT = load_content()
RULES = CONTENT.logbook
MATCHER = Matcher(load_sentences(ENGLISH / "sentences"))
PROMPTS = {key: text for key, text in CONTENT.prompts.items() if key.startswith("logbook.")}


@pytest.mark.parametrize(
    "key",
    [
        *(f"next_{verdict}" for verdict in Verdict if verdict is not Verdict.ASK),
        *(f"why_{reason}" for reason in Reason),
        *(condition.value for condition in Condition if condition is not Condition.SOUND),
        *(f"undone_{kind}" for kind in ("added", "amended", "deleted")),
        *(f"weekday_{day}" for day in range(7)),
        *(f"reminder_{name}" for name in RULES.reminders),
    ],
)
def test_everything_the_log_may_have_to_say_has_a_sentence(key: str) -> None:
    assert f"logbook.{key}" in PROMPTS


def spans(text: str) -> list[str]:
    """Every run of up to six words of a sentence."""
    words = re.findall(r"[a-z']+", re.sub(r"{\w+}", "twelve", text).lower())
    return [
        " ".join(words[begin:end])
        for begin in range(len(words))
        for end in range(begin + 1, min(len(words), begin + 6) + 1)
    ]


@pytest.mark.parametrize("key", PROMPTS)
def test_no_sentence_of_the_log_contains_an_urgent_one(key: str) -> None:
    heard = [MATCHER.match(span) for span in spans(PROMPTS[key])]
    assert not [match.text for match in heard if match and match.live is Live.URGENT]


def test_numbers_that_sound_alike_name_each_other() -> None:
    teens = RULES.plausible.teens
    assert {teens[teens[number]] for number in teens} == set(teens)
    assert all(number != teens[number] for number in teens)


def test_the_next_session_is_announced_when_the_rest_is_over() -> None:
    assert RULES.next_session_after_h >= RULES.progression.rest_h


def test_each_unit_has_its_limits() -> None:
    assert set(RULES.plausible.lightest) == set(RULES.plausible.heaviest) == {"kg", "lb"}
