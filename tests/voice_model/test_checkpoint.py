"""What was trained is found again, in a checkpoint and in a model folder."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needed for training only")

from assistant.complaint import Complaint  # noqa: E402
from scripts.voice_model.checkpoint import Trained, load, read_folder, save  # noqa: E402
from tests.voice_model.ten_words import COACH  # noqa: E402
from tests.voice_model.test_export import FEATURES, UNITS, network  # noqa: E402


def test_a_checkpoint_is_read_as_it_was_saved(tmp_path: Path) -> None:
    made = network()
    save(Trained(made, UNITS, np.arange(40.0), 7), tmp_path / "checkpoint.pt")
    found = load(tmp_path / "checkpoint.pt")
    assert torch.equal(found.network.eval()(FEATURES), made(FEATURES))
    assert np.array_equal(found.units.table, UNITS.table)
    assert found.frames == 7


def test_without_a_checkpoint_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="there is no checkpoint; train first"):
        load(tmp_path / "checkpoint.pt")


def test_the_embedded_model_is_one_to_go_on_from() -> None:
    found = read_folder(COACH)
    assert found.units.outputs == len(found.network.out.bias)
    assert found.mean.shape == (40,)
    assert found.frames > 0


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="no model to go on from"):
        read_folder(tmp_path)
