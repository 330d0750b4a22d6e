"""Loudness: gains that move smoothly, and a limiter that never lets a sum clip."""

import numpy as np
from numpy.typing import NDArray

KNEE = 0.8
"""Up to this amplitude the limiter changes nothing."""


class Gain:
    """A factor that follows its target in a straight line instead of jumping."""

    def __init__(self, value: float, full_scale_frames: float) -> None:
        """Begin at rest.

        Args:
            value: the factor to begin with.
            full_scale_frames: frames it takes to move by 1.
        """
        self.value = value
        self.target = value
        """Where it is going; another thread may set it at any time."""
        self._step = 1 / full_scale_frames

    def over(self, frames: int) -> NDArray[np.float32] | float:
        """The factors of the next ``frames`` samples; one number when it is at rest."""
        target = self.target
        if self.value == target or frames == 0:
            return self.value
        steps = np.arange(1, frames + 1, dtype=np.float32) * np.float32(self._step)
        ramp: NDArray[np.float32] = (
            np.minimum(self.value + steps, target)
            if target > self.value
            else np.maximum(self.value - steps, target)
        )
        done = abs(target - self.value) <= frames * self._step
        self.value = target if done else float(ramp[-1])
        return ramp.astype(np.float32, copy=False)


def limit(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """The block with peaks bent back below 1; samples within the knee stay as they are."""
    size = np.abs(block)
    if block.size == 0 or size.max() <= KNEE:
        return block
    room = np.float32(1 - KNEE)
    bent = np.sign(block) * (KNEE + room * np.tanh((size - KNEE) / room))
    return np.where(size > KNEE, bent, block).astype(np.float32, copy=False)
