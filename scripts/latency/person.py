"""Somebody beside the machine, whose words and whose coach are recorded on one clock."""

import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from assistant.sound.clip import Samples
from assistant.sound.wav import read
from tests.soundcard import COACH, RATE_HZ, USER, Recording, VirtualSoundCard

from .coach import PATIENCE_S, Coach, Record

VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb+m3")
QUESTIONS = ("what can i say", "what can i ask", "start checklist", "louder", "quieter")
LONG_ANSWER = "what can i say"
AUDIBLE = 0.01
GAP_S = 0.4
"""After a pause so long nothing is sounding."""
CONFIRMATION_S = 0.35
"""As much of "stopped" is known again."""
SETTLED_S = 1.0


@dataclass(slots=True)
class Result:
    """One kind of measurement."""

    name: str
    values_s: list[float] = field(default_factory=list)
    missed: int = 0


class Person:
    """Talks to the coach, and times what comes of it."""

    def __init__(self, card: VirtualSoundCard, room: Recording, coach: Coach) -> None:
        self._card, self._room, self._coach = card, room, coach
        self._turn = 0
        self._confirmation: Samples = np.zeros(0, np.float32)

    def learn_confirmation(self) -> None:
        """Record what the coach says to "stop", by saying it into the silence."""
        self._settle()
        end = self._say("stop")
        if not self._room.wait_for_coach(end, PATIENCE_S / 3, AUDIBLE):
            raise SystemExit("the coach does not answer to stop")
        self._pass(CONFIRMATION_S + 0.5)
        sound = self._room.channel(COACH, self._first_sound(end) + end)
        self._confirmation = sound[: round(CONFIRMATION_S * RATE_HZ)]

    def reply(self, result: Result) -> None:
        """Ask something, and time the first sound of the reply."""
        self._settle()
        question = QUESTIONS[self._turn % len(QUESTIONS)]
        end = self._say(question)
        if self._room.wait_for_coach(end, PATIENCE_S / 3, AUDIBLE):
            result.values_s.append(self._first_sound(end) / RATE_HZ)
        else:
            result.missed += 1
        self._quieten()

    def stop_in_speech(self, result: Result) -> None:
        """Interrupt a long answer, and time the silence."""
        self._settle()
        end = self._say(LONG_ANSWER)
        if not self._room.wait_for_coach(end, PATIENCE_S / 3, AUDIBLE):
            return  # the question was not understood, which is measured elsewhere
        self._pass(0.8 + 0.13 * (self._turn % 7))
        after = self._stop(result)
        if after is not None and (tail := self._tail_of_what_sounded(after)) is not None:
            result.values_s.append(tail)

    def stop_in_set(self, result: Result) -> None:
        """Interrupt a set after a few seconds, and time the answer."""
        self._settle()
        mark = self._coach.mark()
        self._say("start set of twelve")
        if not self._coach.wait_for(mark, lambda record: record["kind"] == "cue", PATIENCE_S):
            self._say("start anyway")
            if not self._coach.wait_for(mark, lambda record: record["kind"] == "cue", PATIENCE_S):
                return
        self._pass(4 + 0.17 * (self._turn % 11))
        end = self._stop(result)
        if end is not None:
            sound = self._room.channel(COACH, end)
            result.values_s.append(place_of(self._confirmation, sound) / RATE_HZ)

    def _stop(self, result: Result) -> int | None:
        """Say "stop", and return the frame after it; None if it was missed."""
        mark = self._coach.mark()
        end = self._say("stop")
        if not self._coach.wait_for(mark, _is_stop, 3):
            result.missed += 1
            self._quieten()
            return None
        self._pass(1.5)
        return end

    def _tail_of_what_sounded(self, end: int) -> float | None:
        """Seconds from ``end`` to the last sample before the confirmation; None in a silence."""
        before = round(GAP_S / 4 * RATE_HZ)
        sound = self._room.channel(COACH, end - before)
        is_audible = np.abs(sound) > AUDIBLE
        if not is_audible[:before].any():
            return None
        audible = np.flatnonzero(is_audible[: place_of(self._confirmation, sound)])
        return max(0.0, float(audible[-1] - before) / RATE_HZ) if audible.size else None

    def _first_sound(self, start: int) -> int:
        return int(np.argmax(np.abs(self._room.channel(COACH, start)) > AUDIBLE))

    def _say(self, text: str) -> int:
        """Speak, and return the frame of the room after the last sample of it."""
        self._turn += 1
        start = self._room.frames
        words = spoken(text, VOICES[self._turn % len(VOICES)])
        self._card.play(words, RATE_HZ)
        wanted = start + len(words)
        self._room.wait_until(lambda: self._room.frames > wanted, PATIENCE_S)
        self._pass(0.1)
        loud = np.flatnonzero(np.abs(self._room.channel(USER, start)) > 2 * AUDIBLE)
        return start + int(loud[-1]) + 1

    def _pass(self, seconds: float) -> None:
        until = self._room.frames + round(seconds * RATE_HZ)
        self._room.wait_until(lambda: self._room.frames >= until, seconds + PATIENCE_S)

    def _settle(self) -> None:
        """Wait until the coach has been silent for a while."""
        frames = round(SETTLED_S * RATE_HZ)

        def is_settled() -> bool:
            start = self._room.frames - frames
            return start > 0 and not np.any(np.abs(self._room.channel(COACH, start)) > AUDIBLE)

        self._room.wait_until(is_settled, 3 * PATIENCE_S)

    def _quieten(self) -> None:
        self._say("stop")


def _is_stop(record: Record) -> bool:
    return record["kind"] == "heard" and record.get("intent") == "Stop"


def place_of(part: Samples, whole: Samples) -> int:
    """The frame at which ``part`` begins in ``whole``, which it is a part of."""
    size = 1 << (len(whole) + len(part) - 1).bit_length()
    match = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)
    return int(np.argmax(match[: len(whole)]))


@cache
def spoken(text: str, voice: str) -> Samples:
    """The text in this voice, without silence at its ends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        command = ["espeak-ng", "-v", voice, "-s", "150", "-w", str(file), text]
        subprocess.run(command, check=True)
        words = read(file, RATE_HZ)
    loud = np.flatnonzero(np.abs(words) > AUDIBLE)
    return np.asarray(0.5 * words[loud[0] : loud[-1] + 1] / np.abs(words).max(), np.float32)
