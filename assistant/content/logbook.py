"""Types of the rules by which the log is kept and the next weight is suggested."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progression:
    """When weight is added or taken off, and how long to rest between sessions."""

    clean_reps: int
    """A set with at least so many clean repetitions earns more weight."""
    sessions_in_a_row: int
    """So many sessions must have had such a set."""
    least_increase: float
    """Smallest useful increase, as a part of the weight."""
    most_increase: float
    """Largest allowed increase, as a part of the weight."""
    decrease: float
    """Taken off after pain or a long time off, as a part of the weight."""
    days_off: float
    """So many days without training call for a lighter weight."""
    pain_rest_h: float
    """So many hours after pain no weight is suggested at all."""
    pain_watch_days: float
    """So many days after pain no weight is added."""
    rest_h: float
    """Between the end of one session and the next."""
    warn_at_session: int
    """The session of a week that is one too many."""


@dataclass(frozen=True, slots=True)
class Plausible:
    """Which spoken numbers are believed without asking back."""

    lightest: Mapping[str, float]
    """Unit to the least weight a machine can have."""
    heaviest: Mapping[str, float]
    """Unit to the greatest weight a machine can have."""
    near: float
    """A weight that differs from the last one by at most this part of it is believed."""
    teens: Mapping[int, int]
    """Number to the one it is mistaken for: 15 and 50."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """What becomes of a reminder that could not be spoken when it was due."""

    say_within_s: float
    """Later than this it is dropped."""
    waits_for_day: bool
    """Whether it keeps silent in the quiet hours and is spoken at their end."""
    is_span: bool
    """It measures a span of time, such as a rest, and is not moved when the clock is set."""
    is_private: bool = False
    """It is about health: spoken only while the person it concerns is training."""


@dataclass(frozen=True, slots=True)
class Logbook:
    """The numbers of the log."""

    progression: Progression
    plausible: Plausible
    steps: Mapping[str, float]
    """Unit to the smallest change of a machine whose lifter has told that it is marked in it."""
    same_session_h: float
    """A set this long after the last one begins a new session."""
    go_on_within_s: float
    """An interrupted set may be gone on with for so long."""
    answer_within_s: float
    """Silence this long after a question leaves the log as it is."""
    question_lasts_s: float
    """A question that was interrupted is forgotten after so long."""
    next_session_after_h: float
    """When the next session is announced, counted from the end of the last."""
    quiet_from_hour: int
    """Local hour, 0 to 23, from which reminders keep silent."""
    quiet_until_hour: int
    """Local hour at which they speak again."""
    reminders: Mapping[str, Lateness]
    """Name of a reminder to its rule."""
