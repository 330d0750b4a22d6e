"""One recording, two decoders: the best sentence against talk of any frequent words.

Where time does not press, nothing need compete within one search. The sentences alone are searched
as widely as can be, so noise loses none of them; then a second decoder tells how well free talk
explains the same sound. Both scores are natural logarithms of likelihoods, and what may lie between
them is what an ``Allowance`` says. The ``conf`` of libvosk could not do this: it compares the
sentences with each other, and one that has no rival gets a 1 however badly it fits.
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

_WIDE: Final = {"beam": "16", "lattice-beam": "6", "max-active": "7000"}
_TALK: Final = {"lattice-beam": "0.5"}
"""Only the best of the talk counts, and all the ways to say it would take long to write down."""
_LONGEST_UTTERANCE_S: Final = 20
_PIECE_BYTES: Final = RATE // 2 * 2


@dataclass(frozen=True, slots=True)
class Allowance:
    """By how much a sentence may fit the sound worse than talk does, and still be heard.

    Let S be how well the best sentence fits, with l letters, T how well the best row of frequent
    words does, with t letters, and N how many sentences there are of that length. The sentence is
    heard if

        T - S + ln N  <  letter * (sentence_share * l + t + head_start)

    Talk always fits a little better, since any words may follow each other: people with an accent
    and noise cost each letter about as much, so the allowance grows with the letters. And the more
    sentences there are, the better the best of them fits whatever was said.
    """

    letter: float = 0.7
    """What each letter may cost a sentence: the one figure to trade recall for rejection with.

    ``scripts/bench_rejection.py`` prints the curve for a corpus and a model.
    """
    sentence_share: float = 0.4
    """What a letter of the sentence counts beside one of the talk.

    At 1 it would pay to be bent into a long sentence, for the sake of its letters.
    """
    head_start: float = 8.0
    """Letters that every sentence is given for nothing, for the sake of the short ones."""

    def letters(self, sentence: str, talk: str) -> float:
        """Return the letters that a sentence is allowed to fit worse by than talk."""
        return self.sentence_share * _letters(sentence) + _letters(talk) + self.head_start


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
        self, model: ModelFolder, sentences: Sentences, allowance: Allowance | None = None
    ) -> None:
        """Compile both grammars; the model must have a dynamic graph.

        Raises:
            Complaint: the model cannot be opened.

        """
        grammar = grammar_of(sentences)
        self._allowance = allowance or Allowance()
        self._crowd = crowd(grammar.graph)
        alone = Costs(decoys=0, unknown=None)
        talk = Costs(unknown=None, decoy=0.0, decoy_again=1.0, rarity=0.0)
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
        is_heard = not weighed.text or weighed.letter < self._allowance.letter
        return weighed.text if is_heard else UNKNOWN

    def _weighed(self, sentence: Reading, pcm: bytes) -> Weighed:
        self._talk.accept(pcm)
        talk = self._talk.finish()[0]
        if not sentence.text:
            return Weighed(UNKNOWN if talk.text else "", math.inf)
        words = len(sentence.text.split())
        lag = talk.score - sentence.score + self._crowd.cost(words)
        return Weighed(sentence.text, lag / self._allowance.letters(sentence.text, talk.text))


def _letters(text: str) -> int:
    return len(text.replace(" ", ""))


def _endpoints() -> dict[str, str]:
    """Return decoder options that make one utterance of all that is not too long."""
    never = dict.fromkeys(
        (f"endpoint.rule{number}.min-trailing-silence" for number in (1, 2, 3, 4)), "1000"
    )
    return {**never, "endpoint.rule5.min-utterance-length": f"{_LONGEST_UTTERANCE_S}"}
