"""Sound to text, within the sentences.

Memory and time stay bounded however long somebody talks: an utterance that does not end is ended
here, and the decoder with its features is thrown away at the next pause after a minute.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final as Constant

import vosk

from assistant.complaint import Complaint
from assistant.hearing.compiled import compiled
from assistant.hearing.grammar import UNKNOWN, Costs, Grammar, phrase_list
from assistant.hearing.models import ModelFolder
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import word_graph

RATE: Constant = 16_000
"""Samples a second that every model is fed with."""

_BYTES_A_SECOND: Constant = 2 * RATE
_LONGEST_UTTERANCE_S: Constant = 20
_LONGEST_DECODER_S: Constant = 60
_CHUNK_FRAMES: Constant = 12
"""Frames of 10 ms that the acoustic model takes at a time; results change only then."""
_LOOKAHEAD_FRAMES: Constant = 37
"""Frames the embedded acoustic model looks ahead, so what it says of a moment comes later."""


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


@dataclass(frozen=True, slots=True)
class Endpointing:
    """When an utterance has ended, in seconds of silence."""

    after_sentence_s: float
    """Behind words that can stand as a whole sentence."""
    after_fragment_s: float
    """Behind words that await more, such as "start set of"."""

    def options(self) -> dict[str, str]:
        """Return the decoder options that do this."""
        longest = max(self.after_fragment_s, float(_LONGEST_UTTERANCE_S))
        return {
            "frames-per-chunk": str(_CHUNK_FRAMES),
            "endpoint.rule1.min-trailing-silence": f"{max(5.0, self.after_fragment_s):g}",
            "endpoint.rule2.min-trailing-silence": f"{self.after_sentence_s:g}",
            "endpoint.rule3.min-trailing-silence": f"{self.after_fragment_s:g}",
            "endpoint.rule4.min-trailing-silence": f"{self.after_fragment_s:g}",
            "endpoint.rule5.min-utterance-length": f"{longest:g}",
        }


LIVE: Constant = Endpointing(after_sentence_s=0.25, after_fragment_s=1.0)
"""For a conversation: short answers are final at once, a pause within an order does not cut it."""
WHOLE: Constant = Endpointing(after_sentence_s=1000.0, after_fragment_s=1000.0)
"""For a recording that is one utterance, pauses included."""


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

        Raises:
            Complaint: the model cannot be opened, or knows no word of the sentences.

        """
        grammar = Grammar(
            word_graph(sentences), tuple(tuple(filler.split()) for filler in sentences.fillers)
        )
        self._rows: tuple[str, ...] = ()
        if model.is_dynamic:
            folder = compiled(model, grammar, endpointing.options(), costs)
            self._model = _open(folder, model)
        else:
            self._model = _open(model.path, model)
            self._rows = (json.dumps(phrase_list(grammar, self._known(grammar.graph.words()))),)
        wanted = grammar.graph.words() | {word for row in grammar.fillers for word in row}
        self.missing = tuple(sorted(wanted - self._known(wanted)))
        if wanted and len(self.missing) == len(wanted):
            raise Complaint(f"{model.path}: the model knows no word of the sentences.")
        self._decoder = self._fresh()
        self._decoder_bytes = 0
        self._utterance_bytes = 0

    def feed(self, pcm: bytes) -> list[Partial | Final]:
        """Hear 16-bit mono samples at 16 kHz, any number; return what became of them.

        At most one result: the present state of an utterance that goes on, or one that ended.
        """
        if not pcm:
            return []
        self._decoder_bytes += len(pcm)
        self._utterance_bytes += len(pcm)
        if self._decoder.AcceptWaveform(pcm):
            return self._ended(json.loads(self._decoder.Result())["text"])
        if self._utterance_bytes > (_LONGEST_UTTERANCE_S + 1) * _BYTES_A_SECOND:
            return self._ended(json.loads(self._decoder.FinalResult())["text"])
        text = json.loads(self._decoder.PartialResult())["partial"]
        return [Partial(text, self._advance())] if text else []

    def finish(self) -> Final:
        """End the utterance now; the next sound is heard afresh."""
        text = json.loads(self._decoder.FinalResult())["text"]
        self._decoder_bytes = self._utterance_bytes = 0
        return Final(_plain(text))

    def reset(self) -> None:
        """Forget all that was heard, also what the model has not judged yet."""
        self._decoder.FinalResult()
        self._decoder_bytes = self._utterance_bytes = 0

    def _ended(self, text: str) -> list[Partial | Final]:
        self._utterance_bytes = 0
        if self._decoder_bytes > _LONGEST_DECODER_S * _BYTES_A_SECOND:
            self._decoder = self._fresh()
            self._decoder_bytes = 0
        return [Final(plain)] if (plain := _plain(text)) else []

    def _advance(self) -> int:
        frames = self._decoder_bytes * 100 // _BYTES_A_SECOND
        return max(0, frames - _LOOKAHEAD_FRAMES) // _CHUNK_FRAMES

    def _fresh(self) -> Any:
        try:
            with _silent_stderr():
                return vosk.KaldiRecognizer(self._model, RATE, *self._rows)
        except Exception as error:
            raise Complaint("The recogniser cannot be started; is its model complete?") from error

    def _known(self, wanted: frozenset[str]) -> frozenset[str]:
        return frozenset(word for word in wanted if self._model.vosk_model_find_word(word) >= 0)


def _plain(text: str) -> str:
    """Leave out noise behind the words; foreign speech among them makes all of it foreign."""
    said = text.split()
    while len(said) > 1 and said[-1] == UNKNOWN:
        said.pop()
    return UNKNOWN if UNKNOWN in said else " ".join(said)


def _open(folder: Path, model: ModelFolder) -> Any:
    vosk.SetLogLevel(-1)
    try:
        with _silent_stderr():
            return vosk.Model(str(folder))
    except Exception as error:
        raise Complaint(
            f"{model.path}: libvosk cannot open this model; a file in it is cut off or foreign."
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
