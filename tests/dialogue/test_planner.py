"""From a tempo to the cues of a set."""

import pytest

from assistant.content.loader import load_content
from assistant.content.training import CountAt, StartPhase, Tempo
from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity

WORDS = load_content().training.words

STANDARD = Tempo(3, 1, 2, 1)


def listing(cadence: Cadence) -> list[str]:
    """A cue list as one would write it down: second, repetition, phase, clip, room of a word."""
    return [
        f"{cue.at_s:g} {cue.rep} {cue.phase} {cue.clip}"
        + (f" {cue.sound.within_s:g}" if isinstance(cue.sound, Word) else "")
        for cue in cadence.cues
    ]


def spoken(cadence: Cadence) -> list[tuple[float, str]]:
    return [(cue.at_s, cue.sound.text) for cue in cadence.cues if isinstance(cue.sound, Word)]


def clicks(cadence: Cadence) -> list[Cue]:
    return [cue for cue in cadence.cues if isinstance(cue.sound, Click)]


def test_three_reps_of_3_1_2_1_from_count_in_to_rack() -> None:
    assert listing(plan(STANDARD, 3, words=WORDS)) == [
        "0 0 count_in click:low",
        "0 0 count_in word:three 0.6",
        "1 0 count_in click:low",
        "1 0 count_in word:two 0.6",
        "2 0 count_in click:low",
        "2 0 count_in word:one 0.6",
        "3 1 brace click:low",
        "3 1 brace word:breathe in, brace 1",
        "4 1 eccentric click:high",
        "4 1 eccentric word:lower 1",
        "5 1 eccentric click:soft",
        "5 1 eccentric word:two 0.6",
        "6 1 eccentric click:soft",
        "6 1 eccentric word:three 0.6",
        "7 1 hold click:double",
        "7 1 hold word:hold 1",
        "8 1 concentric click:high",
        "8 1 concentric word:press, breathe out 2",
        "10 1 done word:two left 1",
        "10 2 brace click:low",
        "11 2 eccentric click:high",
        "11 2 eccentric word:lower 1",
        "12 2 eccentric click:soft",
        "12 2 eccentric word:two 0.6",
        "13 2 eccentric click:soft",
        "13 2 eccentric word:three 0.6",
        "14 2 hold click:double",
        "14 2 hold word:hold 1",
        "15 2 concentric click:high",
        "15 2 concentric word:press, breathe out 2",
        "17 2 done word:last one 7",
        "17 3 brace click:last",
        "18 3 eccentric click:high",
        "19 3 eccentric click:soft",
        "20 3 eccentric click:soft",
        "21 3 hold click:double",
        "22 3 concentric click:high",
        "24 3 done word:three 0.6",
        "24 3 rack click:end",
        "25 3 rack word:rack it, lock the handles 2",
    ]


def test_a_set_of_twelve_at_standard_tempo_takes_84_seconds_of_work() -> None:
    cadence = plan(STANDARD, 12, words=WORDS)
    end = next(cue for cue in cadence.cues if cue.sound is Click.END)
    first = next(cue for cue in cadence.cues if cue.rep == 1)
    assert end.at_s - first.at_s == 84


def test_the_number_has_the_beat_and_brace_follows_half_a_beat_later() -> None:
    cadence = plan(STANDARD, 12, words=WORDS)
    second_rep = [it for it in spoken(cadence) if 10 <= it[0] < 12]
    assert second_rep == [(10, "one"), (10.5, "brace"), (11, "lower")]


def test_after_two_reps_only_numbers_are_spoken() -> None:
    words = [text for at, text in spoken(plan(STANDARD, 6, words=WORDS)) if at >= 17]
    assert words == ["two", "three left", "two left", "last one", "six", WORDS.rack]


def test_on_demand_every_rep_has_the_words_of_its_phases() -> None:
    words = [text for _, text in spoken(plan(STANDARD, 12, words=WORDS, worded_to=12))]
    assert words.count("lower") == words.count("press, breathe out") == 12


def test_short_speaks_numbers_only() -> None:
    cadence = plan(STANDARD, 5, words=WORDS, verbosity=Verbosity.SHORT).after(0)
    words = [text for _, text in spoken(cadence)]
    assert words == ["one", "three left", "two left", "last one", "five", WORDS.rack]


def test_a_short_set_announces_no_more_reps_than_it_has() -> None:
    texts = [text for _, text in spoken(plan(STANDARD, 2, words=WORDS))]
    assert "two left" not in texts
    assert "last one" in texts


def test_a_warm_up_sounds_different_from_a_work_set_and_is_as_long() -> None:
    work, warm = (plan(STANDARD, 3, words=WORDS, is_warm_up=it) for it in (False, True))
    pairs = [(a.sound, b.sound) for a, b in zip(work.cues, warm.cues, strict=True) if a != b]
    assert set(pairs) == {(Click.HIGH, Click.WARM)}
    assert warm.duration_s == work.duration_s


def test_a_single_rep_begins_with_the_click_of_the_last() -> None:
    cadence = plan(STANDARD, 1, words=WORDS).after(0)
    assert clicks(cadence)[0].sound is Click.LAST


def test_a_seated_push_machine_presses_first_after_a_beat_to_brace() -> None:
    cadence = plan(STANDARD, 2, words=WORDS, start_phase=StartPhase.PRESS).after(0)
    assert [(c.at_s, c.rep, c.phase, c.sound) for c in clicks(cadence)] == [
        (0, 1, Phase.BRACE, Click.LOW),
        (1, 1, Phase.CONCENTRIC, Click.HIGH),
        (3, 1, Phase.BRACE, Click.LOW),
        (4, 1, Phase.ECCENTRIC, Click.HIGH),
        (5, 1, Phase.ECCENTRIC, Click.SOFT),
        (6, 1, Phase.ECCENTRIC, Click.SOFT),
        (7, 1, Phase.HOLD, Click.DOUBLE),
        (8, 2, Phase.CONCENTRIC, Click.LAST),
        (10, 2, Phase.BRACE, Click.LOW),
        (11, 2, Phase.ECCENTRIC, Click.HIGH),
        (12, 2, Phase.ECCENTRIC, Click.SOFT),
        (13, 2, Phase.ECCENTRIC, Click.SOFT),
        (14, 2, Phase.HOLD, Click.DOUBLE),
        (15, 2, Phase.RACK, Click.END),
    ]


@pytest.mark.parametrize(
    ("start_phase", "count_at", "seconds"),
    [
        (StartPhase.LOWER, CountAt.PRESS, [7, 14]),
        (StartPhase.LOWER, CountAt.BOTTOM, [4, 11]),
        # one beat to brace comes first
        (StartPhase.PRESS, CountAt.PRESS, [3, 10]),
        (StartPhase.PRESS, CountAt.BOTTOM, [7, 14]),
    ],
)
def test_the_number_falls_on_the_end_of_the_press_or_on_the_bottom(
    start_phase: StartPhase, count_at: CountAt, seconds: list[int]
) -> None:
    cadence = plan(STANDARD, 2, words=WORDS, start_phase=start_phase, count_at=count_at).after(0)
    assert [cue.at_s for cue in cadence.cues if cue.phase is Phase.DONE] == seconds


def test_a_phase_of_no_length_has_no_cue_and_a_missing_top_pause_gets_a_beat_to_brace() -> None:
    cadence = plan(Tempo(2, 0, 1, 0), 1, words=WORDS).after(0)
    assert listing(cadence) == [
        "0 1 brace click:low",
        "0 1 brace word:breathe in, brace 1",
        "1 1 eccentric click:last",
        "1 1 eccentric word:lower 1",
        "2 1 eccentric click:soft",
        "2 1 eccentric word:two 0.6",
        "3 1 concentric click:high",
        "3 1 concentric word:press 1",
        "4 1 done word:one 0.6",
        "4 1 rack click:end",
        "5 1 rack word:rack it, lock the handles 2",
    ]


def test_where_the_beat_is_short_the_brief_form_is_spoken() -> None:
    texts = [text for _, text in spoken(plan(STANDARD, 4, words=WORDS, beat_s=0.8))]
    assert "breathe in, brace" not in texts
    assert texts.count("brace") == 1  # half a beat is too short for it after the number


@pytest.mark.parametrize(
    ("tempo", "first_rep", "reps"),
    [
        (Tempo(0, 0, 0, 0), 1, 3),
        (STANDARD, 1, 0),
        (STANDARD, 4, 3),
        (STANDARD, 0, 3),
        (STANDARD, 1, 31),
    ],
)
def test_nothing_to_count_is_an_error(tempo: Tempo, first_rep: int, reps: int) -> None:
    with pytest.raises(ValueError, match="nothing to count"):
        plan(tempo, reps, words=WORDS, first_rep=first_rep)
