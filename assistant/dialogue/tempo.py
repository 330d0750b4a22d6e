"""Which tempos a set may have, and the written form of one."""

import re
from enum import StrEnum

from assistant.complaint import Complaint
from assistant.content.training import Tempo, Training


class Verdict(StrEnum):
    """What is to be said about a tempo before a set is counted with it."""

    GOOD = "good"
    SLOW = "slow"
    """Allowed, with a word of advice."""
    TOO_SLOW = "too_slow"
    """Refused."""
    EMPTY = "empty"
    """All phases are zero: refused."""


def judge(tempo: Tempo, training: Training) -> Verdict:
    """Whether a tempo is fit for a set."""
    if tempo.rep_s == 0:
        return Verdict.EMPTY
    if tempo.rep_s > training.refuse_above_s:
        return Verdict.TOO_SLOW
    return Verdict.SLOW if tempo.rep_s > training.warn_above_s else Verdict.GOOD


def parse_tempo(text: str, training: Training) -> Tempo:
    """The tempo written as ``3-1-2-1``, ``3 1 2 1``, ``3121`` or as the name of a preset.

    Raises:
        Complaint: it is no tempo, or none that a set may have.
    """
    written = text.strip().lower()
    if written in training.presets:
        return training.presets[written]
    marks = re.findall(r"[0-9xa]", written)
    if len(marks) != 4 or not re.fullmatch(r"[0-9xa]([\s,/-]*[0-9xa]){3}", written):
        presets = ", ".join(training.presets)
        raise Complaint(
            f"{text!r} is no tempo: write four digits for lowering, bottom pause, press and "
            f"top pause, such as 3-1-2-1, or one of {presets}"
        )
    if "x" in marks:
        raise Complaint(
            f"tempo {text!r} is refused: X means as fast as possible, and a leg press is pressed "
            "smoothly, without jerk or bounce; write seconds instead"
        )
    if "a" in marks:
        raise Complaint(
            f"tempo {text!r} is refused: A means that somebody helps to lift; choose a weight "
            "you can press alone, and write seconds instead"
        )
    tempo = Tempo(*map(int, marks))
    _refuse(tempo, training)
    return tempo


def _refuse(tempo: Tempo, training: Training) -> None:
    match judge(tempo, training):
        case Verdict.EMPTY:
            raise Complaint(f"tempo {tempo} is refused: at least one phase must take time")
        case Verdict.TOO_SLOW:
            raise Complaint(
                f"tempo {tempo} is refused: a repetition would take {tempo.rep_s} seconds, "
                f"and more than {training.refuse_above_s} seems to build less muscle"
            )
        case Verdict.GOOD | Verdict.SLOW:
            pass
