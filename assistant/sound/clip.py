"""A short piece of sound, ready to be mixed."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""Mono samples between -1 and 1, shape (frames,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Mono samples at the mixer's rate."""

    samples: Samples
    anchor: int = 0
    """Frame of the perceptual centre: the onset of a click, the first stressed vowel of a word."""

    def __len__(self) -> int:
        return len(self.samples)
