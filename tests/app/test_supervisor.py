"""Parts that hang are replaced, parts that are beyond help end the process."""

from dataclasses import dataclass, field
from typing import cast

import pytest

from assistant.app.parts import Parts, Pulse
from assistant.app.supervisor import (
    CARD_HANGS_AFTER_S,
    HANG_AFTER_S,
    HOPELESS_AFTER_S,
    MOST_REPLACEMENTS,
    MUTE_AFTER_S,
    Supervisor,
    Unmendable,
)
from assistant.dialogue.events import Event, FaultCleared, FaultRaised

LOST, BACK = FaultRaised("recogniser"), FaultCleared("recogniser")
STEP_S = 0.5


@dataclass
class Microphone:
    frames: int = 0


@dataclass
class Speaker:
    frames: int = 0
    failures: int = 0


@dataclass
class Card:
    looks: int = 0


@dataclass
class Listener:
    blocks: int = 0
    decoded: int = 0
    is_alive: bool = False
    is_preparing: bool = False
    is_abandoned: bool = False

    def resume(self) -> None:
        self.is_alive = True

    def abandon(self) -> None:
        self.is_abandoned = True


@dataclass
class Body:
    """A coach whose parts move when they are told to."""

    microphone: Microphone = field(default_factory=Microphone)
    speaker: Speaker = field(default_factory=Speaker)
    card: Card = field(default_factory=Card)
    listener: Listener = field(default_factory=lambda: Listener(is_alive=True))


@pytest.fixture
def body() -> Body:
    return Body()


class Watch:
    """A supervisor, and a clock that lets all parts move that are not named."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.events: list[Event] = []
        self.now = 0.0
        self.supervisor = Supervisor(
            cast("Parts", body), cast("type", Listener), self.events.append, self.now
        )

    def live(self, seconds: float, *still: str) -> None:
        end = self.now + seconds
        while self.now < end:
            self.now += STEP_S
            self._move(still)
            self.supervisor.look(self.now)

    def _move(self, still: tuple[str, ...]) -> None:
        body = self.body
        body.microphone.frames += "microphone" not in still
        body.speaker.frames += "speaker" not in still
        body.card.looks += "card" not in still
        if "listener" not in still and "microphone" not in still:
            body.listener.blocks += 1
            body.listener.decoded += "decoder" not in still


@pytest.fixture
def watch(body: Body) -> Watch:
    return Watch(body)


def test_a_coach_that_moves_is_left_alone(watch: Watch) -> None:
    watch.live(600)
    assert watch.events == []


def test_silence_of_the_microphone_is_no_fault_of_the_listener(watch: Watch) -> None:
    watch.live(10)
    watch.live(120, "microphone")
    watch.live(10)
    assert watch.events == []


def test_a_listener_that_hangs_is_replaced_and_the_all_clear_follows(
    watch: Watch, body: Body
) -> None:
    watch.live(10)
    hung = body.listener
    watch.live(HANG_AFTER_S, "listener")
    assert watch.events == []
    watch.live(2 * STEP_S, "listener")
    assert watch.events == [LOST]
    assert hung.is_abandoned
    assert body.listener is not hung
    assert body.listener.is_alive
    watch.live(1)
    assert watch.events == [LOST, BACK]
    assert watch.supervisor.replacements == 1


def test_a_listener_that_makes_its_ear_is_given_time(watch: Watch, body: Body) -> None:
    body.listener.is_preparing = True
    watch.live(20, "listener")
    assert watch.events == []


def test_a_thread_that_ended_is_replaced_at_once(watch: Watch, body: Body) -> None:
    watch.live(1)
    body.listener.is_alive = False
    watch.live(STEP_S)
    assert watch.events == [LOST]


def test_listeners_that_hang_one_after_the_other_end_the_process(watch: Watch) -> None:
    watch.live(10)
    with pytest.raises(Unmendable, match="hangs again"):
        watch.live(60, "listener")
    assert watch.events == [LOST] * MOST_REPLACEMENTS


def test_one_that_has_decoded_in_between_begins_anew(watch: Watch) -> None:
    for _ in range(3 * MOST_REPLACEMENTS):
        watch.live(10)
        watch.live(HANG_AFTER_S + 2 * STEP_S, "listener")
    assert watch.events.count(LOST) == 3 * MOST_REPLACEMENTS


def test_a_recogniser_that_never_succeeds_ends_the_process(watch: Watch) -> None:
    watch.live(10)
    watch.live(HOPELESS_AFTER_S, "decoder")
    with pytest.raises(Unmendable, match="recogniser fails"):
        watch.live(2 * STEP_S, "decoder")


def test_a_sound_card_thread_that_never_returns_ends_the_process(watch: Watch) -> None:
    watch.live(CARD_HANGS_AFTER_S, "card")
    with pytest.raises(Unmendable, match="sound system"):
        watch.live(STEP_S, "card")


def test_a_block_that_could_not_be_made_is_forgiven(watch: Watch, body: Body) -> None:
    for _ in range(100):
        body.speaker.failures += 1
        watch.live(2 * STEP_S)


def test_a_mixer_that_always_fails_ends_the_process(watch: Watch, body: Body) -> None:
    watch.live(1)

    def fail_for(seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            body.speaker.failures += 1
            watch.live(STEP_S)

    fail_for(MUTE_AFTER_S)
    with pytest.raises(Unmendable, match="No sound"):
        fail_for(2 * STEP_S)


@pytest.mark.parametrize("still", ["microphone_frames", "decoded_blocks", "speaker_frames"])
def test_a_pulse_moves_only_if_all_of_it_moves(still: str) -> None:
    counts = {"microphone_frames": 2, "decoded_blocks": 2, "speaker_frames": 2}
    before = Pulse(1, 1, 1)
    assert Pulse(**counts).has_moved_since(before)
    assert not Pulse(**{**counts, still: 1}).has_moved_since(before)
