"""What is written is what was trained, and libvosk understands it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needed for training only")

from scripts.voice_model.acoustic import model_file, read_model  # noqa: E402
from scripts.voice_model.export import cautious  # noqa: E402
from scripts.voice_model.network import (  # noqa: E402
    AHEAD,
    BACK,
    Network,
    network_of,
    weights_of,
)
from scripts.voice_model.units import COUNT, tie_units  # noqa: E402
from tests.voice_model.ten_words import COACH  # noqa: E402

UNITS = tie_units(np.ones((12, COUNT)), 1)
FEATURES = torch.randn(2, 30, 40, generator=torch.Generator().manual_seed(1))


def network(outputs: int = UNITS.outputs) -> Network:
    """A small network that computes something."""
    torch.manual_seed(1)
    made = Network(outputs, 32, 8)
    torch.nn.init.normal_(made.out.weight)
    made.normalise_inputs(np.full(40, 0.5, np.float32), np.full(40, 2.0, np.float32))
    made.train()
    made(FEATURES)  # batch normalisation has seen something
    made.eval()
    return made


def test_a_written_model_computes_the_same_when_it_is_read() -> None:
    made = network()
    before = made(FEATURES)
    units, weights = read_model(model_file(UNITS, weights_of(made)))
    assert np.array_equal(units.phones, UNITS.phones)
    assert torch.allclose(network_of(weights).eval()(FEATURES), before, atol=1e-4)


def test_the_embedded_model_is_written_byte_by_byte_as_it_was() -> None:
    data = (COACH / "am" / "final.mdl").read_bytes()
    units, weights = read_model(data)
    assert model_file(units, weights_of(network_of(weights))) == data


def test_normalising_inputs_changes_nothing_that_is_computed() -> None:
    made = network()
    before = made(FEATURES)
    made.normalise_inputs(np.full(40, -3.0, np.float32), np.full(40, 0.3, np.float32))
    assert torch.allclose(made(FEATURES), before, atol=1e-4)


def test_each_output_looks_at_the_frames_around_it_only() -> None:
    made = network()
    assert made(FEATURES).shape == (2, 10, UNITS.outputs)
    long = FEATURES.repeat(1, 10, 1)
    changed = long.clone()
    changed[:, 150] += 1.0
    differs = (made(long) != made(changed)).any(dim=2).any(dim=0)
    assert differs.nonzero()[[0, -1], 0].tolist() == [-((AHEAD - 150) // 3), (150 + BACK) // 3]


def test_a_stop_waits_for_little_that_comes_after_it() -> None:
    assert AHEAD <= 16  # frames of 10 ms


def test_caution_favours_unknown_speech_only() -> None:
    bias = np.zeros(UNITS.outputs, np.float32)
    raised = cautious(bias, UNITS, 0.25)
    assert np.flatnonzero(raised).tolist() == [2, 3]
    assert set(raised[2:4].tolist()) == {0.25}


EXPORT = """
import sys
from pathlib import Path
from scripts.voice_model.checkpoint import read_folder
from scripts.voice_model.export import export
from tests.voice_model.ten_words import COACH, costs, lexicon
export(read_folder(COACH), lexicon(), costs(), Path(sys.argv[1]))
"""

DECODE = """
import json, sys
import soundfile, soxr, vosk
vosk.SetLogLevel(-1)
samples, rate = soundfile.read(sys.argv[2], dtype="int16")
recogniser = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16_000)
recogniser.AcceptWaveform(soxr.resample(samples, rate, 16_000).tobytes())
print(json.loads(recogniser.FinalResult())["text"])
"""


@pytest.mark.skipif(shutil.which("fstcompile") is None, reason="libfst-tools is not installed")
def test_libvosk_hears_with_an_exported_model_of_phones_in_context(tmp_path: Path) -> None:
    folder, file = tmp_path / "model", tmp_path / "said.wav"
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", EXPORT, str(folder)], cwd=root, check=True)
    subprocess.run(["espeak-ng", "-s", "140", "-w", str(file), "start again"], check=True)
    command = [sys.executable, "-c", DECODE, str(folder), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "start again"
    assert json.dumps(sorted(path.name for path in folder.iterdir())) == '["am", "conf", "graph"]'
