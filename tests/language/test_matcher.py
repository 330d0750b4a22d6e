from collections.abc import Callable

import pytest

from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Live, Sentences

TEXT = """
intents:
  StartSet:
    data:
      - sentences: ["start [a] set [of {reps}] [at tempo {first} {second}]"]
        metadata: {live: set}
  Weight:
    data:
      - sentences: ["{kilos} kilos"]
        slots: {unit: kg}
  Side:
    data:
      - sentences: ["my {side} leg", "[a] {share} part"]
  Ready:
    data:
      - sentences: ["ready now", "ready"]
        metadata: {live: urgent}
  Play:
    data:
      - sentences: ["play {anything}"]
  PlayMusic:
    data:
      - sentences: ["play music"]
lists:
  reps: {range: {from: 1, to: 30}}
  first: {range: {from: 1, to: 9}}
  second: {range: {from: 1, to: 9}}
  kilos: {range: {from: 100, to: 200}}
  side: {values: [{in: "(left|left hand)", out: left}, right, {in: both, out: 2}]}
  share: {values: [{in: half, out: 0.5}]}
  anything: {values: [music, games]}
skip_words: [please, um, now, okay coach]
"""


@pytest.fixture
def matcher(sentences: Callable[[str], Sentences]) -> Matcher:
    return Matcher(sentences(TEXT))


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("start set", "StartSet", {}),
        ("start a set of twelve", "StartSet", {"reps": 12}),
        ("start a set of 12", "StartSet", {"reps": 12}),
        ("start a set of twenty one at tempo three two", "StartSet",
         {"reps": 21, "first": 3, "second": 2}),
        ("one hundred five kilos", "Weight", {"kilos": 105, "unit": "kg"}),
        ("one hundred and five kilos", "Weight", {"kilos": 105, "unit": "kg"}),
        ("my left hand leg", "Side", {"side": "left"}),
        ("my right leg", "Side", {"side": "right"}),
        ("my both leg", "Side", {"side": 2}),
        ("a half part", "Side", {"share": 0.5}),
        ("  Start   SET ", "StartSet", {}),
    ],
)  # fmt: skip
def test_a_whole_sentence_has_a_meaning(
    matcher: Matcher, text: str, intent: str, slots: dict[str, object]
) -> None:
    match = matcher.match(text)
    assert match is not None
    assert (match.intent, dict(match.slots), match.text) == (intent, slots, text)
    assert all(type(match.slots[name]) is type(value) for name, value in slots.items())


@pytest.mark.parametrize(
    "text", ["", "start", "set of twelve", "start set of", "start set of ninety", "do start set",
             "start set start set", "[unk]", "start [unk] set"]
)  # fmt: skip
def test_less_or_more_than_a_sentence_has_none(matcher: Matcher, text: str) -> None:
    assert matcher.match(text) is None


@pytest.mark.parametrize("text", ["please start set", "um okay coach start set please"])
def test_up_to_three_fillers_are_forgiven(matcher: Matcher, text: str) -> None:
    match = matcher.match(text)
    assert match is not None
    assert match.intent == "StartSet"


@pytest.mark.parametrize("text", ["um um um um start set", "please", "um please um"])
def test_more_fillers_or_nothing_else_is_no_sentence(matcher: Matcher, text: str) -> None:
    assert matcher.match(text) is None


def test_a_filler_that_belongs_to_the_sentence_is_no_filler(matcher: Matcher) -> None:
    assert matcher.match("um ready now") == Match("Ready", {}, "um ready now", Live.URGENT)


def test_the_more_literal_of_two_meanings_wins(matcher: Matcher) -> None:
    match = matcher.match("play music")
    assert match is not None
    assert match.intent == "PlayMusic"


def test_each_sentence_knows_when_it_may_act(matcher: Matcher) -> None:
    lives = [matcher.match(text) for text in ("ready", "start set", "my left leg")]
    assert [match and match.live for match in lives] == [Live.URGENT, Live.SET, Live.QUIET]
