"""Sentences for the synthetic voices to say.

Half of them are what the product listens for, drawn from its own sentence files; the rest keeps the
model from knowing nothing else: orders of other domains, what people read in the corpus, and words
in no order at all. Words that are whole answers, such as numbers, are also said alone: nothing
around them helps, and no corpus has enough of them.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.language.numbers import spoken
from assistant.language.sentences import Sentences, load_sentences
from assistant.language.wordgraph import WordGraph, word_graph

COMMANDS: Final = Path("assistant/content/en/sentences")
OTHER_DOMAINS: Final = Path(__file__).parent / "sentences"

_LONGEST_WORDS: Final = 14
_FILLER_SHARE: Final = 0.12
_NUMBERS: Final = (*(10, 13, 21) * 20, 101)
"""Ends of the ranges that numbers said alone are from."""


Draw = Callable[[random.Random], str]
"""Makes a sentence of lower-case words up."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Draws sentences."""

    commands: Sequence[WordGraph]
    """One graph for each thing that can be meant, so that rare ones are said as often."""
    fillers: Sequence[str]
    others: Sequence[WordGraph]
    texts: Sequence[str]
    """Sentences of the corpus."""
    words: Sequence[str]
    """All words, the frequent ones first."""
    answers: Sequence[str]
    """Numbers, and words that the product listens for."""

    def draw(self, count: int, seed: int) -> Iterator[str]:
        """Yield ``count`` sentences of lower-case words, the same ones for the same seed."""
        chance = random.Random(seed)  # noqa: S311  (no secret)
        sources: tuple[Draw, ...] = (
            self.command,
            self.order,
            self._text,
            self._salad,
            self._answer,
        )
        for _ in range(count):
            (source,) = chance.choices(sources, weights=(46, 13, 14, 16, 11))
            yield source(chance)

    def alone(self, count: int, seed: int) -> Iterator[str]:
        """Yield ``count`` single words: answers, frequent words, any words, as often each."""
        chance = random.Random(seed)  # noqa: S311  (no secret)
        for _ in range(count):
            yield chance.choice(chance.choice((self.answers, self.words[:1000], self.words)))

    def command(self, chance: random.Random) -> str:
        """Something that the product understands."""
        said = _walk(chance.choice(self.commands), chance)
        if chance.random() < _FILLER_SHARE:
            filler = chance.choice(self.fillers)
            said = f"{filler} {said}" if chance.random() < 0.5 else f"{said} {filler}"
        return said

    def order(self, chance: random.Random) -> str:
        """Something that other devices understand."""
        return _walk(chance.choice(self.others), chance)

    def _text(self, chance: random.Random) -> str:
        words = chance.choice(self.texts).split()
        start = chance.randrange(max(1, len(words) - _LONGEST_WORDS + 1))
        return " ".join(words[start : start + _LONGEST_WORDS])

    def _answer(self, chance: random.Random) -> str:
        """One word, or two of them one after another, as when somebody corrects a number."""
        return " ".join(chance.choice(self.answers) for _ in range(chance.choice((1, 1, 1, 2))))

    def _salad(self, chance: random.Random) -> str:
        """Words in no order, half of them from the thousand most frequent ones."""
        count = chance.choice((1, 1, 2, 3, 4, 5, 6))
        return " ".join(
            chance.choice(self.words[: 1000 if chance.random() < 0.5 else None])
            for _ in range(count)
        )


def load_wording(root: Path, texts: Sequence[str], words: Sequence[str]) -> Wording:
    """Read the sentence files of a checkout; ``texts`` and ``words`` as in ``Wording``."""
    commands = load_sentences(root / COMMANDS)
    others = load_sentences(OTHER_DOMAINS)
    parts = _graphs(commands), commands.fillers, _graphs(others)
    return Wording(*parts, texts, words, _answers(word_graph(commands)))


def _answers(graph: WordGraph) -> list[str]:
    """About as many numbers as other words, small ones most."""
    numbers = [text for most in _NUMBERS for number in range(most) for text in spoken(number, "en")]
    return numbers + sorted(graph.words())


def _graphs(sentences: Sentences) -> list[WordGraph]:
    return [word_graph(sentences, intent) for intent in sentences.intents.intents]


def _walk(graph: WordGraph, chance: random.Random) -> str:
    """One random way through a graph, not too long."""
    words: list[str] = []
    for _ in range(10):
        words = []
        state = 0
        while state != graph.final:
            step = chance.choice(graph.steps[state])
            state = step.to
            if step.word:
                words.append(step.word)
        if 0 < len(words) <= _LONGEST_WORDS:
            break
    return " ".join(words)
