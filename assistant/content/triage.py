"""Types of the warning-sign questions."""

from enum import StrEnum


class Level(StrEnum):
    """How soon somebody needs to be seen, most urgent first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    DOCTOR = "doctor"
    SELF_CARE = "self_care"
