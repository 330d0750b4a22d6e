"""The transducer turns frames of sound into words, and libvosk decodes with it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile
import soxr

from assistant.hearing.models import model_fault
from scripts.voice_model.graph import (
    Arc,
    Transducer,
    forward_transition,
    in_context,
    lexicon_transducer,
    loop_transition,
    with_transitions,
)
from scripts.voice_model.lexicon import PHONE_IDS, Lexicon
from scripts.voice_model.units import CONTEXT_AFTER, COUNT, NO_CONTEXT, Units, tie_units
from tests.voice_model.ten_words import lexicon

ROOT = Path(__file__).resolve().parents[2]

needs_openfst = pytest.mark.skipif(
    shutil.which("fstcompile") is None, reason="libfst-tools is not installed"
)


def phones(text: str) -> list[int]:
    return [PHONE_IDS[phone] for phone in text.split()]


@pytest.fixture
def units() -> Units:
    """Every phone in every context has a unit of its own."""
    import numpy as np

    return tie_units(np.ones((12, COUNT)), 1)


def frames(said: list[int], units: Units, length: int) -> list[int]:
    """Transitions of these phones, each so many frames long."""
    transitions = []
    context = NO_CONTEXT
    for phone in said:
        unit = int(units.table[NO_CONTEXT if phone < 2 else context, phone])
        transitions += [forward_transition(unit)] + [loop_transition(unit)] * (length - 1)
        context = int(CONTEXT_AFTER[phone])
    return transitions


def words_of(transducer: Transducer, reads: list[int], silent: set[int]) -> set[tuple[int, ...]]:
    """All that a transducer writes for an input, its silent symbols read at will."""
    found: set[tuple[int, ...]] = set()
    waiting: set[tuple[int, int, tuple[int, ...]]] = {(0, 0, ())}
    leaving: dict[int, list[Arc]] = {}
    for arc in transducer.arcs:
        leaving.setdefault(arc.origin, []).append(arc)
    seen = set()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        state, place, written = here
        if place == len(reads) and state in transducer.finals:
            found.add(written)
        for arc in leaving.get(state, []):
            more = (*written, arc.writes) if arc.writes else written
            if arc.reads == 0 or arc.reads in silent:
                waiting.add((arc.target, place, more))
            elif place < len(reads) and arc.reads == reads[place]:
                waiting.add((arc.target, place + 1, more))
    return found


@pytest.mark.parametrize("length", [1, 3])
@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("S T AA P", {("stop",)}),
        ("SIL S T AA P SIL P AO Z", {("stop", "pause")}),
        ("T UW", {("two",), ("too",)}),
        ("AH SIL", {("a",)}),
        ("AH G EY N AH V", {("again", "of")}),
        ("S T", set()),
        ("", {()}),
    ],
)
def test_frames_become_the_words_that_sound_so(
    said: str, written: set[tuple[str, ...]], length: int, units: Units
) -> None:
    known = lexicon()
    ids = {word: number for number, word in enumerate(known.words, 1)}
    plain, symbols = lexicon_transducer(known, ids)
    transducer = with_transitions(in_context(plain), units)
    silent = set(range(units.outputs + 1, units.outputs + 1 + symbols))
    heard = words_of(transducer, frames(phones(said), units, length), silent)
    assert heard == {tuple(ids[word] for word in words) for words in written}


def test_a_phone_in_another_context_is_not_read(units: Units) -> None:
    known = lexicon()
    ids = {word: number for number, word in enumerate(known.words, 1)}
    plain, symbols = lexicon_transducer(known, ids)
    transducer = with_transitions(in_context(plain), units)
    wrong = frames(phones("SIL P AO Z"), units, 2)[2:]
    stop = frames(phones("S T AA P"), units, 2)
    silent = set(range(units.outputs + 1, units.outputs + 1 + symbols))
    assert words_of(transducer, wrong, silent) != set()
    assert words_of(transducer, stop + wrong, silent) == set()


def test_only_words_that_could_be_confused_get_disambiguation_symbols() -> None:
    known = Lexicon({"two": (tuple(phones("T UW")),), "stop": (tuple(phones("S T AA P")),)})
    _, symbols = lexicon_transducer(known, {"two": 1, "stop": 2})
    assert symbols == 1  # that of silence
    _, symbols = lexicon_transducer(lexicon(), dict.fromkeys(lexicon().words, 1))
    assert symbols == 3  # silence, a first homophone or beginning, a second homophone


@needs_openfst
def test_libvosk_hears_a_command_with_a_graph_of_ten_words(tmp_path: Path) -> None:
    import vosk

    folder = tmp_path / "model"
    command = [sys.executable, "-m", "tests.voice_model.ten_words", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert model_fault(folder) is None
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(folder))
    assert model.vosk_model_find_word("[unk]") > 0
    assert model.vosk_model_find_word("grumpf") < 0
    assert heard(model, "start again", tmp_path) == "start again"
    assert heard(model, "set of twenty", tmp_path, '["set of twenty", "pause"]') == "set of twenty"


def heard(model: object, text: str, folder: Path, *grammar: str) -> str:
    import vosk

    file = folder / "said.wav"
    subprocess.run(["espeak-ng", "-s", "140", "-w", str(file), text], check=True)
    samples, rate = soundfile.read(file, dtype="int16")
    recogniser = vosk.KaldiRecognizer(model, 16_000, *grammar)
    recogniser.AcceptWaveform(soxr.resample(samples, rate, 16_000).tobytes())
    found: str = json.loads(recogniser.FinalResult())["text"]
    return found


def test_a_table_of_units_is_read_as_it_was_written(units: Units, tmp_path: Path) -> None:
    units.write(tmp_path / "units.txt")
    again = Units.read(tmp_path / "units.txt")

    assert (again.table == units.table).all()
    assert (again.phones == units.phones).all()
