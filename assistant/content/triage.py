"""Types of the warning-sign questions and of what follows from the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MISHEARD: Final = "ANY"
"""Code of the sign that stands for a yes that was heard as a no, asked for at the end."""


class Level(StrEnum):
    """How soon somebody needs to be seen, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    DOCTOR = "doctor"
    SELF_CARE = "self_care"

    @property
    def urgency(self) -> int:
        """A number that is higher for a more urgent level, 0 for self-care."""
        return len(Level) - 1 - list(Level).index(self)

    @property
    def raised(self) -> "Level":
        """One level up; nothing is above an emergency."""
        return list(Level)[max(list(Level).index(self) - 1, 0)]


def most_urgent(levels: Iterable[Level]) -> Level:
    """The level to act on when there are several; self-care when there are none."""
    return max(levels, key=lambda level: level.urgency, default=Level.SELF_CARE)


@dataclass(frozen=True, slots=True)
class Sign:
    """One warning sign (rows R1 to R6 of the article, and the rows it lacks)."""

    level: Level
    """The help it calls for."""
    because: str = ""
    """Spoken before the advice when this sign is the reason for it; empty for the usual words."""


@dataclass(frozen=True, slots=True)
class Question:
    """Asks for one sign, or for several at once where a person may not want to say which.

    Yes always means danger.
    """

    signs: tuple[str, ...]
    """Codes of the signs asked for."""
    ask: str
    simpler: str
    """Asked once more, in plainer words, when the first answer was not usable."""

    @property
    def code(self) -> str:
        """Its signs in one word, such as ``R3+R4``."""
        return "+".join(self.signs)


@dataclass(frozen=True, slots=True)
class Triage:
    """What is asked after "my back hurts", in which order, and the numbers that go with it."""

    signs: Mapping[str, Sign]
    """Code to sign."""
    questions: tuple[Question, ...]
    """In the order in which they are asked."""
    danger_words: tuple[str, ...]
    """An answer with one of these in it is never a no, and never merely unclear."""
    only_when_cleared: tuple[str, ...]
    """Rows of the article that are spoken only after a clear no to every question."""
    ask_pain_now: tuple[str, ...]
    """Rows of the article whose answer ends in "does it hurt now?"."""
    emergency_number: str
    """The number to call, digit by digit."""
    answer_within_s: float
    """Silence this long after a question counts as no usable answer."""
    unheard_after_s: float
    """A question whose end is never reported counts as unanswered after this long."""
    alarm_every_s: float
    """The emergency sentence is repeated this often until it is acknowledged."""
    postpone_s: float
    """A reminder that comes due while something more important is going on waits this long."""
    again_within_days: float
    """Pain that was reported this recently goes up one level."""
    ice_min: int
    """Minutes after which the ice comes off: 15 to 20."""
    rest_h: float
    """Hours without lifting after pain."""
    doctor_after_days: float
    """Pain that lasts this long needs a doctor."""

    def __post_init__(self) -> None:
        """Refuse content that could skip a sign.

        Raises:
            ValueError: a sign is asked for by no question, or by two, or does not exist.
        """
        asked = [sign for question in self.questions for sign in question.signs]
        for sign in asked:
            if sign not in self.signs:
                raise ValueError(f"a question asks for the sign {sign}, which is not defined")
        for sign in self.signs:
            if asked.count(sign) != 1:
                raise ValueError(f"the sign {sign} must be asked for by exactly one question")
        if not 15 <= self.ice_min <= 20:
            raise ValueError(f"ice_min must be 15 to 20, not {self.ice_min}")

    def level_of(self, signs: Iterable[str]) -> Level:
        """The most urgent level among signs; a sign nobody has defined is an emergency."""
        return most_urgent(
            self.signs[sign].level if sign in self.signs else Level.EMERGENCY for sign in signs
        )

    def because(self, sign: str) -> str:
        """Words of a sign's own for why it matters; empty where it has none."""
        return self.signs[sign].because if sign in self.signs else ""
