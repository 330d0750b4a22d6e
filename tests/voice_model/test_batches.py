"""Examples as training takes them."""

import random

import numpy as np
import pytest

for needed in ("kaldi_native_fbank", "torch"):
    pytest.importorskip(needed, reason="needed for training only")

import torch  # noqa: E402

from scripts.voice_model.batches import Batches  # noqa: E402
from scripts.voice_model.features import DIM  # noqa: E402
from scripts.voice_model.preparation import Example, Examples  # noqa: E402
from scripts.voice_model.pronouncing import Mishearing  # noqa: E402
from tests.voice_model.ten_words import lexicon  # noqa: E402

HELD_OUT = 400
TRAINED_ON = 100
FRAMES = 90


def quiet_but_for_a_moment() -> Examples:
    """Utterances that are loud for a fifth of a second, each at a time of its own."""
    chance = np.random.default_rng(1)
    count = HELD_OUT + TRAINED_ON
    rows = chance.normal(0, 1, (count, FRAMES, DIM)).astype(np.float16)
    for row in rows:
        at = chance.integers(10, FRAMES - 30)
        row[at : at + 20, 0] += 60
    listed = [Example(FRAMES * number, FRAMES, "people", "two") for number in range(count)]
    return Examples(rows.reshape(-1, DIM), listed)


def batches(company: float = 0.0) -> Batches:
    chance = random.Random(1)  # noqa: S311  (no secret)
    return Batches(quiet_but_for_a_moment(), lexicon(), Mishearing(), chance, company)


def loud_frames(made: Batches) -> float:
    """Share of frames that are far above the least of their utterance."""
    features = torch.cat([batch.features.flatten(0, 1) for batch in made.epoch()])
    return float((features[:, 0] > features[:, 0].median() + 10).float().mean())


def test_an_epoch_is_every_example_that_is_not_held_out_once() -> None:
    made = batches()
    assert sum(len(batch.graphs) for batch in made.epoch()) == TRAINED_ON
    assert sum(len(batch.graphs) for batch in made.held_out()) == HELD_OUT


def test_what_is_held_out_is_neither_paced_nor_talked_into() -> None:
    for batch in batches(company=1.0).held_out():
        assert FRAMES - 2 <= batch.features.shape[1] <= FRAMES


def test_what_is_trained_on_has_another_pace_now_and_then() -> None:
    lengths = {batch.features.shape[1] for batch in batches().epoch()}
    assert max(lengths) > FRAMES


def test_in_company_others_are_heard_besides() -> None:
    alone, amid_talk = loud_frames(batches()), loud_frames(batches(company=1.0))
    assert amid_talk > 1.2 * alone
