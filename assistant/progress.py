"""When to add weight, when to take some off, when to rest: pure rules that give their reasons.

The numbers come from the content (``Progression``); this module knows how they work together. Every
answer carries the reasons that led to it, so that "why" can be answered.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.content.logbook import Progression

KG_PER_LB = 0.45359237
"""By definition."""

_HOURS_A_DAY = 24.0
_HOURS_A_WEEK = 7 * _HOURS_A_DAY


class Unit(StrEnum):
    """What the plates of a machine are marked in."""

    KG = "kg"
    LB = "lb"


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as it was entered; it is converted only to be compared."""

    amount: float
    unit: Unit = Unit.KG

    @property
    def kg(self) -> float:
        """The same weight in kilograms."""
        return self.amount if self.unit is Unit.KG else self.amount * KG_PER_LB

    def in_unit(self, unit: Unit) -> "Weight":
        """The same weight in another unit, not rounded."""
        if unit is self.unit:
            return self
        return Weight(self.kg if unit is Unit.KG else self.kg / KG_PER_LB, unit)


class Verdict(StrEnum):
    """What is suggested for the next set or session."""

    ADD = "add"
    STAY = "stay"
    LOWER = "lower"
    REST = "rest"
    """No weight is suggested at all: the back comes first."""
    ASK = "ask"
    """It depends on whether the repetitions were clean, and nobody has said so."""
    UNKNOWN = "unknown"
    """There is no set with a weight to start from."""


class Reason(StrEnum):
    """Why something is suggested."""

    CLEAN_REPS = "clean_reps"
    """Enough clean repetitions."""
    ONE_MORE_SESSION = "one_more_session"
    """Enough of them, but not in enough sessions in a row."""
    TOO_FEW_REPS = "too_few_reps"
    NOT_CLEAN = "not_clean"
    NOT_TOLD = "not_told"
    """Enough repetitions; whether they were clean is not known."""
    STEP_TOO_LARGE = "step_too_large"
    """The machine has no step within the allowed increase."""
    PAIN_NOW = "pain_now"
    """Pain was reported too short a time ago."""
    PAIN_BEFORE = "pain_before"
    """Pain was reported since the last session."""
    PAIN_LATELY = "pain_lately"
    """There was training since the pain, but the pain is not long ago."""
    TIME_OFF = "time_off"
    """The last session is long ago."""
    NO_WEIGHT = "no_weight"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a suggestion is made from."""

    weight: Weight | None = None
    """Of the last work set that has one."""
    reps: int = 0
    """Of that set."""
    clean: bool | None = None
    """Whether its repetitions were clean; None: nobody has said."""
    clean_sessions: int = 0
    """So many sessions in a row, the latest included, ended with enough clean repetitions."""
    days_off: float = 0.0
    """Since the last work set."""
    days_since_pain: float | None = None
    """None: no pain is known."""

    def seen_later(self, days: float) -> "Evidence":
        """The same facts, seen so many days later."""
        since_pain = self.days_since_pain
        return replace(
            self,
            days_off=self.days_off + days,
            days_since_pain=None if since_pain is None else since_pain + days,
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A weight the lifter may accept or refuse; nothing changes by itself."""

    verdict: Verdict
    reason: Reason
    weight: Weight | None = None
    """What is suggested; None where there is nothing to start from, or nothing may be lifted."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Whether it is time to train again."""

    hours_left: float
    """Until the rest is long enough; 0 when it is."""
    sessions_in_week: int
    """Sessions in the seven days before now."""
    is_too_often: bool
    """A session now would be one more than a week should have."""

    @property
    def is_ready(self) -> bool:
        """Whether the last session is long enough ago."""
        return self.hours_left <= 0


def suggest(evidence: Evidence, step: Weight, rules: Progression) -> Suggestion:
    """The weight to use next, and why.

    Args:
        evidence: what was lifted last and how it went.
        step: the smallest change the machine allows.
        rules: the numbers.
    """
    weight = evidence.weight
    if weight is None:
        return Suggestion(Verdict.UNKNOWN, Reason.NO_WEIGHT)
    return _held_back(evidence, weight, step, rules) or _earned(evidence, weight, step, rules)


def _held_back(
    evidence: Evidence, weight: Weight, step: Weight, rules: Progression
) -> Suggestion | None:
    """What pain or a long time off demand, whatever the last set was like."""
    since_pain = evidence.days_since_pain
    if since_pain is not None and since_pain * _HOURS_A_DAY < rules.pain_rest_h:
        return Suggestion(Verdict.REST, Reason.PAIN_NOW)
    if since_pain is not None and since_pain <= evidence.days_off:
        return Suggestion(Verdict.LOWER, Reason.PAIN_BEFORE, lighter(weight, step, rules))
    if evidence.days_off >= rules.days_off:
        return Suggestion(Verdict.LOWER, Reason.TIME_OFF, lighter(weight, step, rules))
    if since_pain is not None and since_pain < rules.pain_watch_days:
        return Suggestion(Verdict.STAY, Reason.PAIN_LATELY, weight)
    return None


def _earned(evidence: Evidence, weight: Weight, step: Weight, rules: Progression) -> Suggestion:
    """What the last set has earned."""
    if evidence.reps < rules.clean_reps:
        return Suggestion(Verdict.STAY, Reason.TOO_FEW_REPS, weight)
    if evidence.clean is None:
        return Suggestion(Verdict.ASK, Reason.NOT_TOLD, weight)
    if not evidence.clean:
        return Suggestion(Verdict.STAY, Reason.NOT_CLEAN, weight)
    if evidence.clean_sessions < rules.sessions_in_a_row:
        return Suggestion(Verdict.STAY, Reason.ONE_MORE_SESSION, weight)
    heavier = step_up(weight, step, rules)
    if heavier is None:
        return Suggestion(Verdict.STAY, Reason.STEP_TOO_LARGE, weight)
    return Suggestion(Verdict.ADD, Reason.CLEAN_REPS, heavier)


def step_up(weight: Weight, step: Weight, rules: Progression) -> Weight | None:
    """The smallest heavier weight the machine allows within the increase the rules allow.

    None when there is none: one step adds more than the largest increase.
    """
    size = step.in_unit(weight.unit).amount
    least, most = (weight.amount * rate for rate in (rules.least_increase, rules.most_increase))
    steps = max(1, math.ceil(round(least / size, 9)))
    increase = steps * size
    return Weight(weight.amount + increase, weight.unit) if increase <= most + 1e-9 else None


def lighter(weight: Weight, step: Weight, rules: Progression) -> Weight:
    """At least the prescribed part less, on a step of the machine; never below one step."""
    size = step.in_unit(weight.unit).amount
    target = weight.amount * (1 - rules.decrease)
    return Weight(max(size, math.floor(round(target / size, 9)) * size), weight.unit)


def recovery(session_ages_h: Sequence[float], rules: Progression) -> Recovery:
    """Whether it is time to train again.

    Args:
        session_ages_h: hours since the end of each session of the last week, in any order; a
            session that is under way is not among them.
        rules: the numbers.
    """
    last_week = [age for age in session_ages_h if age < _HOURS_A_WEEK]
    latest = min(last_week, default=math.inf)
    return Recovery(
        hours_left=max(0.0, rules.rest_h - latest),
        sessions_in_week=len(last_week),
        is_too_often=len(last_week) + 1 >= rules.warn_at_session,
    )


def estimated_best(weight: Weight, reps: int) -> Weight:
    """The weight that could be moved once, by Epley's formula."""
    if reps <= 1:
        return weight
    return Weight(weight.amount * (1 + reps / 30), weight.unit)
