"""How many were right."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.language.matcher import Match
from scripts.hearing.trial import Act

RIGHT, WRONG, MISSED = "right", "wrong", "missed"


def verdict(wanted: Match, acts: Sequence[Act]) -> str:
    """Return what the acts are worth for what was said."""
    if not acts:
        return MISSED
    got = [(act.heard.intent, dict(act.heard.slots)) for act in acts]
    want = (wanted.intent, dict(wanted.slots))
    is_only_hasty = want in got and all(act.is_urgent for act in acts)
    return RIGHT if is_only_hasty or all(one == want for one in got) else WRONG


@dataclass(slots=True)
class Score:
    """Verdicts by group of sentences."""

    _verdicts: dict[str, Counter[str]] = field(default_factory=dict)
    _late_s: list[float] = field(default_factory=list)

    def add(self, group: str, verdict: str, late_s: float) -> None:
        """Count one; ``late_s`` is the time from the end of the words to the act."""
        self._verdicts.setdefault(group, Counter())[verdict] += 1
        if verdict == RIGHT:
            self._late_s.append(late_s)

    def share(self, verdict: str, group: str | None = None) -> float:
        """Return the share of this verdict, of one group or of all."""
        chosen = [self._verdicts.get(group, Counter())] if group else [*self._verdicts.values()]
        return sum(one[verdict] for one in chosen) / max(1, sum(one.total() for one in chosen))

    def count(self) -> int:
        """Return how many were tried."""
        return sum(one.total() for one in self._verdicts.values())

    def share_right(self, group: str | None = None) -> float:
        """Return the share of those understood."""
        return self.share(RIGHT, group)

    def late_s(self, quantile: float) -> float:
        """Return the latency that this share of those understood stays below."""
        return float(np.quantile(self._late_s, quantile)) if self._late_s else float("nan")
