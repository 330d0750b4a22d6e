"""libvosk, one utterance after the other."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from weakref import WeakValueDictionary

import vosk

from assistant.complaint import Complaint
from assistant.hearing import heap
from assistant.hearing.models import ModelFolder

RATE = 16_000
"""Samples a second that every model is fed with."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an utterance."""

    text: str
    """The words; empty where nothing was said."""
    score: float = 0.0
    """How well it fits, sentence costs included, as a natural logarithm; 0 if not asked for."""


class Decoder:
    """A model with the grammar that lies in its folder, or with a list of phrases.

    Models are shared: decoders of one folder hold one in memory.
    """

    def __init__(
        self, folder: Path, origin: ModelFolder, phrases: Sequence[str] = (), readings: int = 0
    ) -> None:
        """Open the model.

        Args:
            folder: where the model lies.
            origin: the model as the user knows it, for complaints.
            phrases: what may be heard, for models whose folder has no grammar of ours.
            readings: how many scored ways to read an utterance are wanted, best first; at 0 it is
                the one whose words are the least likely to be wrong, without a score.

        Raises:
            Complaint: libvosk cannot open it.

        """
        self._made_of = (folder, origin, phrases, readings)
        self._model = _open(folder, origin)
        rows = (json.dumps(list(phrases)),) if phrases else ()
        try:
            with _silent_stderr():
                self._decoder = vosk.KaldiRecognizer(self._model, RATE, *rows)
        except Exception as error:
            raise Complaint("The recogniser cannot be started; is its model complete?") from error
        self._is_scored = readings > 0
        if self._is_scored:
            self._decoder.SetMaxAlternatives(readings)

    def another(self) -> Self:
        """Return a decoder that hears the same, and end this one.

        One that has heard much keeps what noise once made it think of.
        """
        del self._decoder  # first, or all that it has kept would lie between what comes after it
        return type(self)(*self._made_of)

    def known(self, words: frozenset[str]) -> frozenset[str]:
        """Return which of the words the model can hear."""
        return frozenset(word for word in words if self._model.vosk_model_find_word(word) >= 0)

    def accept(self, pcm: bytes) -> bool:
        """Take 16-bit samples; return whether the decoder itself takes the utterance for over."""
        return bool(self._decoder.AcceptWaveform(pcm))

    def partial(self) -> str:
        """Return the words so far."""
        return str(json.loads(self._decoder.PartialResult())["partial"])

    def result(self) -> list[Reading]:
        """Return the readings of an utterance that is over; what is known of the voice is kept."""
        with self._silence():
            return _readings(self._decoder.Result())

    def finish(self) -> list[Reading]:
        """End the utterance, return its readings and begin afresh."""
        with self._silence():
            return _readings(self._decoder.FinalResult())

    def _silence(self) -> contextlib.AbstractContextManager[None]:
        """Scored readings come with a warning about times of words, which nobody asks for."""
        return _silent_stderr() if self._is_scored else contextlib.nullcontext()


def _readings(result: str) -> list[Reading]:
    """Return one reading at least."""
    found: dict[str, Any] = json.loads(result)
    if "alternatives" not in found:
        return [Reading(str(found["text"]))]
    scored = [Reading(one["text"].strip(), one["confidence"]) for one in found["alternatives"]]
    return scored or [Reading("")]


_opened: WeakValueDictionary[Path, Any] = WeakValueDictionary()
"""Models in use."""


def _open(folder: Path, origin: ModelFolder) -> Any:
    if (known := _opened.get(folder)) is not None:
        return known
    vosk.SetLogLevel(-1)
    heap.keep_apart()
    try:
        with _silent_stderr():
            opened = _opened[folder] = vosk.Model(str(folder))
            return opened
    except Exception as error:
        raise Complaint(
            f"{origin.path}: libvosk cannot open this model; a file in it is cut off or foreign."
        ) from error


@contextlib.contextmanager
def _silent_stderr() -> Iterator[None]:
    """Keep libvosk from printing past us; what it reports comes back as an error as well."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
