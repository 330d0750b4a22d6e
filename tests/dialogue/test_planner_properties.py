"""What holds for every set that can be planned."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from assistant.content.loader import load_content
from assistant.content.training import CountAt, StartPhase, Tempo
from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity

WORDS = load_content().training.words


def spoken(cadence: Cadence) -> list[tuple[float, str]]:
    return [(cue.at_s, cue.sound.text) for cue in cadence.cues if isinstance(cue.sound, Word)]


def clicks(cadence: Cadence) -> list[Cue]:
    return [cue for cue in cadence.cues if isinstance(cue.sound, Click)]


def counted(cadence: Cadence) -> list[int]:
    return [cue.rep for cue in cadence.cues if cue.phase is Phase.DONE]


tempos = st.builds(
    Tempo, st.integers(0, 9), st.integers(0, 4), st.integers(0, 9), st.integers(0, 4)
).filter(lambda tempo: tempo.rep_s > 0)


class Drawn(NamedTuple):
    cadence: Cadence
    reps: range
    beat_s: float


def every(*strategies: SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Try a rule on many examples, however slow the machine is at the moment."""
    return lambda rule: settings(deadline=None, max_examples=60)(given(*strategies)(rule))


@st.composite
def cadences(draw: st.DrawFn, verbosities: tuple[Verbosity, ...] = tuple(Verbosity)) -> Drawn:
    tempo = draw(tempos)
    reps = draw(st.integers(1, 30))
    first_rep = draw(st.integers(1, reps))
    beat_s = draw(st.integers(80, 130)) / 100
    cadence = plan(
        tempo,
        reps,
        words=WORDS,
        start_phase=draw(st.sampled_from(StartPhase)),
        count_at=draw(st.sampled_from(CountAt)),
        verbosity=draw(st.sampled_from(verbosities)),
        first_rep=first_rep,
        worded_to=draw(st.none() | st.integers(0, 30)),
        beat_s=beat_s,
    )
    return Drawn(cadence, range(first_rep, reps + 1), beat_s)


@every(cadences())
def test_every_click_is_exactly_on_a_beat(drawn: Drawn) -> None:
    for cue in clicks(drawn.cadence):
        assert cue.at_s == round(cue.at_s / drawn.beat_s) * drawn.beat_s


@every(cadences())
def test_each_rep_is_counted_once_and_in_order_whatever_the_verbosity(drawn: Drawn) -> None:
    assert counted(drawn.cadence) == list(drawn.reps)


@every(cadences())
def test_cues_are_in_order_of_time_and_within_the_duration(drawn: Drawn) -> None:
    times = [cue.at_s for cue in drawn.cadence.cues]
    assert times == sorted(times)
    assert times[0] == 0
    assert times[-1] < drawn.cadence.duration_s


@every(cadences((Verbosity.FULL, Verbosity.SHORT)))
def test_words_never_run_into_one_another_nor_past_the_end(drawn: Drawn) -> None:
    cues = drawn.cadence.cues
    words = [(cue.at_s, cue.sound) for cue in cues if isinstance(cue.sound, Word)]
    ends = [at_s for at_s, _ in words[1:]] + [drawn.cadence.duration_s]
    for (at_s, word), end in zip(words, ends, strict=True):
        assert at_s + word.within_s <= end + 1e-9
        assert word.within_s >= 0.4


@every(cadences((Verbosity.FULL, Verbosity.SHORT)))
def test_no_number_sounds_longer_than_six_tenths_of_a_second(drawn: Drawn) -> None:
    for cue in drawn.cadence.cues:
        if isinstance(cue.sound, Word) and cue.sound.text in WORDS.numbers:
            assert cue.sound.within_s <= 0.6


@every(cadences((Verbosity.CLICKS,)))
def test_clicks_only_has_no_words(drawn: Drawn) -> None:
    assert spoken(drawn.cadence) == []


@every(cadences())
def test_the_last_rep_and_the_end_have_clicks_of_their_own(drawn: Drawn) -> None:
    marks = [(cue.sound, cue.rep) for cue in clicks(drawn.cadence)]
    assert [mark for mark in marks if mark[0] in (Click.LAST, Click.END)] == [
        (Click.LAST, drawn.reps[-1]),
        (Click.END, drawn.reps[-1]),
    ]


@every(tempos, st.integers(2, 30), st.data())
def test_going_on_from_a_rep_gives_the_clicks_of_the_whole_set_from_there(
    tempo: Tempo, reps: int, data: st.DataObject
) -> None:
    first_rep = data.draw(st.integers(2, reps))
    whole = clicks(plan(tempo, reps, words=WORDS, verbosity=Verbosity.CLICKS).after(0))
    rest = plan(tempo, reps, words=WORDS, verbosity=Verbosity.CLICKS, first_rep=first_rep).after(0)
    lead_s = 0 if tempo.brace else 1
    skipped_s = (first_rep - 1) * tempo.rep_s
    assert [
        (cue.at_s - skipped_s, cue.rep, cue.phase, cue.sound)
        for cue in whole
        if cue.rep >= first_rep
    ] == [(cue.at_s, cue.rep, cue.phase, cue.sound) for cue in clicks(rest) if cue.at_s >= lead_s]


@every(tempos, st.integers(1, 30))
def test_reps_are_evenly_spaced(tempo: Tempo, reps: int) -> None:
    done = [cue.at_s for cue in plan(tempo, reps, words=WORDS).cues if cue.phase is Phase.DONE]
    assert all(after - before == tempo.rep_s for before, after in pairwise(done))
