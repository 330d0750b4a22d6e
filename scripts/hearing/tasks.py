"""The parts of the benchmark: each runs in a process of its own and returns rows of figures."""

import resource
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.app.hearing import answer_recogniser
from assistant.content.loader import ENGLISH
from assistant.dialogue.expectation import ANSWERS
from assistant.hearing.answers import Answers
from assistant.hearing.models import find_model
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.sound.clip import Samples
from scripts.hearing import material, noises, people
from scripts.hearing.score import MISSED, RIGHT, WRONG, Score, verdict
from scripts.hearing.trial import Trial

ACCURACY, PEOPLE, ANSWERED = "accuracy", "people", "answered"
REJECTION, COST = "rejection", "cost"
CLEAN = "clean"
LEVELS_DB = (24.0, 21.0, 18.0, 15.0, 12.0, 9.0, 6.0)
_QUICK_LEVELS_DB = (12.0, 6.0)
_POWER_LEVELS_DB = (12.0, 6.0)
_PEOPLE_LEVELS_DB = (12.0, 6.0)
_COST_S = 120
_PHRASES = "short phrases"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure."""

    model: str | None
    """Folder or name; None for the one the product would choose."""
    has_phrase_list: bool
    """Whether the model is given a phrase list instead of the compiled grammar."""
    part: str
    """One of the five names above."""
    kind: str
    """Of noise or of sound; empty where there is none."""
    corpus: Path | None
    every: int
    """One in so many sentences and recordings is tried."""
    is_quick: bool
    """Whether only two levels of noise are tried."""


@dataclass(slots=True)
class Rows:
    """What came out: row to cell, and the curve of a noise for the picture."""

    cells: dict[str, str] = field(default_factory=dict)
    curve: dict[float, float] = field(default_factory=dict)
    """Decibels to the share understood."""


def column(task: Task) -> str:
    """Return the heading of the model's column."""
    name = find_model(task.model).name
    return f"{name}, phrase list" if task.has_phrase_list else name


def measure(task: Task) -> Rows:
    """Run one task."""
    match task.part:
        case "accuracy":
            return _accuracy(task)
        case "people":
            return _people(task)
        case "answered":
            return _answers(task)
        case "rejection":
            return _rejection(task)
        case _:
            return _cost(task)


def _recogniser(task: Task, sentences: Sentences) -> Recogniser:
    return Recogniser(find_model(task.model), sentences, is_compiled=not task.has_phrase_list)


def _own(task: Task) -> tuple[Sentences, Matcher, Trial]:
    sentences = load_sentences(ENGLISH / "sentences")
    matcher = Matcher(sentences)
    return sentences, matcher, Trial(_recogniser(task, sentences), matcher)


def _accuracy(task: Task) -> Rows:
    sentences, matcher, trial = _own(task)
    said = material.utterances(sentences, matcher, templates=200, every=task.every)
    rows = Rows()
    if task.kind == CLEAN:
        score = _hear(trial, said, None, 0.0)
        rows.cells[f"clean ({len(said)})"] = _by_group(score)
        rows.cells["end of speech to understood, p50 / p95"] = _seconds(score)
        return rows
    bed = noises.noises(task.corpus)[task.kind]
    for level in _QUICK_LEVELS_DB if task.is_quick else LEVELS_DB:
        score = _hear(trial, said, bed, level)
        rows.curve[level] = score.share_right()
        rows.cells[f"{task.kind}, {level:g} dB"] = _by_group(score)
    rows.cells[f"{task.kind}, mean"] = f"{100 * np.mean([*rows.curve.values()]):.1f} %"
    for level in _POWER_LEVELS_DB:
        score = _hear(trial, said, bed, level, by_power=True)
        rows.cells[f"{task.kind}, {level:g} dB by mean power"] = _by_group(score)
    return rows


def _hear(
    trial: Trial,
    said: list[material.Utterance],
    bed: Samples | None,
    snr_db: float,
    *,
    by_power: bool = False,
) -> Score:
    score = Score()
    for one in said:
        acts = trial.hear(material.in_room(one.sound, bed, snr_db, by_power=by_power))
        late_s = acts[0].at_s - material.LEAD_S - one.ends_at_s if acts else np.nan
        score.add(one.group, verdict(one.match, acts), late_s)
    return score


def _people(task: Task) -> Rows:
    """Closed sets, heard by the same live ears: people have other words than the coach has."""
    assert task.corpus is not None
    beds: Mapping[str, Samples | None] = {CLEAN: None, **noises.noises(task.corpus)}
    levels = (0.0,) if task.kind == CLEAN else _PEOPLE_LEVELS_DB
    scores: dict[str, Score] = {}
    for row, sentences, recordings in people.closed_sets(task.corpus, task.every):
        matcher = Matcher(sentences)
        trial = Trial(_recogniser(task, sentences), matcher)
        for level in levels:
            name = f"people, {row}, " + (
                CLEAN if task.kind == CLEAN else f"{task.kind} {level:g} dB"
            )
            score = scores.setdefault(name, Score())
            for text, sound in recordings:
                wanted = matcher.match(text)
                assert wanted is not None
                acts = trial.hear(material.in_room(sound, beds[task.kind], level))
                score.add("people", verdict(wanted, acts), np.nan)
    return Rows({f"{name} ({one.count()})": _shares(one) for name, one in scores.items()})


def _answers(task: Task) -> Rows:
    """Digits of people as weights, and what is none, before and after a question."""
    assert task.corpus is not None
    sentences, matcher, unasked = _own(task)
    recogniser = answer_recogniser(find_model(task.model), sentences)
    asked = Trial(
        _recogniser(task, sentences), matcher, Answers(recogniser, matcher, lambda: ANSWERS)
    )
    said = [(matcher.match(text), sound) for text, sound in people.digits(task.corpus)]
    weights = [(match, sound) for match, sound in said if match is not None]  # zero is none
    talk = list(noises.negatives(_PHRASES, task.corpus, task.every))
    rows = Rows()
    for trial, name in ((unasked, "nobody asked"), (asked, "asked for one")):
        score = Score()
        for match, sound in weights:
            acts = trial.hear(material.in_room(sound, None, 0.0))
            score.add("people", verdict(match, acts), np.nan)
        rows.cells[f"people, a digit as a weight, {name} ({score.count()})"] = _shares(score)
        taken = sum(bool(trial.hear(sound)) for sound in talk)
        share = f"{100 * taken / len(talk):.1f} %"
        rows.cells[f"nothing meant: {_PHRASES}, {name} ({len(talk)})"] = share
    return rows


def _rejection(task: Task) -> Rows:
    assert task.corpus is not None
    _, _, trial = _own(task)
    seconds = sounds = hit = acts = urgent = 0.0
    for sound in noises.negatives(task.kind, task.corpus, task.every):
        heard = trial.hear(sound)
        seconds += len(sound) / RATE
        sounds += 1
        hit += bool(heard)
        acts += len(heard)
        urgent += sum(act.is_urgent for act in heard)
    hours = seconds / 3600
    text = f"{acts / hours:.0f} an hour ({urgent / hours:.0f} urgent)"
    if task.kind in noises.SHORT:
        text += f", {100 * hit / sounds:.1f} % of {sounds:.0f}"
    return Rows({f"nothing meant: {task.kind} ({hours * 60:.0f} min)": text})


def _cost(task: Task) -> Rows:
    _, _, trial = _own(task)
    talk = " ".join(material.EVERYDAY)
    sound = np.resize(material.spoken(talk, material.VOICES[0]), _COST_S * RATE)
    trial.hear(sound)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Rows(
        {
            "one core for one second of speech": f"{trial.compute_s / trial.audio_s:.3f} s",
            "memory, with the benchmark": f"{peak_mb:.0f} MB",
        }
    )


def _by_group(score: Score) -> str:
    groups = ("everyday", "urgent", "other")
    shares = " / ".join(f"{100 * score.share_right(group):.0f}" for group in groups)
    return f"{100 * score.share_right():.1f} % ({shares}; {100 * score.share(WRONG):.1f} wrong)"


def _shares(score: Score) -> str:
    shares = [100 * score.share(name) for name in (RIGHT, WRONG, MISSED)]
    return f"{shares[0]:.1f} % ({shares[1]:.1f} wrong)"


def _seconds(score: Score) -> str:
    return f"{score.late_s(0.5):.2f} / {score.late_s(0.95):.2f} s"
