"""What the mixer is asked to play, and what it then keeps about each sound."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from assistant.sound.clip import Clip


class Layer(Enum):
    """What a sound is, which decides who may silence or duck it."""

    PROMPT = auto()
    """Speech outside the beat; ``hush`` drops it."""
    WORD = auto()
    """A word on the beat of a set; ducked under a prompt."""
    CLICK = auto()
    """A click or an earcon; always at full level."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """The moment something was asked for, counted in cuts and hushes."""

    cuts: int
    hushes: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A clip at a distance from the start of its score."""

    clip: Clip
    offset: int
    """Frames from the start of the score to the clip's anchor."""
    layer: Layer
    tag: object
    """Comes back in the reports about this sound."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Speak when the speech before it has ended."""

    clip: Clip
    tag: object
    epoch: Epoch
    pause: int


@dataclass(frozen=True, slots=True)
class AfterSpeech:
    """Start when the speech ordered before has ended."""

    lead: int
    """Frames from that end to the start."""
    reserve: int
    """Frames from the start during which no later prompt begins."""


@dataclass(frozen=True, slots=True)
class Score:
    """Place sounds on a common beat."""

    placements: Sequence[Placement]
    epoch: Epoch
    start: int | None = None
    """Frame of the beat's start; ``None`` leaves it to the moment of arrival."""
    after_speech: AfterSpeech | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Put sounds in the place of others that still wait, part by part, on their beat."""

    placements: Sequence[Placement]
    """Their offsets count from any moment; the first beat of a part settles it."""
    epoch: Epoch
    part_of: Callable[[object], int | None]
    """Tag to the number of the part a sound belongs to; None: to nothing that is changed."""


@dataclass(slots=True)
class Sound:
    """A sound that waits for its first frame, or plays."""

    clip: Clip
    start: int
    layer: Layer
    tag: object
    beat_passed: bool = False

    @property
    def beat(self) -> int:
        """Frame of the anchor."""
        return self.start + self.clip.anchor

    @property
    def end(self) -> int:
        """The frame after the last sample."""
        return self.start + len(self.clip)

    def add_to(self, block: NDArray[np.float32], position: int) -> None:
        """Add what falls into a block whose first frame is ``position``."""
        first, last = max(self.start, position), min(self.end, position + len(block))
        if first < last:
            block[first - position : last - position] += self.clip.samples[
                first - self.start : last - self.start
            ]


def faded(
    sounds: Iterable[Sound], position: int, frames: int, word_gain: float
) -> NDArray[np.float32]:
    """The next so many frames of some sounds, dying away."""
    tail = np.zeros(frames, np.float32)
    for sound in sounds:
        part = np.zeros_like(tail)
        sound.add_to(part, position)
        tail += part * (word_gain if sound.layer is Layer.WORD else 1.0)
    return tail * np.linspace(1, 0, frames + 1, dtype=np.float32)[1:]
