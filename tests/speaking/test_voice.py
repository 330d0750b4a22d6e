"""The voice: what was asked for comes in order, and its events come when it has sounded."""

from collections.abc import Callable

import pytest

from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.events import (
    CadenceFinished,
    CueSounded,
    Event,
    FaultCleared,
    FaultRaised,
    PromptSpoken,
    PromptStarted,
)
from assistant.sound.clip import Clip
from assistant.speaking.clips import PacedClips, paced_length_s
from assistant.speaking.metronome import LEAD_S
from assistant.speaking.mixer import Mixer
from assistant.speaking.voice import PROMPT_PAUSE_S, SENTENCE_PAUSE_S, Voice

RATE = 16_000
BLOCK = RATE // 50
PACE = 165

CUES = (
    Cue(0.0, 0, Phase.COUNT_IN, Word("one", 0.6)),
    Cue(1.0, 1, Phase.ECCENTRIC, Click.HIGH),
    Cue(1.5, 1, Phase.DONE, Word("one", 0.6)),
)
CADENCE = Cadence(CUES, 3.0)


class Coach:
    """A voice on virtual time; synthesis waits until it is told to go on, where asked to."""

    def __init__(self, clips: PacedClips | None = None, *, at_once: bool = True) -> None:
        self.mixer = Mixer(RATE)
        self.clips = clips or PacedClips(RATE)
        self.events: list[tuple[float, Event]] = []
        self.jobs: list[Callable[[], None]] = []
        self.voice = Voice(
            self.mixer,
            self.clips,
            post=lambda event: self.events.append((self.now, event)),
            submit=(lambda job: job()) if at_once else self.jobs.append,
            words_per_minute=PACE,
        )

    @property
    def now(self) -> float:
        return self.mixer.position / RATE

    def live(self, seconds: float) -> list[Event]:
        """What happens in the seconds to come."""
        before = len(self.events)
        for _ in range(round(seconds * RATE / BLOCK)):
            self.mixer.render(BLOCK)
            self.voice.pump()
        return [event for _, event in self.events[before:]]

    def moment(self, wanted: Event) -> float:
        return next(at for at, event in self.events if event == wanted)

    def synthesise(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


def test_a_prompt_starts_and_is_spoken_when_its_last_sentence_has_sounded() -> None:
    coach = Coach()
    coach.voice.say("Breathe in. Brace.", 1)
    assert coach.live(5) == [PromptStarted(1), PromptSpoken(1)]
    length_s = sum(paced_length_s(text, PACE) for text in ("Breathe in.", "Brace."))
    assert 0 <= coach.moment(PromptSpoken(1)) - (length_s + SENTENCE_PAUSE_S) < BLOCK / RATE


def test_the_first_sentence_sounds_before_the_second_has_been_synthesised() -> None:
    heard_meanwhile = []

    class SlowClips(PacedClips):
        def clip(self, text: str, words_per_minute: int, fit_s: float | None = None) -> Clip:
            heard_meanwhile.append(PromptStarted(1) in coach.live(0.1))
            return super().clip(text, words_per_minute, fit_s)

    coach = Coach(SlowClips(RATE))
    coach.voice.say("First. Second.", 1)
    assert heard_meanwhile == [False, True]


def test_prompts_are_spoken_in_order_with_a_pause_between() -> None:
    coach = Coach()
    coach.voice.say("One", 1)
    coach.voice.say("Two", 2)
    assert coach.live(3) == [PromptStarted(1), PromptSpoken(1), PromptStarted(2), PromptSpoken(2)]
    gap_s = coach.moment(PromptStarted(2)) - coach.moment(PromptSpoken(1))
    assert abs(gap_s - PROMPT_PAUSE_S) <= BLOCK / RATE


def test_a_text_without_words_counts_as_spoken() -> None:
    coach = Coach()
    coach.voice.say("  ", 1)
    assert coach.live(0.02) == [PromptStarted(1), PromptSpoken(1)]
    assert coach.voice.is_idle


def test_a_cadence_starts_after_the_speech_before_it_and_tells_each_cue_with_its_frame() -> None:
    coach = Coach()
    coach.voice.say("Ready", 1)
    coach.voice.count(CADENCE, 2)
    events = coach.live(5)
    start = round(paced_length_s("Ready", PACE) * RATE) + round(LEAD_S * RATE)
    assert events[2:] == [
        CueSounded(2, CUES[0], start),
        CueSounded(2, CUES[1], start + RATE),
        CueSounded(2, CUES[2], start + RATE * 3 // 2),
        CadenceFinished(2),
    ]
    assert not coach.voice.is_counting


def test_a_prompt_ordered_during_a_set_is_spoken_over_it_after_the_count_in() -> None:
    coach = Coach()
    coach.voice.count(CADENCE, 1)
    coach.voice.say("Good", 2)
    coach.live(5)
    first_beat_s = next(at for at, event in coach.events if isinstance(event, CueSounded))
    assert coach.moment(PromptStarted(2)) - first_beat_s == pytest.approx(CUES[1].at_s)
    assert coach.moment(PromptSpoken(2)) < coach.moment(CadenceFinished(1))


def test_a_cut_silences_what_sounds_what_waits_and_what_is_still_being_synthesised() -> None:
    coach = Coach(at_once=False)
    coach.voice.say("Sounding", 1)
    coach.synthesise()
    coach.live(0.1)
    coach.voice.say("Still being synthesised", 2)
    coach.voice.count(CADENCE, 3)
    coach.voice.cut()
    coach.synthesise()
    assert coach.live(5) == []
    assert coach.voice.is_idle
    assert not coach.voice.is_counting


def test_a_hush_leaves_the_cadence() -> None:
    coach = Coach()
    coach.voice.count(CADENCE, 1)
    coach.voice.say("Good", 2)
    coach.voice.hush()
    events = coach.live(5)
    assert CadenceFinished(1) in events
    assert PromptSpoken(2) not in events


def test_what_is_said_after_a_cut_is_spoken() -> None:
    coach = Coach()
    coach.voice.say("Old", 1)
    coach.voice.cut()
    coach.voice.say("New", 2)
    assert coach.live(3) == [PromptStarted(2), PromptSpoken(2)]


def test_a_broken_synthesiser_is_reported_and_the_dialogue_goes_on_to_an_audible_signal() -> None:
    coach = Coach()
    coach.clips.is_broken = True
    coach.voice.say("Breathe in. Brace.", 1)
    assert coach.mixer.render(BLOCK).any()
    coach.live(3)
    assert [event for _, event in coach.events] == [
        FaultRaised("synthesiser"),
        PromptStarted(1),
        PromptSpoken(1),
    ]
    coach.clips.is_broken = False
    coach.voice.say("Brace.", 2)
    assert coach.live(3)[-2:] == [PromptStarted(2), PromptSpoken(2)]
    assert (coach.events[-3][1]) == FaultCleared("synthesiser")


def test_a_set_is_counted_by_clicks_when_the_synthesiser_is_broken() -> None:
    coach = Coach()
    coach.clips.is_broken = True
    coach.voice.count(CADENCE, 1)
    events = coach.live(5)
    assert [event.cue for event in events if isinstance(event, CueSounded)] == list(CUES)
    assert events[-1] == CadenceFinished(1)


def test_a_faster_voice_is_done_sooner() -> None:
    coach = Coach()
    coach.voice.set_pace(330)
    coach.voice.say("Breathe in and brace", 1)
    coach.live(3)
    expected_s = paced_length_s("Breathe in and brace", 165) / 2
    assert abs(coach.moment(PromptSpoken(1)) - expected_s) <= BLOCK / RATE
