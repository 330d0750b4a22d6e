"""The metronome: the words of a set never run into each other."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import PacedClips
from assistant.speaking.metronome import CueTag, Metronome
from assistant.speaking.mixer import Mixer
from assistant.speaking.reports import Ended, Sounded
from assistant.speaking.synthesiser import Synthesiser

RATE = 16_000


@pytest.fixture(scope="module")
def clips() -> Iterator[ClipStore]:
    with Synthesiser() as synthesiser:
        yield ClipStore(synthesiser, RATE)


def test_a_word_ends_before_the_next_one_begins_ahead_of_its_beat(clips: ClipStore) -> None:
    texts = ("seventeen", "twelve", "press", "twenty seven", "twelve")
    cues = tuple(
        Cue(0.5 * beat, 1, Phase.ECCENTRIC, Word(text, 0.5)) for beat, text in enumerate(texts)
    )
    mixer = Mixer(RATE)
    Metronome(mixer, clips).place(Cadence(cues, 3.0), 1, mixer.epoch, 165)
    mixer.render(4 * RATE)
    ends: dict[str, int] = {}
    for report in mixer.reports:
        match report:
            case Ended(CueTag(_, cue), frame):
                ends[f"{cue.at_s}"] = frame
    beats = [
        report.frame
        for report in mixer.reports
        if isinstance(report, Sounded) and isinstance(report.tag, CueTag)
    ]
    starts = [
        beat - clips.clip(text, 165, 0.5).anchor for beat, text in zip(beats, texts, strict=True)
    ]
    for (cue, _), (_, next_start) in pairwise(zip(cues, starts, strict=True)):
        assert ends[f"{cue.at_s}"] <= next_start + RATE // 50
    assert [after - before for before, after in pairwise(beats)] == [RATE // 2] * 4


def test_rounding_never_adds_up_from_beat_to_beat() -> None:
    rate = 22_050
    cues = tuple(Cue(beat * 0.7, 1, Phase.HOLD, Click.HIGH) for beat in range(500))
    mixer = Mixer(rate)
    Metronome(mixer, PacedClips(rate)).place(Cadence(cues, 350.0), 1, mixer.epoch, 165)
    for _ in range(400):
        mixer.render(rate)
    beats = [report.frame for report in mixer.reports if isinstance(report, Sounded)]
    assert [beat - beats[0] for beat in beats] == [round(beat * 0.7 * rate) for beat in range(500)]
