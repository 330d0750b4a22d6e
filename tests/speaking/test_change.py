"""A set whose pace or words change: the beat goes on, to the sample."""

import numpy as np
import pytest

from assistant.content.loader import load_content
from assistant.content.training import Tempo
from assistant.dialogue.cadence import Cadence, Phase
from assistant.dialogue.events import CadenceFinished, CueSounded
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity
from assistant.sound.clip import Samples
from assistant.speaking.clips import PacedClips
from assistant.speaking.metronome import Metronome
from assistant.speaking.mixer import Mixer

RATE = 16_000
WORDS = load_content().training.words
SHORT = Tempo(1, 0, 1, 0)


def clicks(reps: int, beat_s: float = 1.0) -> Cadence:
    return plan(SHORT, reps, words=WORDS, verbosity=Verbosity.CLICKS, beat_s=beat_s)


class Player:
    """A set of clicks with beats of one second: 3.3 to 4.3 s to brace, then two seconds a rep."""

    def __init__(self, reps: int = 4) -> None:
        self.mixer = Mixer(RATE)
        self.metronome = Metronome(self.mixer, PacedClips(RATE))
        self.events: list[CueSounded | CadenceFinished] = []
        self.sound: list[Samples] = []
        self.metronome.place(clicks(reps), 1, self.mixer.epoch, 165)

    def run_to(self, end_s: float) -> None:
        while self.mixer.position < end_s * RATE:
            self.sound.append(self.mixer.render(RATE // 50))
            while self.mixer.reports:
                self.events += self.metronome.follow(self.mixer.reports.popleft())

    def change(self, cadence: Cadence, ticket: int = 1) -> None:
        self.metronome.change(cadence, ticket, self.mixer.epoch, 165)

    @property
    def reps_at(self) -> list[float]:
        """When each repetition was done, in seconds."""
        return [
            event.frame / RATE
            for event in self.events
            if isinstance(event, CueSounded) and event.cue.phase is Phase.DONE
        ]

    @property
    def ends(self) -> int:
        return self.events.count(CadenceFinished(1))


def test_the_other_pace_begins_on_the_very_frame_on_which_its_rep_would_have() -> None:
    player = Player()
    player.run_to(5)  # in the first rep
    player.change(clicks(4, beat_s=0.5).after(1))
    player.run_to(20)
    assert player.reps_at == [6.3, 7.3, 8.3, 9.3]
    sound = np.concatenate(player.sound)
    for event in player.events:
        if isinstance(event, CueSounded):
            assert sound[event.frame] != 0
    assert player.ends == 1


def test_nothing_that_was_replaced_is_heard() -> None:
    player = Player()
    player.run_to(5)
    player.change(clicks(4, beat_s=0.5).after(1))
    player.run_to(20)
    beats = sorted({it.frame / RATE for it in player.events if isinstance(it, CueSounded)})
    assert beats == [0.3, 1.3, 2.3, 3.3, 4.3, 5.3, 6.3, 6.8, 7.3, 7.8, 8.3, 8.8, 9.3]


def test_a_change_that_comes_when_its_rep_has_begun_waits_for_the_next() -> None:
    player = Player()
    player.run_to(6.5)  # in the second rep
    player.change(clicks(4, beat_s=0.5).after(1))
    player.run_to(20)
    assert player.reps_at == [6.3, 8.3, 9.3, 10.3]
    assert player.ends == 1


def test_a_change_that_comes_in_the_last_rep_changes_nothing() -> None:
    player = Player(reps=2)
    player.run_to(6.5)
    player.change(clicks(2, beat_s=0.5).after(1))
    player.run_to(20)
    assert player.reps_at == [6.3, 8.3]
    assert player.ends == 1


def test_a_change_can_be_changed_again() -> None:
    player = Player()
    player.run_to(5)
    player.change(clicks(4, beat_s=0.5).after(1))
    player.change(clicks(4, beat_s=2).after(1))
    player.run_to(30)
    assert player.reps_at == [6.3, 10.3, 14.3, 18.3]
    assert player.ends == 1


@pytest.mark.parametrize("ticket", [1, 2])
def test_what_has_been_cut_or_never_played_is_not_brought_back_by_a_change(ticket: int) -> None:
    player = Player()
    player.run_to(5)
    if ticket == 1:
        player.mixer.cut()
    player.change(clicks(4, beat_s=0.5).after(1), ticket)
    player.run_to(6)
    is_counting = ticket == 2
    assert player.metronome.is_counting is is_counting
    player.run_to(20)
    assert player.reps_at == ([6.3, 8.3, 10.3, 12.3] if is_counting else [])


def test_a_change_ordered_before_a_cut_is_dropped_with_it() -> None:
    player = Player()
    player.run_to(5)
    epoch = player.mixer.epoch
    player.mixer.cut()
    player.metronome.change(clicks(4).after(1), 1, epoch, 165)
    player.run_to(20)
    assert player.reps_at == []
    assert not player.metronome.is_counting
