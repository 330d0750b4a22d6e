"""The real process on a virtual sound card: from a microphone to a loudspeaker and back.

A synthetic person speaks into the room, the coach answers, and what the loudspeaker played is given
to the recogniser again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Condition, Thread
from typing import Any

import numpy as np
import pytest

from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE, WHOLE, Recogniser
from assistant.language.sentences import load_sentences
from assistant.sound.wav import resampled, to_pcm
from assistant.speaking.synthesiser import Synthesiser
from tests.soundcard import COACH, RATE_HZ, Recording, VirtualSoundCard

READY_S, ANSWER_S = 40.0, 15.0
"""More than a busy machine needs; a healthy one takes a fraction."""


class Coach:
    """``workout-assistant run`` as a process, and the records it prints."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "run", "--json"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._records: list[dict[str, Any]] = []
        self._grown = Condition()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._grown:
                self._records.append(json.loads(line))
                self._grown.notify_all()

    def waits_for(self, timeout_s: float = ANSWER_S, **wanted: object) -> dict[str, Any]:
        """The first record with these values."""

        def found() -> dict[str, Any] | None:
            return next((it for it in self._records if wanted.items() <= it.items()), None)

        with self._grown:
            assert self._grown.wait_for(lambda: found() is not None, timeout_s), (
                f"no {wanted} among {self._records[-12:]}"
            )
            record = found()
        assert record is not None
        return record

    def ends(self) -> int:
        self._process.terminate()
        return self._process.wait(10)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def coach(sound_card: VirtualSoundCard, tmp_path: Path) -> Iterator[Coach]:
    env = {**os.environ, "WORKOUT_ASSISTANT_FILES_DATA_DIR": str(tmp_path / "data")}
    process = Coach(env)
    yield process
    process.kill()


@pytest.fixture(scope="module")
def person() -> Iterator[Synthesiser]:
    with Synthesiser("en-us+f3") as synthesiser:
        yield synthesiser


def say(card: VirtualSoundCard, person: Synthesiser, text: str) -> None:
    speech = person.render(text, 140)
    card.play(speech.samples, speech.rate)


def wait_for_silence(recording: Recording) -> int:
    """The frame at which the coach has been silent for a second."""
    begun = recording.frames

    def is_silent() -> bool:
        start = recording.frames - RATE_HZ
        return start > begun and float(np.abs(recording.channel(COACH, start)).max()) < 0.01

    assert recording.wait_until(is_silent, ANSWER_S)
    return recording.frames


def transcribed(recording: Recording, start: int, tmp_path: Path) -> str:
    """What the recogniser makes of the coach's own question."""
    questions = tmp_path / "questions.yaml"
    questions.write_text(
        "language: en\n"
        "intents:\n"
        "  Knees: {data: [{sentences: [knees at ninety degrees or slightly less]}]}\n"
        "  Back: {data: [{sentences: [back and hips firm against the seat]}]}\n"
        "  Head: {data: [{sentences: [head and neck relaxed]}]}\n",
        encoding="utf-8",
    )
    ears = Recogniser(find_model(), load_sentences(questions), endpointing=WHOLE)
    heard = resampled(recording.channel(COACH, start), RATE_HZ, RATE)
    ears.feed(to_pcm(heard))
    return ears.finish().text


def test_a_spoken_command_leads_to_a_spoken_question(
    sound_card: VirtualSoundCard, coach: Coach, person: Synthesiser, tmp_path: Path
) -> None:
    coach.waits_for(READY_S, prompt="manners.started")
    with sound_card.record() as recording:
        wait_for_silence(recording)
        say(sound_card, person, "start checklist")
        coach.waits_for(kind="heard", intent="StartChecklist")
        coach.waits_for(prompt="checklist.K1")
        began = recording.frames
        wait_for_silence(recording)
        assert transcribed(recording, began - RATE_HZ // 10, tmp_path) == (
            "knees at ninety degrees or slightly less"
        )
    assert coach.ends() == 0


def test_stop_during_a_set_silences_the_speaker(
    sound_card: VirtualSoundCard, coach: Coach, person: Synthesiser
) -> None:
    coach.waits_for(READY_S, prompt="manners.started")
    with sound_card.record() as recording:
        wait_for_silence(recording)
        say(sound_card, person, "start set of five")
        coach.waits_for(kind="cue", rep=1)
        say(sound_card, person, "stop")
        coach.waits_for(kind="heard", intent="Stop")
        coach.waits_for(prompt="manners.stopped")
        silent_from = wait_for_silence(recording)
        assert not recording.wait_for_coach(silent_from, 3.0)
    assert coach.ends() == 0
