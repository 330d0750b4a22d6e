"""The program under test: sets of clicks, and then tones that are cut, through the real speaker.

It is a process of its own, so that PortAudio meets the virtual sound card, and it prints what it
did as one line of JSON, a ``Played``.
"""

import argparse
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict

import numpy as np

from assistant.content.loader import ENGLISH
from assistant.dialogue.cadence import Cadence
from assistant.dialogue.events import CadenceFinished, CueSounded
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE, WHOLE, Recogniser
from assistant.language.sentences import load_sentences
from assistant.runtime.clock import SystemClock
from assistant.sound.clip import Clip
from assistant.speaking.clips import PacedClips
from assistant.speaking.metronome import Metronome
from assistant.speaking.mixer import Mixer
from assistant.speaking.speaker import LATENCY_S, Speaker
from scripts.cadence.material import TEMPO, set_of_clicks
from scripts.cadence.played import REST_S, Played

TONE_HZ, TONE_S = 700.0, 2.0
BLOCK_S = 0.1
"""What the recogniser is given at a time."""
LOUDNESS = 0.05
TURN_S = 0.02
"""How often reports are looked at, as the coach's main thread does."""


class Player:
    """A mixer on a real stream."""

    def __init__(self, latency_s: float) -> None:
        self._speaker = Speaker(latency_s=latency_s)
        self._speaker.open()
        self._mixer = Mixer(self._speaker.rate_hz)
        self._metronome = Metronome(self._mixer, PacedClips(self._mixer.rate))
        self._clock = SystemClock()
        self._never = threading.Event()
        self._speaker.play(self._mixer.render)
        self._ticket = 0
        self._played = Played(rate=self._mixer.rate)

    def count(self, cadence: Cadence) -> None:
        """Play a set to its end."""
        self._ticket += 1
        frames: set[int] = set()
        self._metronome.place(cadence, self._ticket, self._mixer.epoch, 165)
        is_over = False
        while not is_over:
            self._never.wait(TURN_S)
            while self._mixer.reports:
                for event in self._metronome.follow(self._mixer.reports.popleft()):
                    is_over |= isinstance(event, CadenceFinished)
                    if isinstance(event, CueSounded):
                        frames.add(event.frame)
        self._played.sets.append(sorted(frames))

    def cut_a_tone(self, after_s: float) -> None:
        """Let a tone sound, and cut it."""
        time_s = np.arange(round(TONE_S * self._mixer.rate)) / self._mixer.rate
        tone = np.cos(2 * np.pi * TONE_HZ * time_s) / 2
        self._mixer.speak(Clip(tone.astype(np.float32)), "tone", self._mixer.epoch)
        self._until(lambda: self._mixer.is_audible)
        self._never.wait(after_s)
        self._played.cut_at_s.append(self._clock.monotonic())
        self._mixer.cut()
        self._until(lambda: self._mixer.is_idle)
        self._never.wait(REST_S)
        self._mixer.reports.clear()

    def close(self) -> Played:
        """End the stream."""
        self._played.latency_s = self._speaker.latency_s
        self._played.underruns = self._speaker.underruns
        self._played.late = self._mixer.late
        self._speaker.close()
        return self._played

    def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self._never.wait(TURN_S)


def decode_noise(recogniser: Recogniser, ending: threading.Event) -> None:
    """Keep a recogniser busy, faster than real time and without a pause, until ``ending``."""
    noise = np.random.default_rng(0)
    while not ending.is_set():
        block = noise.normal(0, LOUDNESS * 32_767, round(BLOCK_S * RATE))
        recogniser.feed(block.astype("<i2").tobytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sets", type=int, default=1)
    parser.add_argument("--reps", type=int, default=15)
    parser.add_argument("--tempo", default=TEMPO)
    parser.add_argument("--beat-s", type=float, default=0.25)
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--latency-s", type=float, default=LATENCY_S)
    parser.add_argument("--hearing", action="store_true", help="let a recogniser decode meanwhile")
    args = parser.parse_args()
    cadence = set_of_clicks(args.reps, args.tempo, args.beat_s)
    ending = threading.Event()
    if args.hearing:
        sentences = load_sentences(ENGLISH / "sentences")
        recogniser = Recogniser(find_model(), sentences, endpointing=WHOLE)
        threading.Thread(target=decode_noise, args=(recogniser, ending), daemon=True).start()
    player = Player(args.latency_s)
    for _ in range(args.sets):
        player.count(cadence)
        for number in range(args.cuts):
            player.cut_a_tone(0.1 + 0.0137 * (number % 7))
    ending.set()
    json.dump(asdict(player.close()), sys.stdout)


if __name__ == "__main__":
    main()
