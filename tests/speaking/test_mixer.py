"""The mixer: sounds fall on their frame to the sample, and silence comes at once when told."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound.clip import Clip, Samples
from assistant.speaking.mixer import DUCK, FADE_S, Mixer
from assistant.speaking.orders import Layer, Placement
from assistant.speaking.reports import Dropped, Ended, Reason, Report, Sounded

RATE = 16_000
FADE = round(FADE_S * RATE)


def tone(frames: int, anchor: int = 0, height: float = 0.5) -> Clip:
    return Clip(np.full(frames, height, np.float32), anchor)


def on(frame: int, clip: Clip, tag: object = "tag", layer: Layer = Layer.CLICK) -> Placement:
    return Placement(clip, frame, layer, tag)


def rendered(mixer: Mixer, *blocks: int) -> Samples:
    return np.concatenate([mixer.render(frames) for frames in blocks])


def taken(mixer: Mixer) -> list[Report]:
    reports = list(mixer.reports)
    mixer.reports.clear()
    return reports


@given(
    beat=st.integers(50, 400),
    anchor=st.integers(0, 49),
    blocks=st.lists(st.integers(1, 97), min_size=1, max_size=40),
)
def test_a_clip_has_its_anchor_on_its_frame_however_time_is_cut_into_blocks(
    beat: int, anchor: int, blocks: list[int]
) -> None:
    mixer = Mixer(RATE)
    mixer.play([on(beat, tone(60, anchor))], mixer.epoch, start=0)
    sound = rendered(mixer, *blocks, 500)
    expected = np.zeros(len(sound), np.float32)
    expected[beat - anchor : beat - anchor + 60] = 0.5
    np.testing.assert_array_equal(sound, expected)
    assert taken(mixer) == [Sounded("tag", beat), Ended("tag", beat - anchor + 60)]


@given(
    beats=st.lists(st.integers(0, 300), min_size=1, max_size=10),
    blocks=st.lists(st.integers(1, 97), min_size=1, max_size=20),
)
def test_the_sound_and_the_reports_do_not_depend_on_the_blocks(
    beats: list[int], blocks: list[int]
) -> None:
    def play(*parts: int) -> tuple[Samples, list[Report]]:
        mixer = Mixer(RATE)
        clips = [on(beat, tone(30, height=0.3), tag) for tag, beat in enumerate(beats)]
        mixer.play(clips, mixer.epoch, start=0)
        return rendered(mixer, *parts), taken(mixer)

    rest = 2500 - sum(blocks)
    in_parts, at_once = play(*blocks, rest), play(2500)
    np.testing.assert_array_equal(in_parts[0], at_once[0])
    assert sorted(in_parts[1], key=repr) == sorted(at_once[1], key=repr)
    frames = [report.frame for report in at_once[1] if not isinstance(report, Dropped)]
    assert frames == sorted(frames)


@given(position=st.integers(1, 500), beat=st.integers(0, 600), anchor=st.integers(0, 40))
def test_a_clip_whose_frame_has_passed_is_dropped_and_reported_never_late(
    position: int, beat: int, anchor: int
) -> None:
    mixer = Mixer(RATE)
    mixer.render(position)
    mixer.play([on(beat, tone(50, anchor))], mixer.epoch, start=0)
    sound = mixer.render(1000)
    if beat - anchor < position:
        assert not sound.any()
        assert taken(mixer) == [Dropped("tag", Reason.LATE)]
        assert mixer.late == 1
    else:
        assert int(np.flatnonzero(sound)[0]) == beat - anchor - position
        assert mixer.late == 0


@given(before=st.integers(1, 900), blocks=st.lists(st.integers(1, 60), max_size=20))
def test_a_cut_fades_within_five_milliseconds_of_the_next_block_and_nothing_comes_after(
    before: int, blocks: list[int]
) -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(1000), "prompt", mixer.epoch)
    mixer.speak(tone(1000), "waiting", mixer.epoch)
    mixer.play([on(500, tone(1000, height=0.3), "cue", Layer.WORD)], mixer.epoch, start=0)
    sounding = mixer.render(before)
    mixer.cut()
    sound = rendered(mixer, *blocks, 2000)
    assert not sound[FADE - 1 :].any()
    levels = np.abs([sounding[-1], *sound[: FADE + 1]])
    assert all(earlier >= later for earlier, later in pairwise(levels))
    assert all(earlier - later < 0.03 for earlier, later in pairwise(levels))
    dropped = {report.tag for report in taken(mixer) if isinstance(report, Dropped)}
    assert dropped == {"prompt", "waiting", "cue"}


def test_what_was_asked_for_before_a_cut_is_dropped_even_when_it_arrives_after_it() -> None:
    mixer = Mixer(RATE)
    epoch = mixer.epoch
    mixer.cut()
    mixer.render(10)
    mixer.speak(tone(100), "prompt", epoch)
    mixer.follow([on(0, tone(100), "cue")], epoch, lead_s=0)
    assert not mixer.render(500).any()
    assert taken(mixer) == [Dropped("prompt", Reason.CUT), Dropped("cue", Reason.CUT)]


def test_what_is_asked_for_after_a_cut_is_heard_even_within_the_same_block() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(100), "old", mixer.epoch)
    mixer.cut()
    mixer.speak(tone(100, height=0.25), "new", mixer.epoch)
    sound = mixer.render(200)
    np.testing.assert_array_equal(sound, [*[0.25] * 100, *[0] * 100])


def test_a_hush_drops_prompts_and_leaves_the_cadence() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(1000), "prompt", mixer.epoch)
    mixer.play([on(300, tone(50), "cue")], mixer.epoch, start=0)
    mixer.render(100)
    late_prompt = mixer.epoch
    mixer.hush()
    sound = mixer.render(500)
    mixer.speak(tone(1000), "late prompt", late_prompt)
    assert not mixer.render(500).any()
    assert not sound[FADE - 1 : 200].any()
    np.testing.assert_array_equal(sound[200:250], np.full(50, 0.5, np.float32))
    assert taken(mixer) == [
        Sounded("prompt", 0),
        Dropped("prompt", Reason.HUSHED),
        Sounded("cue", 300),
        Ended("cue", 350),
        Dropped("late prompt", Reason.HUSHED),
    ]


def test_prompts_follow_each_other_after_their_pause_and_the_first_waits_for_nothing() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(100), 1, mixer.epoch, pause_s=0.01)
    mixer.speak(tone(50), 2, mixer.epoch, pause_s=0.01)
    mixer.render(1000)
    assert taken(mixer) == [Sounded(1, 0), Ended(1, 100), Sounded(2, 260), Ended(2, 310)]


def test_an_empty_prompt_ends_at_once() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(0), "nothing", mixer.epoch)
    mixer.render(1)
    assert taken(mixer) == [Sounded("nothing", 0), Ended("nothing", 0)]


def test_a_beat_starts_when_speech_has_ended_and_later_prompts_wait_for_the_count_in() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(160), "before", mixer.epoch)
    mixer.follow([on(0, tone(10), "beat")], mixer.epoch, lead_s=0.01, reserve_s=0.1)
    mixer.speak(tone(5), "after", mixer.epoch)
    mixer.render(4000)
    begun = [report for report in taken(mixer) if isinstance(report, Sounded)]
    assert begun == [Sounded("before", 0), Sounded("beat", 320), Sounded("after", 1920)]


def test_a_first_word_that_begins_ahead_of_its_beat_is_not_late() -> None:
    mixer = Mixer(RATE)
    mixer.follow([on(0, tone(500, anchor=400), "word")], mixer.epoch, lead_s=0.01)
    mixer.render(1000)
    assert taken(mixer) == [Sounded("word", 400), Ended("word", 500)]


def test_a_prompt_ducks_the_words_of_a_cadence_but_never_its_clicks() -> None:
    mixer = Mixer(RATE)
    mixer.speak(tone(2000, height=0.1), "prompt", mixer.epoch)
    word, beat = tone(1000, height=0.2), tone(100, height=0.3)
    mixer.play([on(0, word, "word", Layer.WORD)], mixer.epoch, start=1000)
    mixer.play([on(0, beat, "click")], mixer.epoch, start=1500)
    mixer.render(1000)
    sound = mixer.render(1000)
    assert sound[499] == pytest.approx(0.1 + 0.2 * DUCK)
    assert sound[500] == pytest.approx(0.1 + 0.2 * DUCK + 0.3)


@given(heights=st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=8))
def test_nothing_ever_clips(heights: list[float]) -> None:
    mixer = Mixer(RATE)
    mixer.play([on(0, tone(20, height=height)) for height in heights], mixer.epoch, start=0)
    assert np.abs(mixer.render(20)).max() <= 1


def test_the_volume_moves_without_a_jump_and_reaches_its_target() -> None:
    mixer = Mixer(RATE)
    mixer.play([on(0, tone(RATE))], mixer.epoch, start=0)
    mixer.render(100)
    mixer.set_volume(0.2)
    sound = rendered(mixer, 37, 400, 63)
    assert np.abs(np.diff(sound)).max() < 0.01
    assert sound[-1] == pytest.approx(0.1)


def test_silence_is_dated_to_the_frame_where_it_began() -> None:
    def state() -> tuple[bool, bool, bool, int | None]:
        return mixer.is_idle, mixer.is_speaking, mixer.is_audible, mixer.silent_since

    mixer = Mixer(RATE)
    assert state() == (True, False, False, 0)
    mixer.speak(tone(250), "prompt", mixer.epoch)
    mixer.render(200)
    assert state() == (False, True, True, None)
    mixer.render(200)
    assert state() == (True, False, False, 250)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["speak", "play", "cut", "hush", "render"]), max_size=40))
def test_every_sound_is_reported_as_ended_or_dropped_exactly_once(acts: list[str]) -> None:
    mixer = Mixer(RATE)
    for number, act in enumerate(acts):
        match act:
            case "speak":
                mixer.speak(tone(70), number, mixer.epoch)
            case "play":
                mixer.play([on(number * 10, tone(70), number)], mixer.epoch, start=0)
            case "cut":
                mixer.cut()
            case "hush":
                mixer.hush()
            case _:
                mixer.render(64)
    mixer.render(10_000)
    ends = [report.tag for report in taken(mixer) if not isinstance(report, Sounded)]
    asked = [number for number, act in enumerate(acts) if act in ("speak", "play")]
    assert sorted(ends, key=repr) == sorted(asked, key=repr)
    assert mixer.is_idle
