"""One recording, three decoders: the best sentence against talk, and against mere speech.

Where time does not press, nothing need compete within one search. The sentences are searched alone,
so noise loses none of them; then two more decoders tell how well rows of any words explain the same
sound, and how well the unknown word does, which is speech of no kind in particular. All scores are
natural logarithms of likelihoods, and what must lie between them is what a ``Demand`` says. The
``conf`` of libvosk could not do this: it compares the sentences with each other, and one that has
no rival gets a 1 however badly it fits.
"""

import math
from dataclasses import dataclass
from typing import Final

from assistant.hearing.compiled import compiled
from assistant.hearing.decoder import RATE, Decoder, Reading
from assistant.hearing.grammar import UNKNOWN, Costs, Grammar, grammar_of
from assistant.hearing.models import ModelFolder
from assistant.language.crowd import crowd
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import WordGraph

_SENTENCES: Final = Costs(decoys=0, unknown=None)
_TALK: Final = Costs(unknown=None, decoys=1_000_000, decoy=0.0, decoy_again=1.0, rarity=0.0)
_SPEECH: Final = Costs(unknown=0.0, unknown_again=1.0, decoys=0)
_WIDE: Final = {"beam": "12"}
"""Wider ones find no sentence more in noise, and take up to thrice the time."""
_NARROW: Final = {"lattice-beam": "0.5"}
"""Only the best counts, and all the ways to say it would take long to write down."""
_HEAD_START: Final = 8
"""Letters that every sentence is given, for the sake of the short ones."""
_LONGEST_UTTERANCE_S: Final = 20
_ENDS: Final = {
    **{f"endpoint.rule{number}.min-trailing-silence": "1000" for number in (1, 2, 3, 4)},
    "endpoint.rule5.min-utterance-length": f"{_LONGEST_UTTERANCE_S}",
}
"""Make one utterance of all that is not too long."""
_PIECE_BYTES: Final = RATE // 2 * 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """The best sentence for an utterance, and what speaks for and against it."""

    text: str
    """Empty where nothing was said."""
    lead: float
    """How much better it fits than speech of no kind in particular."""
    lag: float
    """How much worse it fits than the best row of any words, a letter."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How well a sentence must fit a sound to be heard.

    Foreign speech fits its best sentence hardly better than it fits the unknown word; what is a
    sentence fits it far better, also in noise, which spoils both. And rows of any words, of which
    there are more than sentences, always fit a little better still: what they are ahead by tells
    how much was bent into the sentence. A sentence is heard if

        lead  >  least + slope * lag

    The line divides best, by logistic regression, people's phrases and commands in quiet and in
    noise from foreign speech; ``scripts/bench_rejection.py`` draws it for a model and a corpus.
    """

    least: float = -9.0
    """The one figure to trade recall for rejection with."""
    slope: float = 32.0

    def evidence(self, weighed: Weighed) -> float:
        """Return by how much a sentence fits better than it must; below 0 it is not heard."""
        return weighed.lead - self.slope * weighed.lag - self.least


class Contest:
    """Hears sentences in recordings.

    Attributes:
        missing: words of the sentences that the model does not know.

    """

    def __init__(
        self, model: ModelFolder, sentences: Sentences, demand: Demand | None = None
    ) -> None:
        """Compile the grammars; the model must have a dynamic graph.

        Raises:
            Complaint: the model cannot be opened.

        """
        grammar = grammar_of(sentences)
        self._demand = demand or Demand()
        self._crowd = crowd(grammar.graph)

        def decoder(what: Grammar, costs: Costs, search: dict[str, str]) -> Decoder:
            return Decoder(compiled(model, what, _ENDS | search, costs), model, readings=1)

        nothing = Grammar(WordGraph())
        self._sentence = decoder(grammar, _SENTENCES, _WIDE)
        self._talk = decoder(nothing, _TALK, _NARROW)
        self._speech = decoder(nothing, _SPEECH, _NARROW)
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
        """Return the best sentence of one utterance, and how well it fits."""
        return self._weighed(_reading(self._sentence, pcm), pcm)

    def _judge(self, sentence: Reading, pcm: bytes) -> str:
        weighed = self._weighed(sentence, pcm)
        is_heard = not weighed.text or self._demand.evidence(weighed) > 0
        return weighed.text if is_heard else UNKNOWN

    def _weighed(self, sentence: Reading, pcm: bytes) -> Weighed:
        talk = _reading(self._talk, pcm)
        if not sentence.text:
            return Weighed(UNKNOWN if talk.text else "", -math.inf, math.inf)
        speech = _reading(self._speech, pcm)
        behind = talk.score - sentence.score + self._crowd.cost(len(sentence.text.split()))
        letters = _letters(sentence.text) + _letters(talk.text) + _HEAD_START
        return Weighed(sentence.text, sentence.score - speech.score, behind / letters)


def _reading(decoder: Decoder, pcm: bytes) -> Reading:
    decoder.accept(pcm)
    return decoder.finish()[0]


def _letters(text: str) -> int:
    return len(text.replace(" ", ""))
