#!/usr/bin/env python3
"""How exactly a set is on its beat, rendered and at the loudspeaker; prints tables, judges nothing.

In the rendered sound:

- *click onset*: first non-zero sample after silence in a set of clicks, rendered by the mixer the
  coach plays through, against ``start + round(seconds * rate)`` of the plan;
- *drift*: the slope of a straight line through the onsets against the plan, in parts per million;
- *vowel*: when the first stressed vowel of each number word really begins in the rendered sound.
  An utterance of its own, never seen by the clip cache, is synthesised and its vowel timed by
  espeak-ng's phoneme events; where that utterance lies in the rendered set is found by
  cross-correlation. The error is that time against the beat. *estimate* is the same for the
  sound-only estimate that is used where espeak-ng does not tell;
- *length*: from the first to the last sample of a word as it is spoken in a set.

At the loudspeaker: a process of its own plays the same clicks, on beats of ``--beat-s`` seconds,
through the coach's speaker into a virtual sound card that is recorded, idle and under load. A
recogniser, where one listens, decodes noise without a pause in the process that plays; *one core
busy* is another process that spins. Only processor time is shared out worse then: the card has no
clock or buffer of its own that could drift, as a real one has.

- *onset error*: a click's first sample against the grid, less the median delay of its set;
- *gap*: the delay changed by more than a millisecond from one click to the next;
- *cut to silence*: from ``Mixer.cut`` in the player to the last sample of the tone that sounded;
  up to a block of the card, 20 ms, too long rather than too short.

    python scripts/bench_cadence.py [--sets 1] [--reps 15] [--tempo 3-1-2-1] [--beat-s 0.25]
        [--loads idle,busy,recogniser,both] [--words-per-minute 165] [--voice en-us]

The default takes three minutes. 20 sets take 12 minutes a load on beats of a quarter of a second,
and 40 on those of a whole one, as a lifter hears them. Needs pulseaudio, pulseaudio-utils,
libasound2-plugins and espeak-ng.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.app.knowledge import know
from assistant.dialogue.cadence import Cadence, Cue, Phase, Word
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.clips import PacedClips
from assistant.speaking.render import Recording, render
from assistant.speaking.shaping import shape, vowel_onset_s
from assistant.speaking.speaker import LATENCY_S
from assistant.speaking.synthesiser import Synthesiser
from scripts.cadence.loudspeaker import LOADS, Heard, measure
from scripts.cadence.material import TEMPO, onsets, set_of_clicks
from tests.soundcard import missing_programs

RATES = (16_000, 22_050, 44_100, 48_000)
ROWS: tuple[tuple[str, str, Callable[[Heard], str]], ...] = (
    ("clicks heard", "all", lambda it: f"{it.found} of {sum(map(len, it.played.sets))}"),
    ("onset error SD, ms", "<= 2", lambda it: ms(it.error_s.std())),
    ("onset error p99, ms", "<= 5", lambda it: ms(np.percentile(abs(it.error_s), 99))),
    ("onset error max, ms", "<= 10", lambda it: ms(abs(it.error_s).max())),
    ("drift, ppm", "<= 100", lambda it: f"{it.drift_ppm + 0.0:.1f}"),
    ("gaps heard", "0", lambda it: str(it.gaps)),
    ("underruns", "0", lambda it: str(it.played.underruns)),
    ("late cues", "0", lambda it: str(it.played.late)),
    ("cut to silence p50, ms", "", lambda it: ms(np.percentile(it.silent_after_s, 50))),
    ("cut to silence p95, ms", "<= 300", lambda it: ms(np.percentile(it.silent_after_s, 95))),
    ("buffered ahead, ms", "", lambda it: ms(it.played.latency_s)),
)
"""The heading of a row, its goal, and what it tells of a load.

From the end of a spoken "stop" to silence the goal is 300 ms; hearing it takes its share of that.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the beat of the rendered sound of a set.")
    parser.add_argument("--sets", type=int, default=1, help="sets played under each load")
    parser.add_argument("--reps", type=int, default=15)
    parser.add_argument("--tempo", default=TEMPO)
    parser.add_argument("--beat-s", type=float, default=0.25, help="of the sets at the loudspeaker")
    parser.add_argument(
        "--loads",
        type=lambda names: [LOADS[name] for name in names.split(",")],
        default=",".join(LOADS),
        help=f"some of {','.join(LOADS)}",
    )
    parser.add_argument("--words-per-minute", type=int, default=165)
    parser.add_argument("--voice", default="en-us")
    parser.add_argument("--cuts", type=int, default=12, help="tones cut after each set")
    parser.add_argument("--latency-s", type=float, default=LATENCY_S, help="buffered ahead")
    args = parser.parse_args()
    console = Console()
    console.print(rendered_clicks(args.reps, args.tempo))
    with Synthesiser(args.voice) as synthesiser:
        console.print(number_words(synthesiser, args.words_per_minute))
    if missing := missing_programs():
        raise SystemExit(f"no virtual sound card without {', '.join(missing)}")
    names = ("sets", "reps", "tempo", "beat_s", "cuts", "latency_s")
    arguments = [f"--{name.replace('_', '-')}={getattr(args, name)}" for name in names]
    heard = {load.name: measure(load, arguments) for load in args.loads}
    title = f"{args.sets} x {args.reps} x {args.tempo}, beats of {args.beat_s} s"
    console.print(at_the_loudspeaker(heard, f"At the loudspeaker of a virtual sound card: {title}"))


def rendered_clicks(reps: int, tempo: str) -> Table:
    table = Table("rate", "clicks", "error max", "drift", title=f"Rendered: {reps} x {tempo}")
    cadence = set_of_clicks(reps, tempo)
    for rate in RATES:
        recording = render(cadence, PacedClips(rate), 165)
        planned = recording.cues[0].frame + np.array(
            [round(at_s * rate) for at_s in sorted({cue.at_s for cue in cadence.cues})]
        )
        found = onsets(recording.samples, rate)
        if len(found) != len(planned):
            table.add_row(f"{rate}", f"{len(found)} of {len(planned)}", "-", "-")
            continue
        slope = np.polyfit(planned, found, 1)[0]
        worst = int(np.abs(found - planned).max())
        drift = f"{(slope - 1) * 1e6 + 0.0:.3f} ppm"
        table.add_row(f"{rate}", f"{len(found)}", f"{worst} samples", drift)
    return table


def ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f}"


def at_the_loudspeaker(results: dict[str, Heard], title: str) -> Table:
    table = Table("what", "goal", *results, title=title)
    for heading, goal, tell in ROWS:
        table.add_row(heading, goal, *(tell(heard) for heard in results.values()))
    return table


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
