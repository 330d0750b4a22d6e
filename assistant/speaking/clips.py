"""Where words become clips: the protocol, and a source for virtual time that needs no speech."""

import re
from typing import Protocol

import numpy as np

from assistant.sound.clip import Clip

_STANDARD_WORD = 6
"""Characters of an average English word and the space after it."""
_CLAUSE_PAUSE_S = 0.15
_SENTENCE_PAUSE_S = 0.3


class SynthesisFailed(Exception):  # noqa: N818  (it tells what happened, as events do)
    """Words could not be turned into sound; the message never contains them."""


class ClipSource(Protocol):
    """Turns words into sound."""

    @property
    def rate(self) -> int:
        """Frames per second of every clip it makes."""

    @property
    def is_broken(self) -> bool:
        """Whether the last attempt to synthesise anything failed."""

    def clip(self, text: str, words_per_minute: int, fit_s: float | None = None) -> Clip:
        """The spoken text.

        Args:
            text: what to say; nothing but spaces gives an empty clip.
            words_per_minute: how fast.
            fit_s: if given, the longest it should last; it is spoken faster until it fits.

        Raises:
            SynthesisFailed: the synthesiser broke down and could not be restarted.
        """


class PacedClips:
    """Silent clips that last as long as the words would, the same on every machine.

    A word of n letters lasts (n + 1) / 6 of an average word at the given pace; a comma adds 0.15 s
    and a full stop between two sentences 0.3 s. The anchor is the first frame.
    """

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.is_broken = False
        """May be set, to live through what a broken synthesiser leads to."""

    def clip(self, text: str, words_per_minute: int, fit_s: float | None = None) -> Clip:
        """As ``ClipSource`` says."""
        if self.is_broken:
            raise SynthesisFailed("the synthesiser is broken")
        length_s = paced_length_s(text, words_per_minute)
        if fit_s is not None:
            length_s = min(length_s, fit_s)
        return Clip(np.zeros(round(length_s * self.rate), np.float32))


def paced_length_s(text: str, words_per_minute: int) -> float:
    """Seconds that speaking a text takes, by the rule of ``PacedClips``."""
    text = text.strip()
    letters = sum(len(word) + 1 for word in re.findall(r"[\w']+", text))
    clauses = len(re.findall(r"[,;:]\s", text))
    sentences = len(re.findall(r"[.!?]\s", text))
    pauses_s = clauses * _CLAUSE_PAUSE_S + sentences * _SENTENCE_PAUSE_S
    return letters / _STANDARD_WORD * 60 / words_per_minute + pauses_s
