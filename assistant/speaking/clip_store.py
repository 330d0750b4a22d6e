"""Spoken clips, rendered once and kept: in memory while short, on disk in any case."""

import contextlib
import hashlib
import io
import logging
import math
import os
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from assistant.sound.clip import Clip
from assistant.speaking.shaping import shape
from assistant.speaking.synthesiser import FASTEST_WPM, Synthesiser

MOST_BYTES = 64 * 2**20
"""The cache on disk never grows much beyond this; what was written first goes first."""
_SHAPE = "2"
"""Raised whenever ``shaping`` makes other clips from the same speech."""
_SHORT_TEXT = 40
"""Characters; longer texts are no words on a beat, and nobody asks for their anchor."""
_SHORT_S = 1.5
"""Clips up to this length, the words of a set, stay in memory."""
_MOST_MEMORY_BYTES = 8 * 2**20
"""The words of a set take half of it at 48 kHz."""
_log = logging.getLogger(__name__)


class ClipStore:
    """Real speech; a ``ClipSource``. Threads may share it."""

    def __init__(
        self,
        synthesiser: Synthesiser,
        rate: int,
        cache_dir: Path | None = None,
        *,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Render nothing yet.

        Args:
            synthesiser: what speaks; it stays the caller's to close.
            rate: frames per second of every clip.
            cache_dir: a folder for stores alone, made when missing; without one, or where it
                cannot be written, short clips are kept in memory only.
            most_bytes: how large the cache may grow.
        """
        self.rate = rate
        self.is_broken = False
        self._synthesiser = synthesiser
        self._memory = _Memory(_MOST_MEMORY_BYTES)
        self._disk = _Disk(cache_dir, most_bytes) if cache_dir is not None else None

    def clip(self, text: str, words_per_minute: int, fit_s: float | None = None) -> Clip:
        """The spoken text, trimmed and levelled.

        Args:
            text: what to say; nothing but spaces gives an empty clip.
            words_per_minute: how fast.
            fit_s: the longest it should last. It is spoken faster until it fits, but never cut
                short: at the fastest pace there is, a long text may still last longer.

        Raises:
            SynthesisFailed: the synthesiser broke down and could not be restarted.
            Complaint: there is no synthesiser, or it has no such voice.
        """
        text = " ".join(text.split())
        if not text:
            return Clip(np.zeros(0, np.float32))
        pace = words_per_minute
        clip = self._at_pace(text, pace)
        if fit_s is None:
            return clip
        most_frames = int(fit_s * self.rate)
        while len(clip) > most_frames and pace < FASTEST_WPM:
            needed = pace * len(clip) / max(most_frames, 1)
            pace = min(max(math.ceil(needed), pace + 10), FASTEST_WPM)
            clip = self._at_pace(text, pace)
        return clip

    def warm(self, texts: Iterable[str], words_per_minute: int) -> int:
        """Render what is not kept yet, so that it need not be when it is wanted.

        Returns:
            How many texts there were.
        """
        number = 0
        for text in texts:
            self.clip(text, words_per_minute)
            number += 1
        return number

    def _at_pace(self, text: str, pace: int) -> Clip:
        known = self._memory.read((text, pace))
        if known is not None:
            return known
        name = self._name(text, pace)
        clip = self._disk.read(name) if self._disk is not None else None
        if clip is None:
            clip = self._render(text, pace)
            if self._disk is not None:
                self._disk.write(name, clip)
        if len(clip) <= _SHORT_S * self.rate:
            self._memory.write((text, pace), clip)
        return clip

    def _render(self, text: str, pace: int) -> Clip:
        try:
            is_short = len(text) <= _SHORT_TEXT
            speech = self._synthesiser.render(text, pace, time_vowel=is_short)
        except Exception:
            self.is_broken = True
            raise
        self.is_broken = False
        return shape(speech.samples, speech.rate, self.rate, speech.vowel_s)

    def _name(self, text: str, pace: int) -> str:
        try:
            identity = self._synthesiser.identity
        except Exception:
            self.is_broken = True
            raise
        decides = "\n".join((_SHAPE, identity, str(self.rate), str(pace), text))
        return hashlib.sha256(decides.encode()).hexdigest()[:40] + ".npz"


class _Memory:
    """Clips at hand; those that were not wanted for the longest time make room for others."""

    def __init__(self, most_bytes: int) -> None:
        self._clips: OrderedDict[tuple[str, int], Clip] = OrderedDict()
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()

    def read(self, key: tuple[str, int]) -> Clip | None:
        """The clip, or None when it is not there."""
        with self._lock:
            if key in self._clips:
                self._clips.move_to_end(key)
            return self._clips.get(key)

    def write(self, key: tuple[str, int], clip: Clip) -> None:
        """Keep a clip; it stays as long as it is among the last that were wanted."""
        with self._lock:
            if key in self._clips:
                self._bytes -= self._clips.pop(key).samples.nbytes
            self._clips[key] = clip
            self._bytes += clip.samples.nbytes
            while self._bytes > self._most_bytes:
                _, oldest = self._clips.popitem(last=False)
                self._bytes -= oldest.samples.nbytes


class _Disk:
    """Clips in a folder, each in a file of its own with a checksum inside."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._bytes: int | None = None
        self._is_writable = True

    def read(self, name: str) -> Clip | None:
        """The clip, or None when it is not there or its file is damaged."""
        try:
            with np.load(self._folder / name, allow_pickle=False) as kept:
                samples = kept["samples"].astype(np.float32) / np.float32(32767)
                return Clip(samples, int(kept["anchor"]))
        except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
            return None

    def write(self, name: str, clip: Clip) -> None:
        """Keep a clip; a full or read-only disk is reported once, and is no error."""
        if not self._is_writable:
            return
        packed = io.BytesIO()
        samples = np.round(clip.samples * 32767).astype(np.int16)
        np.savez(packed, samples=samples, anchor=np.int64(clip.anchor))
        path = self._folder / name
        part = path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.write_bytes(packed.getbuffer())
            part.replace(path)
            self._keep_small(len(packed.getbuffer()))
        except OSError as error:
            _log.warning("spoken clips are not kept on disk: %s", error.strerror)
            self._is_writable = False

    def _keep_small(self, added_bytes: int) -> None:
        if self._bytes is not None:
            self._bytes += added_bytes
            if self._bytes <= self._most_bytes:
                return
        files = sorted(self._files())
        self._bytes = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._bytes <= self._most_bytes:
                break
            path.unlink(missing_ok=True)
            self._bytes -= size

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """When each file was written, its bytes, and its name."""
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another thread may have renamed it
                status = path.stat()
                yield status.st_mtime_ns, status.st_size, path
