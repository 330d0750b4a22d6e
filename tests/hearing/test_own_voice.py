"""The coach talks in a room, alone or not, and its own voice is taken out."""

from dataclasses import dataclass

import numpy as np
import pytest

from assistant.hearing.own_voice import Cleaned, OwnVoice
from assistant.hearing.reference import Reference
from assistant.sound.clip import Samples
from tests.hearing.rooms import RATE, echoed, hiss, talk
from tests.hearing.voices import spoken


@dataclass
class Moment:
    at_s: float
    cleaned: Cleaned


def listen(played: Samples, heard: Samples, block: int = 320) -> list[Moment]:
    own_voice = OwnVoice(Reference(RATE))
    pcm = (np.clip(heard, -1, 1) * 32_767).astype("<i2")
    moments = []
    for at in range(0, len(pcm) // block * block, block):
        own_voice.reference.write(played[at : at + block])
        cleaned = own_voice.remove(pcm[at : at + block].tobytes())
        moments.append(Moment((at + block) / RATE, cleaned))
    return moments


@pytest.mark.parametrize("rt60_s", [0.3, 0.8])
def test_alone_the_coach_is_never_taken_for_somebody_else(rt60_s: float) -> None:
    played = talk(8)
    moments = listen(played, echoed(played, rt60_s=rt60_s) + hiss(len(played)))
    assert not any(moment.cleaned.is_near for moment in moments)
    assert all(not moment.cleaned.pcm for moment in moments[150:])


@pytest.mark.parametrize("block", [320, 333, 480])
def test_a_person_is_noticed_and_passed_on_from_the_first_syllable(block: int) -> None:
    played = talk(8)
    heard = echoed(played) + hiss(len(played))
    words = spoken("stop", "en-gb")
    heard[6 * RATE : 6 * RATE + len(words)] += 0.3 * words
    moments = listen(played, heard, block)
    near = [moment for moment in moments if moment.cleaned.is_near]
    assert 6.0 < near[0].at_s < 6.25
    assert len(near[0].cleaned.pcm) / 32_000 > near[0].at_s - 6.0
    assert near[-1].at_s < 6 + len(words) / RATE + 0.3
    assert near[-1].cleaned.speech_s > 0.15


def test_in_silence_everything_passes() -> None:
    heard = hiss(2 * RATE, level=0.01)
    moments = listen(np.zeros_like(heard), heard)
    passed = b"".join(moment.cleaned.pcm for moment in moments)
    assert len(passed) == 2 * len(heard)
    assert not moments[-1].cleaned.is_own_sound
