"""A rehearsal with real speech: synthesised voices, a simulated room, the real recogniser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from assistant import paths
from assistant.app.ears import RoomEars
from assistant.app.hearing import ear_maker
from assistant.app.rehearsal import Rehearsal
from assistant.app.stage import Stage
from assistant.complaint import Complaint
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE
from assistant.sound.clip import Samples
from assistant.sound.room import Acoustics, Room
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.synthesiser import Synthesiser

PERSON_VOICE, PERSON_WPM = "en-us+f3", 140
"""Whoever trains must not sound like the coach."""


@contextmanager
def aloud(
    rehearsal: Rehearsal,
    *,
    ears: bool,
    model: str | None = None,
    audio: Path | None = None,
    on_line: Callable[[str], None] = lambda _: None,
) -> Iterator[Rehearsal]:
    """The same rehearsal, with sound at the recogniser's rate.

    Args:
        rehearsal: what is to be played.
        ears: whether the person's lines are spoken into a room and recognised for real.
        model: the voice model to recognise them with; None takes the one of the settings.
        audio: where to write what is to be heard in the room; None writes nothing.
        on_line: gets each line as the person begins to say it.

    Raises:
        Complaint: no synthesiser, no model, or the file cannot be written.
    """
    settings = rehearsal.settings
    cache = paths.cache_folder()
    kept = cache / "clips" if cache else None
    with ExitStack() as stack:
        coach = stack.enter_context(Synthesiser(settings.speaking.voice))
        rehearsal = replace(rehearsal, clips=ClipStore(coach, RATE, kept))
        if audio is not None:
            rehearsal = replace(rehearsal, tape=stack.enter_context(_tape(audio)))
        if not ears:
            yield rehearsal
            return
        person = ClipStore(stack.enter_context(Synthesiser(PERSON_VOICE)), RATE, kept)
        chosen = find_model(model or settings.hearing.model)

        def make_ears(stage: Stage, expected: Callable[[], frozenset[str]]) -> RoomEars:
            ear = ear_maker(
                chosen,
                rehearsal.knowledge,
                settings,
                reference=stage.reference,
                sounding=stage.sounding,
                reflex=stage.mixer.cut,
                expected=expected,
            )()
            room = Room(Acoustics(), RATE)

            def speak(text: str) -> Samples:
                on_line(text)
                return person.clip(text, PERSON_WPM).samples

            return RoomEars(ear, room, speak, RATE)

        yield replace(rehearsal, ears=make_ears)


@contextmanager
def _tape(path: Path) -> Iterator[Callable[[Samples], None]]:
    """What writes blocks to a WAV file as they come."""
    try:
        with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16", format="WAV") as file:
            yield lambda block: file.write(np.clip(block, -1, 1))
    except soundfile.LibsndfileError as error:
        raise Complaint(f"{path}: cannot be written; is there such a folder, and room?") from error
