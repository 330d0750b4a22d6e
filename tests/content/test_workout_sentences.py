import pytest

from assistant.content.loader import ENGLISH
from assistant.language.matcher import Matcher
from assistant.language.sentences import Live, load_sentences

MATCHER = Matcher(load_sentences(ENGLISH / "sentences"))

DIGITS = {"eccentric": 3, "hold": 1, "concentric": 2, "brace": 0}

ORDERS = [
    ("start set", {}),
    ("start", {}),
    ("start set of twelve", {"reps": 12}),
    ("please start a set of fifteen reps", {"reps": 15}),
    ("do eight reps", {"reps": 8}),
    ("set of fifty", {"reps": 50}),
    ("start set of twelve at tempo three one two zero", {"reps": 12, **DIGITS}),
    ("start set with a tempo of three one two zero", DIGITS),
    ("start set of ten at brisk tempo", {"reps": 10, "preset": "brisk"}),
    ("start the set with the learning tempo", {"preset": "learn"}),
    ("three sets of twelve", {"sets": 3, "reps": 12}),
    ("start two sets of ten reps tempo three one two zero", {"sets": 2, "reps": 10, **DIGITS}),
    ("start warm up", {"kind": "warm_up"}),
    ("start a warm up set of ten", {"kind": "warm_up", "reps": 10}),
]


@pytest.mark.parametrize(("text", "slots"), ORDERS)
def test_a_set_is_ordered_in_many_ways(text: str, slots: dict[str, object]) -> None:
    match = MATCHER.match(text)
    assert match is not None
    assert (match.intent, dict(match.slots), match.live) == ("StartSet", slots, Live.QUIET)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("next set", "NextSet", {}),
        ("tempo three one two zero", "SetTempo", DIGITS),
        ("three one two zero", "SetTempo", DIGITS),
        ("three one two oh", "SetTempo", DIGITS),
        ("tempo three one two oh", "SetTempo", DIGITS),
        ("tempo 3120", "SetTempo", DIGITS),
        ("use brisk", "SetTempo", {"preset": "brisk"}),
        ("standard tempo", "SetTempo", {"preset": "standard"}),
        ("add fifteen", "AddRest", {"seconds": 15}),
        ("add thirty seconds to the rest", "AddRest", {"seconds": 30}),
        ("more rest", "AddRest", {"seconds": 15}),
        ("add a minute", "AddRest", {"seconds": 60}),
        ("set rest to ninety seconds", "SetRest", {"seconds": 90}),
        ("rest for two minutes", "SetRest", {"seconds": 120}),
        ("skip rest", "SkipRest", {}),
        ("pause rest", "PauseRest", {}),
        ("resume the timer", "ResumeRest", {}),
        ("no rest timer", "RestTimerOff", {}),
        ("rest timer on", "RestTimerOn", {}),
        ("start rest", "StartRest", {}),
    ],
)
def test_tempo_and_rest_are_set_by_voice(text: str, intent: str, slots: dict[str, object]) -> None:
    match = MATCHER.match(text)
    assert match is not None
    assert (match.intent, dict(match.slots)) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("tempo three one x one", "ExplosiveTempo"),
        ("start set of ten tempo three one x zero", "ExplosiveTempo"),
        ("three one x one", "ExplosiveTempo"),
        ("tempo 31X1", "ExplosiveTempo"),
        ("as fast as possible", "ExplosiveTempo"),
        ("start set explosive", "ExplosiveTempo"),
        ("tempo three one a one", "AssistedTempo"),
        ("30a1", "AssistedTempo"),
        ("assisted reps", "AssistedTempo"),
    ],
)
def test_explosive_and_assisted_tempos_are_understood_so_that_they_can_be_refused(
    text: str, intent: str
) -> None:
    match = MATCHER.match(text)
    assert match is not None
    assert match.intent == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("pause", "Pause"),
        ("hold on", "Pause"),
        ("resume", "Resume"),
        ("continue", "Resume"),
        ("faster", "Faster"),
        ("slow down", "Slower"),
        ("too fast", "Slower"),
        ("restart the set", "Restart"),
        ("start over", "Restart"),
        ("how many left", "HowMany"),
        ("how long left", "HowLong"),
        ("quiet mode", "QuietMode"),
        ("clicks only", "ClicksOnly"),
        ("full words", "FullWords"),
        ("talk me through it", "TalkThrough"),
        ("my back lifted", "BackLifted"),
        ("my lower back came off the pad", "BackLifted"),
        ("skip", "Skip"),
        ("louder", "Louder"),
        ("quieter", "Quieter"),
    ],
)
def test_what_steers_a_set_is_live_while_it_is_counted(text: str, intent: str) -> None:
    match = MATCHER.match(text)
    assert match is not None
    assert (match.intent, match.live) == (intent, Live.SET)


@pytest.mark.parametrize(
    "text",
    [
        *("one", "two", "three", "eleven", "twelve", "three left", "last one", "one more"),
        *("one two", "one two three", "one two three four", "two three four five"),
        *(
            "come on",
            "keep going",
            "let's go",
            "almost there",
            "lower",
            "hold",
            "press",
            "breathe out",
        ),
    ],
)
def test_counting_aloud_and_chatter_mean_nothing_during_a_set(text: str) -> None:
    match = MATCHER.match(text)
    assert match is None or match.live is Live.QUIET
