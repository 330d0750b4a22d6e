"""The hearing half for simulations: a person whose words are typed, or spoken into a room."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from assistant.dialogue.events import Event, Heard, NotUnderstood
from assistant.language.matcher import Matcher
from assistant.language.sentences import Live
from assistant.sound.clip import Samples
from assistant.sound.room import Room


class TypedEars:
    """Perfect ears: what is typed is understood at once, word for word."""

    is_busy = False

    def __init__(self, matcher: Matcher, reflex: Callable[[], None]) -> None:
        """Args: the matcher, and what silences the coach before an urgent sentence is told."""
        self._matcher = matcher
        self._reflex = reflex
        self.spoken: Samples = np.zeros(1, np.float32)

    def listen_to(self, text: str) -> list[Event]:
        """The event this text leads to."""
        match = self._matcher.match(text.replace("-", " "))
        if match is None:
            return [NotUnderstood(text)]
        if match.live is Live.URGENT:
            self._reflex()
        return [Heard(match.intent, match.slots, text)]

    def hear(self, played: Samples, now: float) -> list[Event]:  # noqa: ARG002  (fits the port)
        """Nothing: there is no microphone."""
        return []


class MicrophoneEar(Protocol):
    """What understands a microphone, block by block."""

    def feed(self, block: bytes, now: float) -> Sequence[Event]:
        """What has been understood by the end of this block of 16-bit samples."""


class RoomEars:
    """A person whose words are synthesised, spoken into a room and recognised for real."""

    LISTEN_ON_S = 1.2
    """How long after the last word something may still be understood."""

    def __init__(
        self, ear: MicrophoneEar, room: Room, person: Callable[[str], Samples], rate: int
    ) -> None:
        """Args: the real ear, the room, what speaks the person's words, frames a second."""
        self._ear = ear
        self._room = room
        self._person = person
        self._quiet_frames = round(self.LISTEN_ON_S * rate)
        self._line: deque[Samples] = deque()
        self._quiet_for = self._quiet_frames
        self.spoken: Samples = np.zeros(1, np.float32)

    @property
    def is_busy(self) -> bool:
        """Whether the person is speaking, or has only just ended."""
        return bool(self._line) or self._quiet_for < self._quiet_frames

    def listen_to(self, text: str) -> list[Event]:
        """The person begins to say this."""
        self._line.append(self._person(text))
        return []

    def hear(self, played: Samples, now: float) -> list[Event]:
        """What the real ear has understood by the end of this block."""
        self.spoken = self._next(len(played))
        picked_up = self._room.pick_up(self.spoken, played)
        return [*self._ear.feed((picked_up * 32767).astype("<i2").tobytes(), now)]

    def _next(self, frames: int) -> Samples:
        block = np.zeros(frames, np.float32)
        if not self._line:
            self._quiet_for += frames
            return block
        self._quiet_for = 0
        words = self._line.popleft()
        block[: len(words)] = words[:frames]
        if len(words) > frames:
            self._line.appendleft(words[frames:])
        return block
