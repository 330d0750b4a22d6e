"""The real synthesiser: it speaks, and it survives whatever happens to its worker."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.speaking.clips import SynthesisFailed
from assistant.speaking.phoneme_times import first_stressed
from assistant.speaking.synthesiser import Synthesiser


@pytest.fixture(scope="module")
def synthesiser() -> Iterator[Synthesiser]:
    with Synthesiser(timeout_s=1.0) as one:
        yield one


def worker_of(synthesiser: Synthesiser) -> int:
    assert synthesiser.worker_pid is not None
    return synthesiser.worker_pid


def script(folder: Path, code: str) -> tuple[str, str]:
    """A worker that is not the real one."""
    file = folder / "worker.py"
    file.write_text(code)
    return sys.executable, str(file)


def test_a_text_becomes_sound_as_long_as_speech_is(synthesiser: Synthesiser) -> None:
    speech = synthesiser.render("breathe in and brace", 165)
    assert 1.0 < len(speech.samples) / speech.rate < 2.5
    assert abs(speech.samples).max() > 0.1


def test_a_faster_pace_is_shorter(synthesiser: Synthesiser) -> None:
    slow, fast = (synthesiser.render("breathe in and brace", pace) for pace in (120, 240))
    assert len(fast.samples) < 0.7 * len(slow.samples)


def test_each_text_has_its_own_sound_never_that_of_the_one_before(
    synthesiser: Synthesiser,
) -> None:
    long, short = (synthesiser.render(text, 165) for text in ("breathe in and brace", "one"))
    assert len(short.samples) < len(long.samples) / 1.5


def test_no_utterance_is_lost_or_spoken_at_the_pace_of_the_one_before(
    synthesiser: Synthesiser,
) -> None:
    for _ in range(20):
        slow, fast = (synthesiser.render("rack it", pace) for pace in (165, 449))
        assert 0 < len(fast.samples) < 0.6 * len(slow.samples)


def test_nothing_to_say_is_no_sound(synthesiser: Synthesiser) -> None:
    assert len(synthesiser.render(" \n", 165).samples) == 0


@pytest.mark.parametrize("text", ["...", "naïve café", 'a "quoted" line\nand another', "x" * 500])
def test_odd_texts_are_answered(synthesiser: Synthesiser, text: str) -> None:
    assert len(synthesiser.render(text, 165).samples) > 0


def test_the_time_of_the_stressed_vowel_is_told_where_it_is_asked_for(
    synthesiser: Synthesiser,
) -> None:
    eight, eleven = (synthesiser.render(word, 165, time_vowel=True) for word in ("eight", "eleven"))
    assert eight.vowel_s == 0
    assert eleven.vowel_s is not None
    assert 0.1 < eleven.vowel_s < 0.2
    assert synthesiser.render("eleven", 165).vowel_s is None


def test_a_worker_that_was_killed_is_replaced_and_the_text_is_spoken(
    synthesiser: Synthesiser,
) -> None:
    synthesiser.render("one", 165)
    old = worker_of(synthesiser)
    os.kill(old, signal.SIGKILL)
    assert len(synthesiser.render("two", 165).samples) > 0
    assert worker_of(synthesiser) != old


def test_a_worker_that_hangs_is_killed_and_the_text_is_spoken(synthesiser: Synthesiser) -> None:
    synthesiser.render("one", 165)
    old = worker_of(synthesiser)
    os.kill(old, signal.SIGSTOP)
    assert len(synthesiser.render("two", 165).samples) > 0
    with pytest.raises(ProcessLookupError):
        os.kill(old, 0)


def test_a_worker_that_keeps_dying_is_a_failure_that_says_so(tmp_path: Path) -> None:
    hello_then_death = script(tmp_path, """print('{"ok": true, "engine": "x"}', flush=True)""")
    with (
        Synthesiser(command=hello_then_death) as synthesiser,
        pytest.raises(SynthesisFailed, match="failed twice: it has ended"),
    ):
        synthesiser.render("one", 165)


def test_a_worker_that_says_nothing_in_time_is_a_failure_that_says_so(tmp_path: Path) -> None:
    hello_then_silence = script(
        tmp_path,
        """import sys\nprint('{"ok": true, "engine": "x"}', flush=True)\nsys.stdin.read()""",
    )
    with (
        Synthesiser(command=hello_then_silence, timeout_s=0.05) as synthesiser,
        pytest.raises(SynthesisFailed, match=r"no answer within 0\.05 s"),
    ):
        synthesiser.render("one", 165)


def test_a_worker_that_answers_nonsense_is_a_failure(tmp_path: Path) -> None:
    with (
        Synthesiser(command=script(tmp_path, "print('Audio saved')")) as synthesiser,
        pytest.raises(SynthesisFailed, match="nonsense"),
    ):
        assert synthesiser.identity


def test_a_missing_library_is_one_sentence_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_text("no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with (
        Synthesiser() as synthesiser,
        pytest.raises(Complaint, match="sudo apt install espeak-ng libespeak-ng1"),
    ):
        synthesiser.render("one", 165)


def test_an_unknown_voice_is_named() -> None:
    with (
        Synthesiser("xx-nobody") as synthesiser,
        pytest.raises(Complaint, match="no voice 'xx-nobody'"),
    ):
        synthesiser.render("one", 165)


@pytest.mark.parametrize(("voice", "pitch"), [("mb-us1", 50), ("en-us", 101), ("en-us", -1)])
def test_a_voice_that_cannot_sound_right_is_refused_at_once(voice: str, pitch: int) -> None:
    with pytest.raises(Complaint):
        Synthesiser(voice, pitch)


def test_the_identity_names_everything_that_decides_the_sound(synthesiser: Synthesiser) -> None:
    assert synthesiser.identity.startswith("espeak-ng 1.")
    for part in ("pyttsx3 2.", "en-us", "pitch 50"):
        assert part in synthesiser.identity


@pytest.mark.parametrize(
    ("spelt", "names", "expected"),
    [
        ("s'Ev@n", "s E v @ n", 1),
        ("I#l'Ev@n", "I# l E v @ n", 2),
        ("'eIt", "eI t", 0),
        ("Tr'i: l'Eft", "_: T r i: l E f t", 3),
        ("@n", "@ n", None),
        ("s'Ev@n", "z E v @ n", None),
        ("", "_:", None),
    ],
)
def test_the_stressed_vowel_is_the_first_phoneme_after_a_stress_mark(
    spelt: str, names: str, expected: int | None
) -> None:
    phonemes = [(name, float(at)) for at, name in enumerate(names.split())]
    assert first_stressed(spelt, phonemes) == expected
