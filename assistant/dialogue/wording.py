"""Numbers of the log as they are read out. The words themselves stand in the content files."""

from collections.abc import Sequence

from assistant.dialogue.history import SetDone
from assistant.dialogue.turn import Turn
from assistant.progress import Weight

_S_PER_MINUTE = 60
_S_PER_HOUR = 3600
_S_PER_DAY = 86400


def counted(turn: Turn, what: str, count: int) -> str:
    """A number and its noun: "one rep", "12 reps".

    Args:
        turn: gives the content.
        what: ``rep``, ``set``, ``session``, ``minute``, ``hour`` or ``day``.
        count: how many.
    """
    return turn.text(f"logbook.{what}_{'one' if count == 1 else 'many'}", count=count)


def weight_in_words(turn: Turn, weight: Weight) -> str:
    """A weight and its unit: "82 and a half kilos"."""
    return turn.text(f"logbook.unit_{weight.unit}", amount=amount_in_words(turn, weight.amount))


def amount_in_words(turn: Turn, amount: float) -> str:
    """A number with a half, "82 and a half"; other parts of one to two decimals."""
    whole = int(amount)
    if amount == whole:
        return str(whole)
    if amount - whole == 0.5:
        return turn.text("logbook.half", whole=whole)
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def set_in_words(turn: Turn, reps: int, weight: Weight | None) -> str:
    """A set: "12 reps at 80 kilos", or "12 reps"."""
    spoken = counted(turn, "rep", reps)
    if weight is None:
        return spoken
    return turn.text("logbook.set_with_weight", reps=spoken, weight=weight_in_words(turn, weight))


def sets_in_words(turn: Turn, sets: Sequence[SetDone]) -> str:
    """The sets of a session one after the other."""
    return ", ".join(set_in_words(turn, done.reps, done.weight) for done in sets)


def span_in_words(turn: Turn, seconds: float) -> str:
    """A span such as "20 minutes", "5 hours" or "3 days", in its largest unit, rounded."""
    for what, length in (("day", _S_PER_DAY), ("hour", _S_PER_HOUR)):
        if seconds >= 1.5 * length:
            return counted(turn, what, round(seconds / length))
    return counted(turn, "minute", max(1, round(seconds / _S_PER_MINUTE)))


def hours_in_words(turn: Turn, hours: float) -> str:
    """A span of hours, as ``span_in_words``."""
    return span_in_words(turn, hours * _S_PER_HOUR)
