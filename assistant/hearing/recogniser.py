"""Sound to text, within the sentences.

In a conversation the decoder hears only what is said to it (see ``endpoint``). The acoustic model
looks a third of a second ahead, so at the first pause it is given that much silence at once: only
then is known what the words are, and whether they can be all.

Memory and time stay bounded however long somebody talks: an utterance that does not end is ended
here, and a decoder that has heard a minute of sound is replaced behind the next utterance: it would
keep tens of megabytes of what noise once made it think of.
"""

import contextlib
import ctypes
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final as Constant
from weakref import WeakValueDictionary

import numpy as np
import vosk

from assistant.complaint import Complaint
from assistant.hearing.compiled import compiled
from assistant.hearing.endpoint import BYTES_A_SECOND, LIVE, WHOLE, Endpointing, VoiceGate
from assistant.hearing.grammar import UNKNOWN, Costs, Grammar, phrase_list
from assistant.hearing.models import ModelFolder
from assistant.language.sentences import Sentences
from assistant.language.walk import Walk
from assistant.language.wordgraph import word_graph

RATE: Constant = 16_000
"""Samples a second that every model is fed with."""

_LONGEST_UTTERANCE_S: Constant = 20
_DECODER_LIVES_S: Constant = 60
"""Another one is made in a millisecond."""
_LEAST_SPEECH_S: Constant = 0.09
_LEAST_LETTER_S: Constant = 0.035
"""The fastest of the voices tried take 0.06 s for a letter."""
_CHUNK_FRAMES: Constant = 12
"""Frames of 10 ms that the acoustic model takes at a time; results change only then."""
_LOOKAHEAD_FRAMES: Constant = 37
"""Frames the embedded acoustic model looks ahead, so what it says of a moment comes later."""
_PAUSE: Constant = np.random.default_rng(0).normal(0.0, 6.0, RATE // 2).astype("<i2").tobytes()
"""Half a second of a quiet room: look-ahead and a chunk. Zeros are a sound no model was taught."""
_LONGEST_PAUSES_S: Constant = (1.2, 1.8)
"""Pauses, with the one that is given, after which the decoder itself ends a sentence or a fragment.

So an utterance ends behind which other people talk on.
"""


@dataclass(frozen=True, slots=True)
class Partial:
    """What an utterance that goes on sounds like so far."""

    text: str
    """The words, with ``[unk]`` for speech outside the sentences."""
    advance: int
    """Counts how often the decoder has moved on: equal numbers, equal evidence."""


@dataclass(frozen=True, slots=True)
class Final:
    """What an utterance was."""

    text: str
    """The words; ``[unk]`` alone where speech outside the sentences was among them."""


__all__ = ["LIVE", "RATE", "WHOLE", "Endpointing", "Final", "Partial", "Recogniser"]


class Recogniser:
    """Hears the sentences it was made for, and nothing else.

    Attributes:
        missing: words of the sentences that the model does not know; sentences with them are deaf.

    """

    def __init__(
        self,
        model: ModelFolder,
        sentences: Sentences,
        *,
        endpointing: Endpointing = LIVE,
        costs: Costs | None = None,
    ) -> None:
        """Compile the sentences into the model and open it.

        Args:
            model: the model to hear with.
            sentences: what may be said.
            endpointing: when an utterance has ended; ``WHOLE`` makes one of all that is fed.
            costs: prices of what is no sentence.

        Raises:
            Complaint: the model cannot be opened, or knows no word of the sentences.

        """
        grammar = Grammar(
            word_graph(sentences), tuple(tuple(filler.split()) for filler in sentences.fillers)
        )
        self._rows: tuple[str, ...] = ()
        if model.is_dynamic:
            folder = compiled(model, grammar, _options(endpointing), costs)
            self._model = _open(folder, model)
        else:
            self._model = _open(model.path, model)
            self._rows = (json.dumps(phrase_list(grammar, self._known(grammar.graph.words()))),)
        wanted = grammar.graph.words() | {word for row in grammar.fillers for word in row}
        self.missing = tuple(sorted(wanted - self._known(wanted)))
        if wanted and len(self.missing) == len(wanted):
            raise Complaint(f"{model.path}: the model knows no word of the sentences.")
        self._walk = Walk(grammar.graph)
        self._fillers = grammar.fillers
        self._endpointing = endpointing
        self._gate = None if endpointing is WHOLE else VoiceGate()
        self._decoder = self._fresh()
        self._heard_bytes = self._utterance_bytes = 0
        self._is_paused = False

    def feed(self, pcm: bytes) -> list[Partial | Final]:
        """Hear 16-bit mono samples at 16 kHz, any number; return what became of them.

        The present state of an utterance that goes on, or one that ended; where the silence behind
        it ended it, the last partial result comes first, with all of its words.
        """
        heard = self._gate.pass_on(pcm) if self._gate else pcm
        if not heard:
            return []
        self._utterance_bytes += len(heard)
        self._heard_bytes += len(heard)
        if self._decoder.AcceptWaveform(heard):
            return self._ended(self._decoder.Result())
        if self._utterance_bytes > (_LONGEST_UTTERANCE_S + 1) * BYTES_A_SECOND:
            return self._ended(self._decoder.FinalResult())
        is_over = self._gate is not None and self._is_over(self._gate)
        text = self._partial()
        results: list[Partial | Final] = [Partial(text, self._advance())] if text else []
        if is_over:
            results += self._ended(self._decoder.FinalResult())
        return results

    def finish(self) -> Final:
        """End the utterance now; the next sound is heard afresh."""
        text = self._decoder.FinalResult()
        self._begin_afresh()
        if self._gate:
            self._gate.reset()
        return Final(_plain(json.loads(text)["text"]))

    def reset(self) -> None:
        """Forget all that was heard, also what the model has not judged yet."""
        self.finish()

    def _is_over(self, gate: VoiceGate) -> bool:
        """Whether the silence is long enough for what the words amount to."""
        if gate.silence_s < self._endpointing.after_pause_s:
            self._is_paused = False
            return False
        if not self._is_paused:
            self._is_paused = True
            self._utterance_bytes += len(_PAUSE)
            if self._decoder.AcceptWaveform(_PAUSE):
                return True
        words = self._without_fillers(self._partial().split())
        return gate.silence_s >= self._endpointing.limit_s(self._walk.standing(words), len(words))

    def _without_fillers(self, words: list[str]) -> list[str]:
        for filler in self._fillers:
            row = list(filler)
            if len(words) > len(row) and words[: len(row)] == row:
                words = words[len(row) :]
            if len(words) > len(row) and words[-len(row) :] == row:
                words = words[: -len(row)]
        return words

    def _partial(self) -> str:
        return str(json.loads(self._decoder.PartialResult())["partial"])

    def _ended(self, result: str) -> list[Partial | Final]:
        self._begin_afresh()
        plain = _plain(json.loads(result)["text"])
        if self._gate:
            plain = plain if self._gate.speech_s >= _least_speech_s(plain) else ""
            self._gate.shut()
        return [Final(plain)] if plain else []

    def _begin_afresh(self) -> None:
        self._utterance_bytes = 0
        self._is_paused = False
        if self._heard_bytes > _DECODER_LIVES_S * BYTES_A_SECOND:
            self._heard_bytes = 0
            self._decoder = self._fresh()
            _give_memory_back()

    def _advance(self) -> int:
        frames = self._utterance_bytes * 100 // BYTES_A_SECOND
        return max(0, frames - _LOOKAHEAD_FRAMES) // _CHUNK_FRAMES

    def _fresh(self) -> Any:
        try:
            with _silent_stderr():
                return vosk.KaldiRecognizer(self._model, RATE, *self._rows)
        except Exception as error:
            raise Complaint("The recogniser cannot be started; is its model complete?") from error

    def _known(self, wanted: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in wanted if self._model.vosk_model_find_word(word) >= 0)


def _least_speech_s(text: str) -> float:
    """Return how much speech so many letters take at the very least; noise is put in less."""
    return max(_LEAST_SPEECH_S, _LEAST_LETTER_S * len(text.replace(" ", "")))


def _options(endpointing: Endpointing) -> dict[str, str]:
    """Return the decoder options behind which ``endpointing`` decides."""
    sentence_s, fragment_s = (1000.0, 1000.0) if endpointing is WHOLE else _LONGEST_PAUSES_S
    return {
        "frames-per-chunk": str(_CHUNK_FRAMES),
        "endpoint.rule1.min-trailing-silence": f"{max(5.0, fragment_s):g}",
        "endpoint.rule2.min-trailing-silence": f"{sentence_s:g}",
        "endpoint.rule3.min-trailing-silence": f"{fragment_s:g}",
        "endpoint.rule4.min-trailing-silence": f"{fragment_s:g}",
        "endpoint.rule5.min-utterance-length": f"{max(fragment_s, _LONGEST_UTTERANCE_S):g}",
    }


def _plain(text: str) -> str:
    """Leave out noise behind the words; foreign speech among them makes all of it foreign."""
    said = text.split()
    while len(said) > 1 and said[-1] == UNKNOWN:
        said.pop()
    return UNKNOWN if UNKNOWN in said else " ".join(said)


_opened: WeakValueDictionary[Path, Any] = WeakValueDictionary()
"""Models in use: recognisers that hear the same sentences share one."""


def _open(folder: Path, model: ModelFolder) -> Any:
    if (known := _opened.get(folder)) is not None:
        return known
    vosk.SetLogLevel(-1)
    try:
        with _silent_stderr():
            opened = _opened[folder] = vosk.Model(str(folder))
            return opened
    except Exception as error:
        raise Complaint(
            f"{model.path}: libvosk cannot open this model; a file in it is cut off or foreign."
        ) from error


def _give_memory_back() -> None:
    """Let the system have what is free; glibc would keep it, other libraries have no such call."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


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
