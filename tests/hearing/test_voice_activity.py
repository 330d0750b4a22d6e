import subprocess
import sys

import numpy as np
import pytest

from assistant.hearing.recogniser import RATE
from assistant.hearing.voice_activity import WINDOW_S, VoiceActivity
from assistant.sound.wav import to_pcm
from tests.hearing.voices import spoken

COUNT_THREADS = """
import os
from assistant.hearing.voice_activity import VoiceActivity
VoiceActivity().add(bytes(32_000))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
def test_one_thread_judges_for_threads_that_wait_for_each_other_are_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT_THREADS], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == 1


def test_a_word_is_speech_and_hiss_is_silence_that_grows() -> None:
    voice = VoiceActivity()
    hiss = np.random.default_rng(0).normal(0, 0.003, 4 * RATE).astype(np.float32)
    voice.add(to_pcm(hiss))
    assert voice.silence_s == pytest.approx(4.0, abs=WINDOW_S)
    voice.add(to_pcm(spoken("stop")[: RATE // 4]))
    assert voice.is_speech
    assert voice.silence_s == 0
