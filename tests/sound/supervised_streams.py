"""A program that only keeps a microphone and a speaker open, and prints what becomes of them.

It ends with ``STUCK`` when its sound card hangs: in PortAudio 19.6 and 19.7, a stream whose device
dies at the wrong moment spins for ever and keeps others from opening one (PortAudio issue 1037).
Nothing in the process can help then, so whoever started it has to start it again.
"""

import os
import time

import numpy as np

from assistant.dialogue.events import Event
from assistant.hearing.microphone import Microphone
from assistant.sound.card import SoundCard
from assistant.speaking.speaker import Speaker

STUCK = 75
STUCK_AFTER_S = 3.0


def report(event: Event) -> None:
    print(event, flush=True)  # noqa: T201  (the test reads it)


def main() -> None:
    microphone, speaker = Microphone(), Speaker()
    speaker.play(lambda frames: np.full(frames, 0.1, np.float32))
    card = SoundCard(
        [microphone, speaker],
        report,
        time.monotonic,  # noqa: TID251  (a real device lives in real time)
        is_sounding=lambda: False,
    )
    if not card.open():
        print("open", flush=True)  # noqa: T201
    card.watch()
    looks, looked_at = 0, time.monotonic()  # noqa: TID251
    while os.getppid() != 1:  # as long as the test lives
        microphone.read(timeout_s=0.1)
        now = time.monotonic()  # noqa: TID251
        if card.looks != looks:
            looks, looked_at = card.looks, now
        elif now - looked_at > STUCK_AFTER_S:
            os._exit(STUCK)


if __name__ == "__main__":
    main()
