"""Sound to text, within the sentences.

In a conversation the decoder hears only what is said to it (see ``endpoint``). The acoustic model
looks a sixth of a second ahead, so at the first pause it is given more silence at once: only then
is known what the words are, and whether they can be all.

Memory and time stay bounded however long somebody talks: an utterance that does not end is ended
here, and the decoder is replaced behind one that was no sentence: talk leads it through ten
megabytes of sentences that nobody means, which it would keep. What sentences lead it through it may
keep, half of that, to be quicker at the next one. Talk that is taken for a sentence is the reason
why none lives for more than 10 s of sound.
"""

from dataclasses import dataclass
from typing import Final as Constant

import numpy as np

from assistant.complaint import Complaint
from assistant.hearing import heap
from assistant.hearing.compiled import compiled
from assistant.hearing.decoder import RATE, Decoder, Reading
from assistant.hearing.endpoint import BYTES_A_SECOND, LIVE, WHOLE, Endpointing, VoiceGate
from assistant.hearing.grammar import UNKNOWN, Costs, Grammar, grammar_of, phrase_list
from assistant.hearing.models import ModelFolder, words
from assistant.language.sentences import Sentences
from assistant.language.walk import Standing, Walk

_LONGEST_UTTERANCE_S: Constant = 20
_DECODER_LIVES_S: Constant = 10
"""Another one is made in a few milliseconds, and its first sentence takes 20 ms longer."""
_LEAST_SPEECH_S: Constant = 0.09
_LEAST_LETTER_S: Constant = 0.035
"""The fastest of the voices tried take 0.06 s for a letter."""
_LOOKAHEAD_FRAMES: Constant = 19
"""Frames the embedded acoustic model looks ahead, so what it says of a moment comes later."""
_PAUSE: Constant = np.random.default_rng(0).normal(0.0, 6.0, RATE // 2).astype("<i2").tobytes()
"""Half a second of a quiet room: look-ahead, also that of other models, and a chunk.

Zeros are a sound no model was taught.
"""
_FRAMES_TO_PRUNE: Constant = 10
"""Frames of 30 ms after which the decoder drops what has come to nothing: at the usual 25 it holds
14 MB behind 20 s of talk, so 10, and needs no more time (6 runs of a minute)."""
_READINGS: Constant = 10
"""Of what a model without a grammar hears."""
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
        is_compiled: bool = True,
    ) -> None:
        """Compile the sentences into the model and open it.

        Args:
            model: the model to hear with.
            sentences: what may be said.
            endpointing: when an utterance has ended; ``WHOLE`` makes one of all that is fed.
            costs: prices of what is no sentence.
            is_compiled: whether a model that can take a compiled grammar gets one; to compare.

        Raises:
            Complaint: the model cannot be opened, or knows no word of the sentences.

        """
        grammar = grammar_of(sentences)
        self._decoder = _decoder(model, grammar, endpointing, costs, is_compiled=is_compiled)
        wanted = grammar.graph.words() | {word for row in grammar.fillers for word in row}
        self.missing = tuple(sorted(wanted - self._decoder.known(wanted)))
        if wanted and len(self.missing) == len(wanted):
            raise Complaint(f"{model.path}: the model knows no word of the sentences.")
        self._walk = Walk(grammar.graph)
        self._fillers = grammar.fillers
        self._endpointing = endpointing
        self._gate = None if endpointing is WHOLE else VoiceGate()
        self._heard_bytes = self._utterance_bytes = 0
        self._is_paused = False
        self._is_untidy = False

    def feed(self, pcm: bytes) -> list[Partial | Final]:
        """Hear 16-bit mono samples at 16 kHz, any number; return what became of them.

        The present state of an utterance that goes on, or one that ended; where the silence behind
        it ended it, the last partial result comes first, with all of its words.
        """
        heard = self._gate.pass_on(pcm) if self._gate else pcm
        if not heard:
            self._tidy()
            return []
        self._utterance_bytes += len(heard)
        self._heard_bytes += len(heard)
        if self._decoder.accept(heard):
            return self._ended(self._decoder.result())
        if self._utterance_bytes > (_LONGEST_UTTERANCE_S + 1) * BYTES_A_SECOND:
            return self._ended(self._decoder.finish())
        is_over = self._gate is not None and self._is_over(self._gate)
        text = self._decoder.partial()
        results: list[Partial | Final] = [Partial(text, self._advance())] if text else []
        if is_over:
            results += self._ended(self._decoder.finish())
        return results

    def finish(self) -> Final:
        """End the utterance now; the next sound is heard afresh."""
        plain = self._read(self._decoder.finish())
        self._begin_afresh(plain)
        if self._gate:
            self._gate.reset()
        return Final(plain)

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
            if self._decoder.accept(_PAUSE):
                return True
        said = self._without_fillers(self._decoder.partial().split())
        return gate.silence_s >= self._endpointing.limit_s(self._walk.standing(said), len(said))

    def _without_fillers(self, words: list[str]) -> list[str]:
        for filler in self._fillers:
            row = list(filler)
            if len(words) > len(row) and words[: len(row)] == row:
                words = words[len(row) :]
            if len(words) > len(row) and words[-len(row) :] == row:
                words = words[: -len(row)]
        return words

    def _read(self, readings: list[Reading]) -> str:
        """Return the first reading that is a sentence; without one, the first of all."""
        for reading in readings if len(readings) > 1 else ():
            if self._is_sentence(reading.text):
                return reading.text
        return _plain(readings[0].text)

    def _is_sentence(self, text: str) -> bool:
        said = self._without_fillers(text.split())
        return self._walk.standing(said) is not Standing.FRAGMENT

    def _ended(self, readings: list[Reading]) -> list[Partial | Final]:
        plain = self._read(readings)
        self._begin_afresh(plain)
        if self._gate:
            plain = plain if self._gate.speech_s >= _least_speech_s(plain) else ""
            self._gate.shut()
        return [Final(plain)] if plain else []

    def _begin_afresh(self, said: str) -> None:
        """Be ready for the next utterance, after one that these words were heard of."""
        was_talk = self._utterance_bytes > 0 and not self._is_sentence(said)
        self._is_untidy |= self._utterance_bytes > 0
        self._utterance_bytes = 0
        self._is_paused = False
        if was_talk or self._heard_bytes > _DECODER_LIVES_S * BYTES_A_SECOND:
            self._heard_bytes = 0
            self._decoder = self._decoder.another()

    def _tidy(self) -> None:
        """Give back what the last utterance took; nobody speaks, so nobody waits for it."""
        if self._is_untidy:
            self._is_untidy = False
            heap.give_back()

    def _advance(self) -> int:
        frames = self._utterance_bytes * 100 // BYTES_A_SECOND
        return max(0, frames - _LOOKAHEAD_FRAMES) // _chunk_frames(self._endpointing)


def _decoder(
    model: ModelFolder,
    grammar: Grammar,
    endpointing: Endpointing,
    costs: Costs | None,
    *,
    is_compiled: bool,
) -> Decoder:
    """Return the model with a grammar: a compiled one, else a list of phrases.

    A model with a static graph takes neither, and hears anything at all. What is a sentence is then
    looked for among the ways to read it.
    """
    if model.is_dynamic and is_compiled:
        return Decoder(compiled(model, grammar, _options(endpointing), costs), model)
    phrases = phrase_list(grammar, words(model))
    return Decoder(model.path, model, phrases, readings=0 if model.is_dynamic else _READINGS)


def _least_speech_s(text: str) -> float:
    """Return how much speech so many letters take at the very least; noise is put in less."""
    return max(_LEAST_SPEECH_S, _LEAST_LETTER_S * len(text.replace(" ", "")))


def _options(endpointing: Endpointing) -> dict[str, str]:
    """Return the decoder options behind which ``endpointing`` decides."""
    sentence_s, fragment_s = (1000.0, 1000.0) if endpointing is WHOLE else _LONGEST_PAUSES_S
    return {
        "frames-per-chunk": str(_chunk_frames(endpointing)),
        "prune-interval": str(_FRAMES_TO_PRUNE),
        "endpoint.rule1.min-trailing-silence": f"{max(5.0, fragment_s):g}",
        "endpoint.rule2.min-trailing-silence": f"{sentence_s:g}",
        "endpoint.rule3.min-trailing-silence": f"{fragment_s:g}",
        "endpoint.rule4.min-trailing-silence": f"{fragment_s:g}",
        "endpoint.rule5.min-utterance-length": f"{max(fragment_s, _LONGEST_UTTERANCE_S):g}",
    }


def _chunk_frames(endpointing: Endpointing) -> int:
    """Return how many frames of 10 ms the acoustic model takes at a time."""
    return round(endpointing.advance_s * 100)


def _plain(text: str) -> str:
    """Leave out noise behind the words; foreign speech among them makes all of it foreign."""
    said = text.split()
    while len(said) > 1 and said[-1] == UNKNOWN:
        said.pop()
    return UNKNOWN if UNKNOWN in said else " ".join(said)
