"""A sound card made of software: what the coach plays is recorded, what we play it hears.

A PulseAudio server of our own with one silent *room* of four channels. The coach's loudspeaker
plays into the first two, the user's mouth into the third, and the coach's microphone listens to
the third. One recording of the room therefore holds both voices on one sample clock, and the
distance between them can be measured to the sample.
"""

import contextlib
import os
import shutil
import subprocess
import threading
from bisect import bisect_right
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
FULL_SCALE = 32_768.0
CHANNELS = ("front-left", "front-right", "rear-left", "rear-right")
FRAME_BYTES = 2 * len(CHANNELS)
COACH, USER = 0, 2
"""Channels of the room's recording."""
START_S = 10.0
MICROPHONE = (
    "module-remap-source source_name=microphone master=room.monitor channels=1 channel_map=mono"
    " master_channel_map=rear-left remix=no"
)
SPEAKER = (
    "module-remap-sink sink_name=speaker master=room channels=2"
    " channel_map=front-left,front-right master_channel_map=front-left,front-right remix=no"
)
MOUTH = (
    "module-remap-sink sink_name=mouth master=room channels=1 channel_map=mono"
    " master_channel_map=rear-left remix=no"
)
# A null sink that may rewind renders two seconds at once; this one works in small blocks.
ROOM = f"module-null-sink sink_name=room rate={RATE_HZ} channels=4 norewinds=1 channel_map=" + (
    ",".join(CHANNELS)
)
ALSA_DEVICES = """
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
pcm.loudspeaker { type pulse device speaker }
pcm.headset { type pulse device microphone }
"""


def missing_programs() -> list[str]:
    """Names of the programs a virtual sound card needs and this machine lacks."""
    return [name for name in ("pulseaudio", "pactl", "pacat") if shutil.which(name) is None]


class Recording:
    """Everything that sounds in the room, from the moment it is begun."""

    def __init__(self, env: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            ["pacat", "--record", "--raw", "--device=room.monitor", "--format=s16le",
             f"--rate={RATE_HZ}", f"--channels={len(CHANNELS)}",
             f"--channel-map={','.join(CHANNELS)}", "--latency-msec=20"],
            env=env, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._blocks: list[bytes] = []
        self._ends: list[int] = []
        self._grown = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        self.wait_until(lambda: self.frames > 0, START_S)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()

    @property
    def frames(self) -> int:
        """Frames recorded so far: the clock of the room."""
        return self._ends[-1] // FRAME_BYTES if self._ends else 0

    def channel(self, number: int, start: int = 0) -> NDArray[np.float32]:
        """One channel from frame ``start``, between -1 and 1."""
        frames = self.frames - start
        first = bisect_right(self._ends, start * FRAME_BYTES)
        skipped = start * FRAME_BYTES - (self._ends[first - 1] if first else 0)
        room = np.frombuffer(
            b"".join(self._blocks[first:])[skipped:][: max(0, frames) * FRAME_BYTES], "<i2"
        )
        return (room.reshape(-1, len(CHANNELS))[:, number] / FULL_SCALE).astype(np.float32)

    def wait_until(self, is_true: Callable[[], bool], timeout_s: float) -> bool:
        """Whether ``is_true`` became true while the recording grew."""
        with self._grown:
            return self._grown.wait_for(is_true, timeout_s)

    def wait_for_coach(self, start: int, timeout_s: float, threshold: float = 0.01) -> bool:
        """Whether the coach made a sound after frame ``start``."""
        return self.wait_until(
            lambda: bool(np.any(np.abs(self.channel(COACH, start)) > threshold)), timeout_s
        )

    def _read(self) -> None:
        assert isinstance(self._process.stdout, BufferedReader)
        while block := self._process.stdout.read1():
            with self._grown:
                self._blocks.append(block)
                self._ends.append((self._ends[-1] if self._ends else 0) + len(block))
                self._grown.notify_all()


class VirtualSoundCard:
    """A room with a loudspeaker and a microphone.

    It hisses faintly, as any real room does: a microphone that hears nothing at all is broken.
    """

    def __init__(self, folder: Path, room_tone: float = 0.001) -> None:
        """Prepare a room, its files in ``folder``, its hiss at this share of full scale."""
        self._folder = folder
        self._room_tone = room_tone
        self._server: subprocess.Popen[bytes] | None = None
        (folder / "asound.conf").write_text(ALSA_DEVICES, encoding="utf-8")
        # The door is opened last: nobody shall come in before the room is furnished.
        door = f"module-native-protocol-unix auth-anonymous=1 socket={folder / 'native'}"
        furniture = [f"load-module {module}" for module in (ROOM, SPEAKER, MOUTH, MICROPHONE)]
        defaults = ["set-default-sink speaker", "set-default-source microphone"]
        script = "\n".join([*furniture, *defaults, f"load-module {door}", ""])
        (folder / "room.pa").write_text(script, encoding="utf-8")
        self.settings = {
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
            "PULSE_SERVER": f"unix:{folder / 'native'}",
        }
        """What a program's environment needs so that it uses this card and no other."""
        self._env = {
            **os.environ,
            **self.settings,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder),
        }

    def start(self) -> None:
        """Start the server, or start it again; returns when it can be used."""
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=60", "--disable-shm=yes",
             "-F", str(self._folder / "room.pa")],
            env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while not self._is_ready():
            assert self._server.poll() is None, "pulseaudio ended while it was starting"
        if self._room_tone:
            threading.Thread(target=self._hiss, daemon=True).start()

    @property
    def process_id(self) -> int:
        """Of the server, while it runs."""
        assert self._server is not None, "the card has not been started"
        return self._server.pid

    def kill(self) -> None:
        """Let the server die without a farewell, as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def suspend_microphone(self) -> None:
        """Let the microphone deliver nothing at all, not even silence."""
        self._pactl("suspend-source", "microphone", "1")

    def resume_microphone(self) -> None:
        """Let the microphone deliver again."""
        self._pactl("suspend-source", "microphone", "0")

    def unplug_microphone(self) -> None:
        """Take the microphone away; whoever listens to it gets what the loudspeaker plays.

        So does a server that has nothing better to offer.
        """
        self._pactl("set-default-source", "speaker.monitor")
        self._unload("source_name=microphone")

    def plug_microphone(self) -> None:
        """Plug it in again."""
        self._pactl("load-module", *MICROPHONE.split())
        self._pactl("set-default-source", "microphone")

    def unplug_speaker(self) -> None:
        """Take the loudspeaker away; the server may hand its streams to another device."""
        self._unload("sink_name=speaker")

    def plug_speaker(self) -> None:
        """Plug it in again."""
        self._pactl("load-module", *SPEAKER.split())
        self._pactl("set-default-sink", "speaker")

    def couple(self) -> None:
        """Let the microphone hear the loudspeaker, as it does in a room without headphones."""
        self._pactl("load-module", "module-loopback", "source=speaker.monitor", "sink=mouth")

    def record(self) -> Recording:
        """Record the room for as long as the returned context lasts."""
        return Recording(self._env)

    def play(self, samples: NDArray[np.float32], rate_hz: int) -> None:
        """Let the user make a sound; returns when it has been handed over."""
        pcm = (np.clip(samples, -1, 1) * (FULL_SCALE - 1)).astype("<i2").tobytes()
        with self._mouth(f"--rate={rate_hz}") as process:
            process.communicate(pcm)

    def _unload(self, argument: str) -> None:
        modules = self._pactl("list", "short", "modules").splitlines()
        (number,) = (line.split()[0] for line in modules if argument in line.split())
        self._pactl("unload-module", number)

    def _hiss(self) -> None:
        """Let the room hiss until the server is gone."""
        second = np.random.default_rng(0).normal(0, self._room_tone * FULL_SCALE, RATE_HZ)
        pcm = second.astype("<i2").tobytes()
        with contextlib.suppress(BrokenPipeError), self._mouth(f"--rate={RATE_HZ}") as process:
            assert process.stdin is not None
            while True:
                process.stdin.write(pcm)

    def _mouth(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["pacat", "--playback", "--raw", "--device=mouth", "--format=s16le", "--channels=1",
             "--latency-msec=50", *arguments],
            env=self._env, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _is_ready(self) -> bool:
        with contextlib.suppress(subprocess.CalledProcessError):
            return "microphone" in self._pactl("list", "short", "sources")
        return False

    def _pactl(self, *arguments: str) -> str:
        return subprocess.run(
            ["pactl", *arguments], env=self._env, check=True, capture_output=True, text=True
        ).stdout
