"""A set as a sound file, rendered by the mixer that plays it live."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from assistant.complaint import Complaint
from assistant.dialogue.cadence import Cadence
from assistant.dialogue.events import CadenceFinished, CueSounded
from assistant.sound.clip import Samples
from assistant.speaking.clips import ClipSource, SynthesisFailed
from assistant.speaking.metronome import Metronome
from assistant.speaking.mixer import Mixer

_BLOCK_S = 0.02
_TAIL_S = 0.5
_TICKET = 1


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """What a cadence sounds like."""

    samples: Samples
    rate: int
    cues: tuple[CueSounded, ...]
    """In order of time; ``frame`` counts from the first sample."""


def render(cadence: Cadence, clips: ClipSource, words_per_minute: int) -> Recording:
    """The sound of a cadence at full volume, with half a second of silence after it.

    Raises:
        Complaint: a word cannot be spoken.
    """
    mixer = Mixer(clips.rate)
    metronome = Metronome(mixer, clips)
    try:
        metronome.place(cadence, _TICKET, mixer.epoch, words_per_minute)
    except SynthesisFailed as failure:
        raise Complaint(f"the words of the set cannot be spoken: {failure}") from failure
    blocks: list[Samples] = []
    cues: list[CueSounded] = []
    is_over = not cadence.cues
    while not is_over:
        blocks.append(mixer.render(round(_BLOCK_S * clips.rate)))
        while mixer.reports:
            for event in metronome.follow(mixer.reports.popleft()):
                match event:
                    case CueSounded():
                        cues.append(event)
                    case CadenceFinished():
                        is_over = True
    blocks.append(mixer.render(round(_TAIL_S * clips.rate)))
    return Recording(np.concatenate(blocks), clips.rate, tuple(cues))


def write_wav(recording: Recording, path: Path) -> None:
    """Write 16-bit mono; an interrupted write leaves no half a file.

    Raises:
        Complaint: it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        soundfile.write(part, recording.samples, recording.rate, subtype="PCM_16", format="WAV")
        part.replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        part.unlink(missing_ok=True)
        raise Complaint(
            f"{path} cannot be written; choose a folder that exists and is yours"
        ) from (error)
