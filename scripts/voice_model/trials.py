"""What a model is measured on: sounds that no training has used, and what they say."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.mix import in_a_quiet_room, with_noise
from scripts.hearing.people import closed_set

from .augmentation import measuring_half
from .corpus import DEV, NOISE, RATE, Recording, Samples, read_sound
from .synthesis import speak, trimmed, voices_kept_out
from .wording import COMMANDS, OTHER_DOMAINS, Draw, Wording

_PHRASES: Final = 300
_CLOSED_SET: Final = 30
"""Phrases that are told apart at a time."""
_KITCHEN: Final = ("doing_the_dishes", "running_tap")
_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Trial:
    """One utterance."""

    said: str
    """Empty where nothing of what is said should be understood."""
    sound: Samples
    """At 16 kHz, between -1 and 1."""


@dataclass(frozen=True, slots=True)
class TrialSet:
    """Utterances to be heard with one grammar."""

    row: str
    """Row of the table that the figures go to."""
    sentences: Sentences
    trials: Sequence[Trial]


def human_tests(recordings: Sequence[Recording], words: Sequence[Recording]) -> Iterator[TrialSet]:
    """What people kept out of training say, each within a closed set.

    Args:
        recordings: a corpus; phrases and digits of its people are used.
        words: single words of such people.
    """
    yield from _told_apart("people, phrases", _phrases(recordings))
    yield from _told_apart("people, single words", _single(words))
    digits = [one for one in recordings if one.part == DEV and one.text in _DIGITS]
    yield TrialSet("people, digits", closed_set(_DIGITS), _as_heard(digits))


def command_tests(
    wording: Wording, root: Path, recordings: Sequence[Recording], count: int
) -> Iterator[TrialSet]:
    """Commands of the product and orders of other domains, in voices kept out of training."""
    kitchen = np.concatenate(
        [measuring_half(read_sound(one.path)) for one in recordings if _is_kitchen(one)]
    )
    for name, places, source in (
        ("commands", root / COMMANDS, wording.command),
        ("other orders", OTHER_DOMAINS, wording.order),
    ):
        sentences = load_sentences(places)
        spoken = list(_spoken(source, count))
        for snr in (None, 12.0, 6.0):
            row = f"{name}, clean" if snr is None else f"{name}, {snr:.0f} dB"
            trials = [
                Trial(text, _in_kitchen(sound, kitchen, snr, place))
                for place, (text, sound) in enumerate(spoken)
            ]
            yield TrialSet(row, sentences, trials)


def foreign_tests(root: Path, recordings: Sequence[Recording]) -> Iterator[TrialSet]:
    """Speech that is none of the product's business."""
    sentences = load_sentences(root / COMMANDS)
    matcher = Matcher(sentences)
    for row, corpus in (("foreign phrases", "custom_commands"), ("talk", "librispeech_talk")):
        chosen = [one for one in recordings if one.corpus == corpus and not matcher.match(one.text)]
        trials = [Trial("", _heard(read_sound(one.path))) for one in _spread(chosen, 200)]
        yield TrialSet(row, sentences, trials)


def _phrases(recordings: Sequence[Recording]) -> list[Recording]:
    found = {
        one.text: one
        for one in recordings
        if one.part == DEV and one.corpus == "speechocean762" and 2 <= len(one.text.split()) <= 6
    }
    return list(found.values())


def _single(recordings: Sequence[Recording]) -> list[Recording]:
    """One recording of each word, in no order: neighbours were said by the same person."""
    found = {one.text: one for one in recordings if " " not in one.text}
    chance = random.Random(1)  # noqa: S311  (no secret)
    return chance.sample(list(found.values()), len(found))


def _told_apart(row: str, recordings: Sequence[Recording]) -> Iterator[TrialSet]:
    """Some at a time."""
    chosen = _spread(recordings, _PHRASES)
    for start in range(0, len(chosen), _CLOSED_SET):
        group = chosen[start : start + _CLOSED_SET]
        yield TrialSet(row, closed_set([one.text for one in group]), _as_heard(group))


def _as_heard(recordings: Sequence[Recording]) -> list[Trial]:
    return [Trial(one.text, _heard(read_sound(one.path))) for one in recordings]


def _spoken(draw: Draw, count: int) -> Iterator[tuple[str, Samples]]:
    """Sentences, each in the next voice that was kept out of training."""
    chance = random.Random(7)  # noqa: S311  (no secret)
    voices = list(voices_kept_out())
    texts: dict[str, None] = {}
    while len(texts) < count:
        texts[draw(chance)] = None
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            file = Path(folder) / f"{number}.wav"
            speak(text, voices[number % len(voices)], file)
            yield text, trimmed(read_sound(file))


def _in_kitchen(speech: Samples, kitchen: Samples, snr_db: float | None, place: int) -> Samples:
    quiet = _heard(speech)
    return quiet if snr_db is None else with_noise(quiet, kitchen, snr_db, 9_973 * place)


def _heard(speech: Samples) -> Samples:
    return in_a_quiet_room(speech, RATE)


def _is_kitchen(one: Recording) -> bool:
    return one.part == NOISE and one.path.stem in _KITCHEN


def _spread(recordings: Sequence[Recording], count: int) -> list[Recording]:
    """So many of them, evenly from the whole list."""
    step = max(1.0, len(recordings) / count)
    return [recordings[int(place * step)] for place in range(min(count, len(recordings)))]
