"""A short piece of sound, ready to be mixed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """Mono samples at the mixer's rate."""

    samples: NDArray[np.float32]
    """Shape (frames,), between -1 and 1."""
    anchor: int = 0
    """Frame of the perceptual centre: the onset of a click, the first stressed vowel of a word."""

    def __len__(self) -> int:
        return len(self.samples)
