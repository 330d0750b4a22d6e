"""The two commands say in one sentence what is missing."""

import json
from pathlib import Path

import pytest

for needed in ("torch", "scipy", "kaldi_native_fbank", "pocketsphinx"):
    pytest.importorskip(needed, reason="needed for training only")

from assistant.hearing.models import embedded_model  # noqa: E402
from scripts.hearing.people import closed_set  # noqa: E402
from scripts.voice_model import comparison, pipeline  # noqa: E402
from scripts.voice_model.corpus import Recording, write_manifest  # noqa: E402
from scripts.voice_model.evaluation import VoskHearing, measure  # noqa: E402
from scripts.voice_model.trials import Trial, TrialSet  # noqa: E402


def test_a_folder_without_a_manifest_is_no_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--corpus", str(tmp_path), "--out", str(tmp_path / "model")]
    assert pipeline.main(options) == 2
    assert "a corpus needs a manifest.tsv" in capsys.readouterr().err


def test_a_corpus_without_training_speech_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_manifest(tmp_path, [Recording(tmp_path / "a.wav", 1.0, "", "stop", "dev", "mine")])
    options = ["--corpus", str(tmp_path), "--out", str(tmp_path / "model")]
    assert pipeline.main(options) == 2
    assert "their part must be train" in capsys.readouterr().err


def test_nothing_is_exported_before_there_is_a_checkpoint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--corpus", str(tmp_path), "--out", str(tmp_path / "model"), "--export-only"]
    assert pipeline.main(options) == 2
    assert "train first" in capsys.readouterr().err


def test_comparing_needs_a_corpus_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert comparison.main(["--one", "--corpus", str(tmp_path), str(embedded_model())]) == 2
    assert "a corpus needs a manifest.tsv" in capsys.readouterr().err


class Parrot:
    """Hears what it is told to."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)

    def hear(self, pcm: bytes) -> str:
        assert pcm
        return self._texts.pop(0)


def test_answers_are_right_wrong_or_rejected() -> None:
    import numpy as np

    sound = np.full(16_000, 0.1, np.float32)
    trials = [Trial(said, sound) for said in ("stop now", "stop now", "stop now", "", "")]
    answered = TrialSet("row", closed_set(["stop now", "go on"]), trials)
    parrot = Parrot("stop now", "go on", "[unk]", "go on", "")
    figures = json.loads(measure([answered], lambda _: parrot).as_json())
    assert figures["rows"] == {"row": {"right": 1, "wrong": 2, "rejected": 2}}
    assert figures["hours"]["row"] == pytest.approx(5 / 3600)


def test_silence_is_not_understood_by_the_embedded_model() -> None:
    import numpy as np

    ears = VoskHearing(embedded_model(), closed_set(["stop now", "go on"]))
    assert ears.hear(np.zeros(16_000, np.int16).tobytes()) in ("", "[unk]")
