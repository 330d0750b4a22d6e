"""Virtual time: what is said when, and how far the clock jumps."""

import pytest

from assistant.app.knowledge import Knowledge
from assistant.app.rehearsal import Rehearsal
from assistant.runtime.scenario import (
    Act,
    Advance,
    BeSilent,
    Break,
    Mend,
    Scenario,
    ScriptStep,
    Speak,
)
from assistant.runtime.timeline import Kind, Record
from assistant.settings import Settings


def play(knowledge: Knowledge, *steps: ScriptStep | Act) -> list[Record]:
    records: list[Record] = []
    script = tuple(it if isinstance(it, ScriptStep) else ScriptStep(it) for it in steps)
    Rehearsal(knowledge, Settings(), records.append).play(Scenario(script))
    return records


def of(records: list[Record], kind: Kind) -> list[Record]:
    return [record for record in records if record.kind is kind]


def test_a_line_is_heard_at_its_time(knowledge: Knowledge) -> None:
    heard = of(play(knowledge, ScriptStep(Speak("louder"), at=3.25)), Kind.HEARD)

    assert [record.at for record in heard] == [3.25]


def test_a_line_without_a_time_waits_until_the_coach_has_finished(knowledge: Knowledge) -> None:
    records = play(knowledge, ScriptStep(Speak("start checklist"), at=0), Speak("yes"))

    question, answer = of(records, Kind.SAID)[1], of(records, Kind.HEARD)[1]
    assert answer.at > question.at + 1


def test_the_same_scenario_gives_the_same_timeline(knowledge: Knowledge) -> None:
    steps = (ScriptStep(Speak("start set of three"), at=1.0), ScriptStep(Speak("stop"), at=20.0))

    assert play(knowledge, *steps) == play(knowledge, *steps)


def test_two_days_pass_in_one_step(knowledge: Knowledge) -> None:
    heard = of(play(knowledge, Advance(172_800), Speak("louder")), Kind.HEARD)

    assert 172_800 < heard[0].at < 172_802


def test_a_time_that_has_passed_counts_from_the_last_advance(knowledge: Knowledge) -> None:
    heard = of(play(knowledge, Advance(3600), ScriptStep(Speak("louder"), at=5.0)), Kind.HEARD)

    assert heard[0].at == 3605.0


def test_silence_lets_the_time_for_an_answer_pass(knowledge: Knowledge) -> None:
    records = play(knowledge, Speak("start checklist"), BeSilent(), BeSilent())

    said = [record.detail["prompt"] for record in of(records, Kind.SAID)]
    assert said[2] == "setup.again"
    assert said[4] == "setup.silent"


def test_a_fault_and_its_mending_are_told(knowledge: Knowledge) -> None:
    records = play(knowledge, Break("microphone"), Mend("microphone"))

    assert [record.detail["cleared"] for record in of(records, Kind.FAULT)] == [False, True]
    assert [record.detail["prompt"] for record in of(records, Kind.SAID)] == [
        "manners.microphone_lost",
        "manners.microphone_back",
    ]


def test_a_coach_that_never_falls_silent_does_not_keep_a_scenario_going(
    knowledge: Knowledge,
) -> None:
    """The emergency sentence repeats for as long as nobody acknowledges it."""
    records = play(knowledge, Speak("my leg is numb"))

    assert records[-1].at < 180


@pytest.mark.parametrize("word", ["stop", "my back hurts"])
def test_an_urgent_line_silences_a_set_in_the_same_block(knowledge: Knowledge, word: str) -> None:
    records = play(
        knowledge, ScriptStep(Speak("start set of five"), at=0), ScriptStep(Speak(word), at=15.0)
    )

    assert max(record.at for record in of(records, Kind.CUE)) <= 15.0
    assert of(records, Kind.CUT)[0].at == 15.0
