import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from assistant.commands import transcribe
from assistant.complaint import Complaint
from assistant.hearing.recogniser import RATE
from assistant.sound.wav import write
from tests.hearing.voices import spoken

ORDERS = """
intents:
  Order:
    data:
      - sentences: ["[i want] [a] [{size}] {drink} [with {n} sugar[s]] [and [a] frobnicate]"]
lists:
  size: {values: [small, large]}
  drink: {values: [coffee, {in: "(cappuccino|latte)", out: milky}]}
  n: {range: {from: 1, to: 9}}
"""
FIELDS = {"file", "text", "intent", "slots", "audio_seconds", "compute_seconds"}


def arguments(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    transcribe.add_parser(parser.add_subparsers())
    return parser.parse_args(["transcribe", *given])


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def orders(tmp_path: Path) -> str:
    file = tmp_path / "orders.yaml"
    file.write_text(ORDERS, encoding="utf-8")
    return str(file)


def save(folder: Path, text: str, name: str = "a.wav") -> str:
    write(folder / name, spoken(text), RATE)
    return str(folder / name)


def test_own_sentences_are_the_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(tmp_path, "start set of twelve")
    assert arguments(file, "--json").run(arguments(file, "--json")) == 0
    (line,) = lines(capsys)
    assert line.keys() == FIELDS
    assert (line["file"], line["text"]) == (file, "start set of twelve")
    assert (line["intent"], line["slots"]) == ("StartSet", {"reps": 12})
    assert line["audio_seconds"] > 1
    assert 0 < line["compute_seconds"] < line["audio_seconds"]


def test_another_domain_and_a_word_the_model_lacks(
    tmp_path: Path, orders: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = save(tmp_path, "i want a small cappuccino with two sugars")
    assert transcribe.run(arguments(file, "--sentences", orders, "--json")) == 0
    output = capsys.readouterr()
    line = json.loads(output.out)
    assert line["slots"] == {"size": "small", "drink": "milky", "n": 2}
    assert '"frobnicate" is not known' in output.err


def test_speech_outside_the_sentences_has_no_intent(
    tmp_path: Path, orders: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = save(tmp_path, "the weather is very nice today")
    assert transcribe.run(arguments(file, "--sentences", orders, "--json")) == 0
    (line,) = lines(capsys)
    assert (line["intent"], line["slots"]) == (None, {})


@pytest.mark.parametrize("change", ["quiet", "8 kHz stereo", "pause", "noise"])
def test_poor_recordings_are_understood(
    tmp_path: Path, orders: str, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    sound, rate = spoken("i want a large coffee"), RATE
    more: list[str] = []
    match change:
        case "quiet":
            sound = sound * np.float32(0.01)
        case "8 kHz stereo":
            sound, rate = np.repeat(sound[::2, np.newaxis], 2, axis=1), RATE // 2
        case "pause":
            pause = np.zeros(RATE, np.float32)
            sound = np.concatenate([spoken("i want a"), pause, spoken("large coffee")])
        case "noise":
            hiss = np.random.default_rng(3).normal(0, 0.1, RATE).astype(np.float32)
            write(tmp_path / "hiss.wav", hiss, RATE)
            more = ["--noise", str(tmp_path / "hiss.wav"), "--snr", "18"]
    soundfile.write(tmp_path / "a.wav", sound, rate)
    transcribe.run(arguments(str(tmp_path / "a.wav"), "--sentences", orders, "--json", *more))
    (line,) = lines(capsys)
    assert line["slots"] == {"size": "large", "drink": "coffee"}


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, orders: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.wav").write_bytes(b"no sound")
    good = save(tmp_path, "coffee")
    command = [str(tmp_path / "bad.wav"), good, "--sentences", orders, "--json"]
    assert transcribe.run(arguments(*command)) == 2
    output = capsys.readouterr()
    assert json.loads(output.out)["intent"] == "Order"
    assert "bad.wav: this is not a sound file" in " ".join(output.err.split())


def test_people_get_a_table(
    tmp_path: Path, orders: str, capsys: pytest.CaptureFixture[str]
) -> None:
    transcribe.run(arguments(save(tmp_path, "large coffee"), "--sentences", orders))
    output = capsys.readouterr().out
    assert "a.wav" in output
    assert "size=large" in output


def test_noise_and_its_level_belong_together(tmp_path: Path, orders: str) -> None:
    with pytest.raises(Complaint, match="belong together"):
        transcribe.run(arguments(save(tmp_path, "coffee"), "--sentences", orders, "--snr", "6"))


def test_sentences_that_mean_two_things_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = tmp_path / "both.yaml"
    both.write_text(
        "intents:\n"
        "  A: {data: [{sentences: [stop now]}]}\n"
        "  B: {data: [{sentences: ['stop [right] now']}]}\n",
        encoding="utf-8",
    )
    file = save(tmp_path, "stop now")

    assert transcribe.run(arguments(file, "--sentences", str(both), "--json")) == 0

    output = capsys.readouterr()
    assert f'{both}: "stop now" means both A and B; the first is taken.' in output.err.replace(
        "\n", " "
    )
    assert json.loads(output.out)["intent"] == "A"
