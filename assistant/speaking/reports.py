"""What the mixer tells about each sound it was given."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Reason(StrEnum):
    """Why a sound was not heard, or not to its end."""

    CUT = "cut"
    HUSHED = "hushed"
    CHANGED = "changed"
    """Other sounds have taken its place."""
    LATE = "late"
    """Its frame had passed; nothing is ever played late."""


@dataclass(frozen=True, slots=True)
class Sounded:
    """The beat of a sound has been rendered."""

    tag: object
    frame: int
    """Frame of the clip's anchor."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The last sample of a sound has been rendered."""

    tag: object
    frame: int
    """The frame after it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sound was silenced before its end, or never began."""

    tag: object
    reason: Reason


Report: TypeAlias = Sounded | Ended | Dropped
