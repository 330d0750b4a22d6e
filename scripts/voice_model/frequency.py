"""What pocketsphinx ships and training borrows: the CMU dictionary, and how frequent words are."""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pocketsphinx

_LOGARITHM: Final = math.log(1.0001)
"""Pocketsphinx counts in logarithms to the base 1.0001."""
_NEVER: Final = 100.0


def dictionary_file() -> Path:
    """The CMU pronouncing dictionary, under its BSD licence."""
    return Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"


def word_costs(words: Iterable[str]) -> dict[str, float]:
    """Negative natural logarithm of how probable each word is, without words never met."""
    file = Path(pocketsphinx.get_model_path()) / "en-us" / "en-us.lm.bin"
    model = pocketsphinx.NGramModel.readfile(str(file))
    costs = {word: -model.prob([word]) * _LOGARITHM for word in words}
    return {word: cost for word, cost in costs.items() if cost < _NEVER}
