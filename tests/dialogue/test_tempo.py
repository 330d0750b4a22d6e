import pytest

from assistant.complaint import Complaint
from assistant.content.loader import load_content
from assistant.content.training import Tempo
from assistant.dialogue.tempo import Verdict, judge, parse_tempo

TRAINING = load_content().training


@pytest.mark.parametrize("text", ["3-1-2-0", "3 1 2 0", "3120", " 3-1-2-0 ", "3,1,2,0", "3/1/2/0"])
def test_four_digits_are_a_tempo_however_they_are_set_apart(text: str) -> None:
    assert parse_tempo(text, TRAINING) == Tempo(eccentric=3, hold=1, concentric=2, brace=0)


@pytest.mark.parametrize(
    ("name", "written", "seconds"),
    [("learn", "4-1-2-1", 8), ("standard", "3-1-2-1", 7), ("Brisk", "2-1-2-1", 6)],
)
def test_a_preset_is_called_by_its_name(name: str, written: str, seconds: int) -> None:
    tempo = parse_tempo(name, TRAINING)
    assert str(tempo) == written
    assert tempo.rep_s == seconds


@pytest.mark.parametrize(
    "text", ["", "3-1-2", "3-1-2-1-1", "fast", "12-1-2-1", "-3-1-2-1", "3..1.2.1"]
)
def test_what_is_no_tempo_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Complaint, match=r"is no tempo: .* such as 3-1-2-1, or one of learn"):
        parse_tempo(text, TRAINING)


@pytest.mark.parametrize("text", ["31X1", "3-1-x-1", "x121"])
def test_as_fast_as_possible_is_refused_because_nothing_may_jerk(text: str) -> None:
    with pytest.raises(Complaint, match=r"as fast as possible.*without jerk or bounce"):
        parse_tempo(text, TRAINING)


def test_assisted_is_refused_because_nobody_is_there_to_help() -> None:
    with pytest.raises(Complaint, match="somebody helps to lift"):
        parse_tempo("3-1-A-1", TRAINING)


def test_all_zero_is_refused() -> None:
    with pytest.raises(Complaint, match="at least one phase must take time"):
        parse_tempo("0000", TRAINING)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("0000", Verdict.EMPTY),
        ("1000", Verdict.GOOD),
        ("4121", Verdict.GOOD),  # 8 s
        ("4221", Verdict.SLOW),  # 9 s
        ("4222", Verdict.SLOW),  # 10 s
        ("4322", Verdict.TOO_SLOW),  # 11 s
    ],
)
def test_a_rep_above_eight_seconds_is_slow_and_above_ten_too_slow(
    text: str, verdict: Verdict
) -> None:
    assert judge(Tempo(*map(int, text)), TRAINING) is verdict


def test_a_rep_above_ten_seconds_is_refused_with_its_length() -> None:
    with pytest.raises(Complaint, match="would take 11 seconds"):
        parse_tempo("4-3-2-2", TRAINING)
