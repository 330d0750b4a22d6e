"""One recording, two decoders: the best sentence against talk of any frequent words.

Where time does not press, nothing need compete within one search. The sentences alone are searched
as widely as can be, so noise loses none of them; then a second decoder tells how well free talk
explains the same sound. Both scores are natural logarithms of likelihoods, and what may lie between
them is what ``grammar.Costs`` says. The ``conf`` of libvosk could not do this: it compares the
sentences with each other, and one that has no rival gets a 1 however badly it fits.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

from assistant.hearing.compiled import compiled
from assistant.hearing.decoder import RATE, Decoder, Reading
from assistant.hearing.grammar import UNKNOWN, Costs, Grammar, grammar_of
from assistant.hearing.models import ModelFolder
from assistant.language.crowd import crowd
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph

_WIDE: Final = {"beam": "16", "lattice-beam": "6", "max-active": "7000"}
_TALK: Final = {"lattice-beam": "0.5"}
"""Only the best of the talk counts, and all the ways to say it would take long to write down."""
_LONGEST_UTTERANCE_S: Final = 20
_PIECE_BYTES: Final = RATE // 2 * 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """The best sentence, and what speaks against it."""

    text: str
    """Empty where nothing was said."""
    letter: float
    """What each letter must be allowed to cost, at least, for the sentence to be heard."""


class Contest:
    """Hears sentences in recordings.

    Attributes:
        missing: words of the sentences that the model does not know.

    """

    def __init__(
        self, model: ModelFolder, sentences: Sentences, costs: Costs | None = None
    ) -> None:
        """Compile both grammars; the model must have a dynamic graph.

        Raises:
            Complaint: the model cannot be opened.

        """
        grammar = grammar_of(sentences)
        self._costs = costs = costs or Costs()
        self._crowd = crowd(grammar.graph)
        alone = Costs(letter=0.0, crowd=0.0, decoys=0, unknown=None, filler=costs.filler)
        talk = replace(costs, letter=0.0, crowd=0.0, unknown=None)
        nothing = Grammar(WordGraph())
        ends = _endpoints()
        self._sentence = Decoder(compiled(model, grammar, ends | _WIDE, alone), model, readings=1)
        self._talk = Decoder(compiled(model, nothing, ends | _TALK, talk), model, readings=1)
        wanted = grammar.graph.words()
        self.missing = tuple(sorted(wanted - self._sentence.known(wanted)))

    def hear(self, pcm: bytes) -> str:
        """Return what is said in 16-bit samples at 16 kHz; ``[unk]`` for each stretch of talk.

        A recording of more than 20 seconds is heard in several pieces.
        """
        said: list[str] = []
        began = 0
        for start in range(0, len(pcm), _PIECE_BYTES):
            end = start + _PIECE_BYTES
            if self._sentence.accept(pcm[start:end]):
                said.append(self._judge(self._sentence.finish()[0], pcm[began:end]))
                began = end
        said.append(self._judge(self._sentence.finish()[0], pcm[began:]))
        return " ".join(text for text in said if text)

    def weigh(self, pcm: bytes) -> Weighed:
        """Return the best sentence of one utterance, and how far talk is ahead of it."""
        self._sentence.accept(pcm)
        return self._weighed(self._sentence.finish()[0], pcm)

    def _judge(self, sentence: Reading, pcm: bytes) -> str:
        weighed = self._weighed(sentence, pcm)
        is_heard = not weighed.text or weighed.letter < self._costs.letter
        return weighed.text if is_heard else UNKNOWN

    def _weighed(self, sentence: Reading, pcm: bytes) -> Weighed:
        self._talk.accept(pcm)
        talk = self._talk.finish()[0]
        if not sentence.text:
            return Weighed(UNKNOWN if talk.text else "", math.inf)
        words = len(sentence.text.split())
        lag = talk.score - sentence.score + self._crowd.cost(words)
        return Weighed(sentence.text, lag / self._costs.letters(sentence.text, talk.text))


def _endpoints() -> dict[str, str]:
    """Return decoder options that make one utterance of all that is not too long."""
    never = dict.fromkeys(
        (f"endpoint.rule{number}.min-trailing-silence" for number in (1, 2, 3, 4)), "1000"
    )
    return {**never, "endpoint.rule5.min-utterance-length": f"{_LONGEST_UTTERANCE_S}"}
