"""Types of the set-up checklist."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the checklist (rows K1 to K7 of the article)."""

    code: str
    """Row of the article, such as ``K1``."""
    ask: str
    """The question; yes means that the point is in order."""
    fix: str
    """What to do when the answer is no."""
    why: str
    """The reason, spoken on "why"."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The set-up points in the order they are asked."""

    points: tuple[Point, ...]
    answer_within_s: float
    """Silence this long after a question counts as no answer."""
