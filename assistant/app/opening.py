"""What happens while a live coach opens its devices."""

import logging
from contextlib import ExitStack
from threading import Event as Flag

from assistant.app.vigil import START_WITHIN_S
from assistant.complaint import Complaint
from assistant.hearing.listener import BlockSource
from assistant.hearing.microphone import Microphone
from assistant.hearing.recording import Recorded
from assistant.runtime.clock import Clock
from assistant.service.notifier import Notifier
from assistant.settings import Hearing
from assistant.sound.card import SoundCard
from assistant.speaking.speaker import Speaker

DEVICE_LOOK_S = 0.5
"""A service that has no loudspeaker yet looks for one this often."""

_log = logging.getLogger(__name__)


def await_speaker(
    card: SoundCard, speaker: Speaker, notifier: Notifier, stopping: Flag, *, is_patient: bool
) -> bool:
    """Open the streams of a card; false when ``stopping`` was set before there was a speaker.

    Who is patient waits for the loudspeaker here, and for the microphone later, while it speaks.

    Raises:
        Complaint: a device is missing, and nobody is to wait for it.
    """
    failed = card.open()
    if failed and not is_patient:
        raise Complaint("\n".join(str(complaint) for complaint in failed.values()))
    for complaint in failed.values():
        _log.warning("%s It is waited for.", complaint)
    while not speaker.is_running and not stopping.is_set():
        notifier.starting("waiting for a loudspeaker", START_WITHIN_S)
        stopping.wait(DEVICE_LOOK_S)
        card.tend()
    return not stopping.is_set()


def recorded(
    microphone: Microphone, hearing: Hearing, clock: Clock, stack: ExitStack
) -> BlockSource:
    """The microphone, and what it delivers on disk if that is wanted; ``stack`` ends the files."""
    if hearing.record_dir is None:
        return microphone
    _log.warning("everything heard is recorded in %s", hearing.record_dir)
    source = Recorded(
        microphone,
        hearing.record_dir,
        rate_hz=microphone.rate_hz,
        most_bytes=hearing.record_mb * 1_000_000,
        now=clock.wall,
    )
    stack.callback(source.close)
    return source
