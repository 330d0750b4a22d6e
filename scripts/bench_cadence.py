#!/usr/bin/env python3
"""How exactly a set is on its beat, in the rendered sound; prints tables and judges nothing.

What is measured, and how:

- *click onset*: first non-zero sample after silence in a set of clicks, rendered by the mixer the
  coach plays through, against ``start + round(seconds * rate)`` of the plan;
- *drift*: the slope of a straight line through the onsets against the plan, in parts per million;
- *vowel*: when the first stressed vowel of each number word really begins in the rendered sound.
  An utterance of its own, never seen by the clip cache, is synthesised and its vowel timed by
  espeak-ng's phoneme events; where that utterance lies in the rendered set is found by
  cross-correlation. The error is that time against the beat. *estimate* is the same for the
  sound-only estimate that is used where espeak-ng does not tell;
- *length*: from the first to the last sample of a word as it is spoken in a set.

    python scripts/bench_cadence.py [--reps 15] [--words-per-minute 165] [--voice en-us]
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from assistant.app.knowledge import know
from assistant.content.training import Tempo
from assistant.dialogue.cadence import Cadence, Cue, Phase, Word
from assistant.dialogue.planner import plan
from assistant.dialogue.session import Verbosity
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import PacedClips
from assistant.speaking.render import Recording, render
from assistant.speaking.shaping import shape, vowel_onset_s
from assistant.speaking.synthesiser import Synthesiser

RATES = (16_000, 22_050, 44_100, 48_000)
TEMPO = Tempo(3, 1, 2, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the beat of the rendered sound of a set.")
    parser.add_argument("--reps", type=int, default=15)
    parser.add_argument("--words-per-minute", type=int, default=165)
    parser.add_argument("--voice", default="en-us")
    args = parser.parse_args()
    console = Console()
    console.print(rendered_clicks(args.reps))
    with Synthesiser(args.voice) as synthesiser:
        console.print(number_words(synthesiser, args.words_per_minute))


def set_of_clicks(reps: int) -> Cadence:
    """The clicks of a set at the standard tempo; the sound-card half plays the same."""
    words = know(Settings()).content.training.words
    return plan(TEMPO, reps, words=words, verbosity=Verbosity.CLICKS)


def rendered_clicks(reps: int) -> Table:
    table = Table("rate", "clicks", "error max", "drift", title=f"Rendered: {reps} x {TEMPO}")
    cadence = set_of_clicks(reps)
    for rate in RATES:
        recording = render(cadence, PacedClips(rate), 165)
        planned = recording.cues[0].frame + np.array(
            [round(at_s * rate) for at_s in sorted({cue.at_s for cue in cadence.cues})]
        )
        found = onsets(recording)
        if len(found) != len(planned):
            table.add_row(f"{rate}", f"{len(found)} of {len(planned)}", "-", "-")
            continue
        slope = np.polyfit(planned, found, 1)[0]
        worst = int(np.abs(found - planned).max())
        drift = f"{(slope - 1) * 1e6 + 0.0:.3f} ppm"
        table.add_row(f"{rate}", f"{len(found)}", f"{worst} samples", drift)
    return table


def onsets(recording: Recording) -> NDArray[np.intp]:
    """Frames of the first sample after a fifth of a second of silence."""
    sounding = np.flatnonzero(recording.samples)
    after_silence = np.diff(sounding, prepend=-recording.rate) > recording.rate // 5
    return sounding[after_silence]


def number_words(synthesiser: Synthesiser, words_per_minute: int) -> Table:
    training = know(Settings()).content.training
    words = training.words
    with tempfile.TemporaryDirectory() as folder:
        stores = {rate: ClipStore(synthesiser, rate, Path(folder)) for rate in RATES}
        errors: dict[str, list[float]] = {}
        estimates: dict[str, float] = {}
        lengths: dict[str, float] = {}
        for word in words.numbers:
            clip = stores[48_000].clip(word, words_per_minute, words.number_s)
            lengths[word] = len(clip) / 48_000
            pace = spoken_pace(synthesiser, word, lengths[word], words_per_minute)
            for store in stores.values():
                cue = Cue(0.5, 1, Phase.DONE, Word(word, words.number_s))
                recording = render(Cadence((cue,), 2.0), store, words_per_minute)
                error, estimate = vowel_error_ms(recording, synthesiser, word, pace)
                errors.setdefault(word, []).append(error)
                estimates[word] = estimate
    return word_table(errors, estimates, lengths)


def spoken_pace(synthesiser: Synthesiser, word: str, length_s: float, words_per_minute: int) -> int:
    """The pace at which a word was spoken to fit, found again from its length."""

    def difference(pace: int) -> float:
        speech = synthesiser.render(word, pace)
        return abs(len(shape(speech.samples, speech.rate, 48_000)) / 48_000 - length_s)

    if difference(words_per_minute) < 0.02:
        return words_per_minute
    return min(range(words_per_minute, 450, 4), key=difference)


def vowel_error_ms(
    recording: Recording, synthesiser: Synthesiser, word: str, pace: int
) -> tuple[float, float]:
    """Milliseconds from the beat to the vowel in the sound, and the error of the estimate."""
    speech = synthesiser.render(word, pace, time_vowel=True)
    fresh = soxr.resample(speech.samples, speech.rate, recording.rate)
    lag = int(np.argmax(correlate(recording.samples, fresh))) - (len(fresh) - 1)
    beat = recording.cues[0].frame
    estimate_s = vowel_onset_s(speech.samples, speech.rate)
    vowel_s = speech.vowel_s if speech.vowel_s is not None else float("nan")
    in_sound_s = lag / recording.rate + vowel_s
    return (in_sound_s - beat / recording.rate) * 1e3, (estimate_s - vowel_s) * 1e3


def correlate(sound: Samples, part: Samples) -> NDArray[np.float64]:
    """Likeness of the sound to the part, by the frame on which the part ends."""
    size = len(sound) + len(part) - 1
    product = np.fft.rfft(sound, size) * np.fft.rfft(part[::-1], size)
    return np.fft.irfft(product, size)


def word_table(
    errors: dict[str, list[float]], estimates: dict[str, float], lengths: dict[str, float]
) -> Table:
    title = "Number words at 16, 22.05, 44.1 and 48 kHz: vowel against beat"
    table = Table("word", "length s", "vowel error ms, worst", "estimate's error ms", title=title)
    for word, values in errors.items():
        worst = max(values, key=abs)
        table.add_row(word, f"{lengths[word]:.3f}", f"{worst:+.1f}", f"{estimates[word]:+.1f}")
    every = np.abs([value for values in errors.values() for value in values])
    guesses = np.array(list(estimates.values()))
    table.add_section()
    table.add_row(
        "all",
        f"max {max(lengths.values()):.3f}",
        f"max {every.max():.1f}, p95 {np.percentile(every, 95):.1f}",
        f"rms {np.sqrt(np.mean(guesses**2)):.1f}, max {np.abs(guesses).max():.1f}",
    )
    return table


if __name__ == "__main__":
    main()
