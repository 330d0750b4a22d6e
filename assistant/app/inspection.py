"""Looks at everything the coach needs, and tells what is wrong and how to mend it."""

import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event as Flag

from assistant import paths
from assistant.app.hearing import recognisers
from assistant.app.knowledge import know
from assistant.complaint import Complaint
from assistant.hearing.gauge import Condition, Gauge
from assistant.hearing.microphone import Microphone
from assistant.hearing.models import find_model
from assistant.hearing.vocabulary import require_vocabulary
from assistant.runtime.clock import Clock
from assistant.settings import Settings
from assistant.sound.tone import Tone, tone_db
from assistant.speaking.clips import SynthesisFailed
from assistant.speaking.speaker import Speaker
from assistant.speaking.synthesiser import Synthesiser

LISTEN_S = 0.6
"""How long the microphone is listened to, with the tone and without."""
BLOCK_TIMEOUT_S = 2.0
TONE_ABOVE_DB = 10.0
"""The tone must stand out so far from what the room sounds like at its frequency."""
SOFTEST_TONE_DB = -70.0
"""Below this there is nothing but chance in what is measured."""
LITTLE_DISK, NO_DISK = 200_000_000, 20_000_000
"""Bytes: less than the first is worth a warning, with less than the second logging ends soon."""
OLDEST_YEAR = 2025
"""A clock that shows an earlier year has never been set."""


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    WARN = "warn"
    """It works, but not as well as it should."""
    FAIL = "fail"
    """The coach cannot work like this."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one part."""

    part: str
    state: State
    detail: str
    mend: str = ""
    """What to do about it; empty when there is nothing to do."""

    def as_dict(self) -> dict[str, str]:
        """The finding for programs."""
        return {key: str(value) for key, value in asdict(self).items()}


_SIGNALS = {
    Condition.MUTED: (
        "it delivers nothing but zeros",
        "switch it on, or unmute it: look for a switch at the microphone, then in alsamixer",
    ),
    Condition.QUIET: (
        "it is far too quiet",
        "turn its gain up in alsamixer, and see that it is the right input",
    ),
    Condition.CLIPPED: ("it is overdriven", "turn its gain down in alsamixer"),
}

_REMEDIES = {
    "microphone": "put it right, or choose another one in the settings: [hearing] microphone",
    "speaker": "put it right, or choose another one in the settings: [speaking] speaker",
    "model": "leave [hearing] model out of the settings to use the one that comes with the program",
    "voice": "apt install espeak-ng libespeak-ng1; the settings choose the voice: [speaking] voice",
    "data folder": "make it writable for this user, or name another one: [files] data_dir",
    "disk": "make the data folder writable first",
}
"""What helps against a part that cannot be used at all."""


def inspect(settings: Settings, clock: Clock, *, listen: bool) -> Iterator[Finding]:
    """Findings as they are made, sound first.

    Args:
        settings: which devices, model and voice to look at.
        clock: the clock that is looked at as well.
        listen: whether to play a tone and listen for it.
    """
    microphone = Microphone(settings.hearing.microphone)
    speaker = Speaker(settings.speaking.speaker, settings.speaking.rate)
    try:
        yield _guarded("microphone", lambda: _microphone(microphone))
        yield _guarded("speaker", lambda: _speaker(speaker))
        if listen and microphone.is_running and speaker.is_running:
            yield _echo(microphone, speaker)
    finally:
        microphone.close()
        speaker.close()
    yield _guarded("model", lambda: _model(settings))
    yield _guarded("voice", lambda: _voice(settings))
    yield _guarded("data folder", lambda: _data_folder(settings))
    yield _cache_folder()
    yield _config_file(paths.config_file())
    yield _guarded("disk", lambda: _disk(settings))
    yield _clock(clock)


def _guarded(part: str, look: Callable[[], Finding]) -> Finding:
    """What ``look`` finds; a complaint is a finding too."""
    try:
        return look()
    except Complaint as complaint:
        return Finding(part, State.FAIL, str(complaint), _REMEDIES.get(part, ""))


def _microphone(microphone: Microphone) -> Finding:
    microphone.open()
    gauge = Gauge(microphone.rate_hz, window_s=LISTEN_S)
    gauge.add(_heard(microphone))
    name = microphone.device_name
    if not microphone.frames:
        return Finding(
            microphone.part,
            State.FAIL,
            f"{name!r} is open but delivers nothing",
            "unplug it and plug it in again, or choose another one: [hearing] microphone",
        )
    detail = f"{name!r} at {microphone.device_rate_hz} Hz, peak {gauge.peak_dbfs:.0f} dBFS"
    if gauge.condition in _SIGNALS:
        what, mend = _SIGNALS[gauge.condition]
        return Finding(microphone.part, State.WARN, f"{detail}: {what}", mend)
    return Finding(microphone.part, State.OK, detail)


def _speaker(speaker: Speaker) -> Finding:
    speaker.open()
    Flag().wait(LISTEN_S / 2)
    detail = f"{speaker.device_name!r} at {speaker.rate_hz} Hz, {speaker.latency_s * 1000:.0f} ms"
    if not speaker.frames:
        return Finding(
            speaker.part,
            State.FAIL,
            f"{detail}: it is open but takes no sound",
            "see whether another program holds it, or choose another one: [speaking] speaker",
        )
    return Finding(speaker.part, State.OK, detail)


def _echo(microphone: Microphone, speaker: Speaker) -> Finding:
    """Play a tone, and compare what is heard with the room before it."""
    before = tone_db(_heard(microphone), microphone.rate_hz)
    speaker.play(Tone(speaker.rate_hz, 2 * LISTEN_S).render)
    Flag().wait(LISTEN_S / 2)
    _forget(microphone)
    during = tone_db(_heard(microphone), microphone.rate_hz)
    detail = f"a tone played by the speaker is heard at {during:.0f} dB, {before:.0f} dB without it"
    if during < max(before + TONE_ABOVE_DB, SOFTEST_TONE_DB):
        return Finding(
            "tone",
            State.WARN,
            f"{detail}: the microphone does not hear the speaker",
            "if you heard no tone either, turn the volume up; with headphones all is well",
        )
    return Finding("tone", State.OK, detail)


def _heard(microphone: Microphone) -> bytes:
    """What the microphone delivers in ``LISTEN_S`` seconds; less when it stops."""
    heard = bytearray()
    while len(heard) < 2 * microphone.rate_hz * LISTEN_S:
        block = microphone.read(BLOCK_TIMEOUT_S)
        if block is None:
            break
        heard += block
    return bytes(heard)


def _forget(microphone: Microphone) -> None:
    while microphone.read(timeout_s=0) is not None:
        pass


def _model(settings: Settings) -> Finding:
    model = find_model(settings.hearing.model)
    knowledge = know(settings)
    require_vocabulary(knowledge.sentences, model)
    recognisers(model, knowledge, settings)
    return Finding("model", State.OK, f"{model.name} in {model.path.parent}, knows every word")


def _voice(settings: Settings) -> Finding:
    voice = settings.speaking.voice
    with Synthesiser(voice) as synthesiser:
        try:
            speech = synthesiser.render("ready", settings.speaking.words_per_minute)
        except SynthesisFailed as failed:
            return Finding(
                "voice", State.FAIL, str(failed), "install espeak-ng and libespeak-ng1 again"
            )
    return Finding("voice", State.OK, f"{voice}, {speech.rate} Hz")


def _data_folder(settings: Settings) -> Finding:
    folder = paths.data_folder(settings.files.data_dir)
    return _private("data folder", folder)


def _cache_folder() -> Finding:
    folder = paths.cache_folder()
    if folder is None:
        return Finding(
            "cache folder",
            State.WARN,
            "nothing can be kept there, so every start takes longer",
            "make ~/.cache writable for this user",
        )
    return _private("cache folder", folder)


def _config_file(file: Path) -> Finding:
    if not file.exists():
        return Finding("config file", State.OK, f"{file} does not exist: defaults are used")
    return _private("config file", file)


def _private(part: str, path: Path) -> Finding:
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding(part, State.WARN, f"{path} can be written by others", f"chmod go-w '{path}'")
    return Finding(part, State.OK, str(path))


def _disk(settings: Settings) -> Finding:
    folder = paths.data_folder(settings.files.data_dir)
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB free for {folder}"
    mend = "delete what is not needed, or name a folder on another disk: [files] data_dir"
    if free < NO_DISK:
        return Finding("disk", State.FAIL, detail, mend)
    if free < LITTLE_DISK:
        return Finding("disk", State.WARN, detail, mend)
    return Finding("disk", State.OK, detail)


def _clock(clock: Clock) -> Finding:
    now = clock.wall()
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year < OLDEST_YEAR:
        mend = "set the date, or connect to a network once so that it is set by itself"
        return Finding("clock", State.FAIL, f"it shows {shown}", mend)
    if _is_synchronised() is False:
        mend = "timedatectl set-ntp true; without a network, a clock module keeps the time"
        return Finding("clock", State.WARN, f"{shown}, not synchronised", mend)
    return Finding("clock", State.OK, shown)


def _is_synchronised() -> bool | None:
    """Whether the system clock follows a time server; None where nobody can tell."""
    ask = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return {"yes": True, "no": False}.get(answer.strip())
