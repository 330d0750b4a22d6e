"""What happens while a live coach opens its devices."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from threading import Event as Flag

from assistant import paths
from assistant.app.knowledge import Knowledge, machine_of
from assistant.app.memory import Memory
from assistant.app.supervisor import Unmendable
from assistant.app.vigil import START_WITHIN_S
from assistant.complaint import Complaint
from assistant.dialogue.events import Event
from assistant.hearing.listener import BlockSource
from assistant.hearing.microphone import Microphone
from assistant.hearing.recording import Recorded
from assistant.journal.agenda import Agenda
from assistant.journal.moments import local_zone
from assistant.journal.store import Journal
from assistant.reminders import Reminders
from assistant.runtime.clock import Clock
from assistant.service.notifier import Notifier
from assistant.settings import Hearing, Settings
from assistant.sound.card import SoundCard
from assistant.speaking.clips import SynthesisFailed
from assistant.speaking.speaker import Speaker

DEVICE_LOOK_S = 0.5
"""A service that has no loudspeaker yet looks for one this often."""

_log = logging.getLogger(__name__)


def opened_memory(
    knowledge: Knowledge,
    settings: Settings,
    clock: Clock,
    post: Callable[[Event], None],
    stack: ExitStack,
) -> tuple[Memory, Reminders]:
    """The log and the reminders in it, the past posted already; ``stack`` closes them."""
    rules, zone, now = knowledge.content.logbook, local_zone(), clock.wall()
    folder = paths.data_place(settings.files.data_dir)
    machine = machine_of(knowledge.content, settings)
    journal = Journal.open(folder, rules, now=now, zone=zone, machine=machine)
    memory = Memory(journal, clock, post)
    stack.callback(memory.close)
    agenda = Agenda(journal, rules, zone, now, clock.monotonic())
    memory.recall()
    return memory, Reminders(agenda, clock, post, memory.recall)


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


def has_voice(voice: "Future[str]", *, is_service: bool) -> bool:
    """Whether the synthesiser has started, or, by hand, there is nothing but clicks to go on with.

    Raises:
        Unmendable: it does not start, and nobody is there to see the clicks for what they are.
    """
    if not voice.done():
        return False
    try:
        voice.result()
    except SynthesisFailed as failed:
        if is_service:
            raise Unmendable(str(failed)) from failed
    return True
