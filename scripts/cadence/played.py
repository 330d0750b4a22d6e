"""What the player tells the one who listens."""

from dataclasses import dataclass, field

REST_S = 0.4
"""Silence after a cut tone, longer than any of its sound is under way."""


@dataclass(slots=True)
class Played:
    """What was handed to the device, and what went wrong on the way."""

    rate: int = 0
    sets: list[list[int]] = field(default_factory=list)
    """For each set the frames, since the stream began, of its clicks."""
    cut_at_s: list[float] = field(default_factory=list)
    """Moments of the monotonic clock at which a tone was cut."""
    underruns: int = 0
    late: int = 0
    latency_s: float = 0.0
    """As the device reports it."""
