"""When to add weight, when to take some off, when to rest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.content.loader import load_content
from assistant.content.logbook import Progression
from assistant.progress import (
    Evidence,
    Reason,
    Unit,
    Verdict,
    Weight,
    estimated_best,
    lighter,
    recovery,
    step_up,
    suggest,
)

RULES = load_content().logbook.progression
STRICT = replace(RULES, sessions_in_a_row=2)
STEP = Weight(5)
EARNED = Evidence(weight=Weight(100), reps=15, clean=True, clean_sessions=1, days_off=3)


def suggested(
    evidence: Evidence, step: Weight = STEP, rules: Progression = RULES
) -> tuple[Verdict, Reason, Weight | None]:
    it = suggest(evidence, step, rules)
    return it.verdict, it.reason, it.weight


def test_fifteen_clean_reps_earn_one_step() -> None:
    assert suggested(EARNED) == (Verdict.ADD, Reason.CLEAN_REPS, Weight(105))


@pytest.mark.parametrize(
    ("evidence", "verdict", "reason", "kilos"),
    [
        (replace(EARNED, reps=14), Verdict.STAY, Reason.TOO_FEW_REPS, 100),
        (replace(EARNED, clean=False), Verdict.STAY, Reason.NOT_CLEAN, 100),
        (replace(EARNED, clean=None), Verdict.ASK, Reason.NOT_TOLD, 100),
        (replace(EARNED, days_off=13.9), Verdict.ADD, Reason.CLEAN_REPS, 105),
        (replace(EARNED, days_off=14.0), Verdict.LOWER, Reason.TIME_OFF, 90),
        (replace(EARNED, days_since_pain=1.9), Verdict.REST, Reason.PAIN_NOW, None),
        (replace(EARNED, days_since_pain=2.0), Verdict.LOWER, Reason.PAIN_BEFORE, 90),
        (replace(EARNED, days_since_pain=3.5), Verdict.STAY, Reason.PAIN_LATELY, 100),
        (replace(EARNED, days_since_pain=13.9), Verdict.STAY, Reason.PAIN_LATELY, 100),
        (replace(EARNED, days_since_pain=14.0), Verdict.ADD, Reason.CLEAN_REPS, 105),
        (replace(EARNED, weight=None), Verdict.UNKNOWN, Reason.NO_WEIGHT, None),
    ],
)
def test_what_holds_it_back(
    evidence: Evidence, verdict: Verdict, reason: Reason, kilos: float | None
) -> None:
    weight = None if kilos is None else Weight(kilos)
    assert suggested(evidence) == (verdict, reason, weight)


def test_the_stricter_rule_asks_for_two_sessions_in_a_row() -> None:
    assert suggested(EARNED, rules=STRICT)[1] is Reason.ONE_MORE_SESSION
    assert suggested(replace(EARNED, clean_sessions=2), rules=STRICT)[0] is Verdict.ADD


def test_a_machine_with_coarse_steps_asks_for_more_reps_instead() -> None:
    light = replace(EARNED, weight=Weight(40))
    assert suggested(light) == (Verdict.STAY, Reason.STEP_TOO_LARGE, Weight(40))


def test_several_fine_steps_are_taken_at_once_to_be_worth_it() -> None:
    assert step_up(Weight(100), Weight(0.5), RULES) == Weight(102)


def test_the_step_is_the_machines_and_the_unit_the_lifters() -> None:
    heavier = step_up(Weight(200, Unit.LB), Weight(5), RULES)
    assert heavier is not None
    assert heavier.unit is Unit.LB
    assert round(heavier.amount, 1) == 211.0


@given(
    kilos=st.floats(5, 400).map(lambda value: round(value * 2) / 2),
    step=st.sampled_from([0.5, 1.0, 1.25, 2.5, 5.0, 7.5, 10.0, 20.0]),
)
def test_an_increase_is_always_the_smallest_within_two_and_ten_percent(
    kilos: float, step: float
) -> None:
    heavier = step_up(Weight(kilos), Weight(step), RULES)
    fits = [
        n * step for n in range(1, 100) if 0.02 * kilos <= n * step + 1e-9 <= 0.10 * kilos + 2e-9
    ]
    assert (heavier and round(heavier.amount - kilos, 6)) == (fits[0] if fits else None)


@given(
    kilos=st.floats(20, 400).map(lambda value: round(value * 2) / 2),
    step=st.sampled_from([1.0, 2.5, 5.0]),
)
def test_a_decrease_is_at_least_ten_percent_and_less_than_a_step_more(
    kilos: float, step: float
) -> None:
    less = lighter(Weight(kilos), Weight(step), RULES).amount
    assert less <= 0.9 * kilos + 1e-9
    assert less > 0.9 * kilos - step
    assert less % step == 0


@given(
    evidence=st.builds(
        Evidence,
        weight=st.builds(Weight, st.sampled_from([20, 60, 100, 182.5]), st.sampled_from(Unit)),
        reps=st.integers(1, 30),
        clean=st.sampled_from([True, False, None]),
        clean_sessions=st.integers(0, 3),
        days_off=st.floats(0, 400),
        days_since_pain=st.one_of(st.none(), st.floats(0, 400)),
    )
)
def test_nothing_is_added_without_clean_reps_or_after_pain_or_time_off(evidence: Evidence) -> None:
    it = suggest(evidence, STEP, RULES)
    if it.verdict is Verdict.ADD:
        assert evidence.reps >= 15
        assert evidence.clean
        assert evidence.days_off < 14
        assert evidence.days_since_pain is None or evidence.days_since_pain >= 14
        assert it.weight is not None
        assert evidence.weight is not None
        assert it.weight.amount <= evidence.weight.amount * 1.1 + 1e-9


@pytest.mark.parametrize(
    ("ages_h", "hours_left", "is_too_often"),
    [
        ([], 0, False),
        ([20], 28, False),
        ([48], 0, False),
        ([47.5], 0.5, False),
        ([50, 100], 0, False),
        ([50, 100, 150], 0, True),
        ([50, 100, 169], 0, False),
        ([30, 60, 90, 120], 18, True),
    ],
)
def test_two_days_of_rest_and_three_sessions_in_a_week(
    ages_h: list[float], hours_left: float, is_too_often: bool
) -> None:
    rest = recovery(ages_h, RULES)
    assert (rest.hours_left, rest.is_too_often) == (hours_left, is_too_often)
    assert rest.is_ready == (hours_left == 0)


def test_weights_are_compared_in_one_unit_and_kept_in_theirs() -> None:
    assert Weight(100, Unit.LB).kg == pytest.approx(45.359237, abs=0)
    assert Weight(100).in_unit(Unit.KG) == Weight(100)
    assert Weight(100, Unit.LB).in_unit(Unit.KG) == Weight(45.359237)


def test_the_estimated_best_is_the_weight_itself_for_one_rep() -> None:
    assert estimated_best(Weight(100), 1) == Weight(100)
    assert estimated_best(Weight(90), 10) == Weight(120)


def test_evidence_ages() -> None:
    later = replace(EARNED, days_since_pain=1.0).seen_later(2.0)
    assert (later.days_off, later.days_since_pain) == (5.0, 3.0)
