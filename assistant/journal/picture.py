"""A picture of the training of one person: volume, top set, estimated best, pain and rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.complaint import Complaint
from assistant.dialogue.history import SetKind
from assistant.journal.rows import SetRow
from assistant.progress import Unit, Weight, estimated_best

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS: Final = (".png", ".svg")
_EPOCH: Final = date(1970, 1, 1)
_REST_DAYS: Final = 2
"""Fewer days between two sessions are drawn as too few."""
_MOST_REST_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Point:
    """One session, in the unit of the picture."""

    day: date
    volume: float
    """Weight times repetitions of its work sets."""
    top: float
    """Greatest weight of a work set."""
    best: float
    """Greatest weight that could have been moved once."""


def points(rows: Sequence[SetRow], unit: Unit) -> list[Point]:
    """One point for each session that has a work set with a weight."""
    work = [row for row in rows if row.kind is SetKind.WORK and row.weight is not None]
    return [
        _point(list(sets), unit)
        for _, sets in groupby(work, key=lambda row: (row.machine, row.session))
    ]


def draw(rows: Sequence[SetRow], pain: Sequence[date], title: str, unit: Unit, path: Path) -> None:
    """Write the picture as PNG or SVG, whichever the path ends in.

    Args:
        rows: the sets of one person, in the order in which they were done.
        pain: days on which pain was told.
        title: stands above the picture.
        unit: of all weights in it.
        path: ends in ``.png`` or ``.svg``.

    Raises:
        Complaint: nothing to draw, matplotlib is not installed, or the file cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise Complaint(f"{path} is no picture this program can draw: end it in .png or .svg")
    sessions = points(rows, unit)
    if not sessions:
        raise Complaint("there is no set with a weight in the log yet, so there is nothing to draw")
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise Complaint(
            "drawing needs matplotlib; run: pip install 'workout-assistant[plot]'"
        ) from error
    figure = Figure(figsize=(12, 8), layout="constrained")
    figure.suptitle(title)
    weights, volume, rest = figure.subplots(3, sharex=True, height_ratios=(3, 2, 1))
    _draw_weights(weights, sessions, unit)
    _draw_volume(volume, sessions, unit)
    _draw_rest(rest, sorted({row.day for row in rows}))
    for ax in (weights, volume):
        _draw_pain(ax, pain)
    _draw_legend(weights)
    try:
        figure.savefig(path, dpi=100)
    except OSError as error:
        raise Complaint(
            f"{path} cannot be written; choose a folder that exists and is yours"
        ) from error


def _point(sets: Sequence[SetRow], unit: Unit) -> Point:
    lifted = [(weight, row.reps) for row in sets if (weight := _weight(row, unit)) is not None]
    return Point(
        day=sets[-1].day,
        volume=sum(weight.amount * reps for weight, reps in lifted),
        top=max(weight.amount for weight, _ in lifted),
        best=max(estimated_best(weight, reps).amount for weight, reps in lifted),
    )


def _weight(row: SetRow, unit: Unit) -> Weight | None:
    return None if row.weight is None else row.weight.in_unit(unit)


def _draw_weights(ax: "Axes", sessions: Sequence[Point], unit: Unit) -> None:
    days = _numbers([point.day for point in sessions])
    ax.plot(days, [point.top for point in sessions], "o-", ms=3, lw=1, label="top set")
    ax.plot(days, [point.best for point in sessions], "-", lw=1, label="estimated best")
    ax.set_ylabel(unit)
    ax.grid(alpha=0.3)


def _draw_volume(ax: "Axes", sessions: Sequence[Point], unit: Unit) -> None:
    days = _numbers([point.day for point in sessions])
    ax.vlines(days, 0, [point.volume for point in sessions], lw=1.5)
    ax.set_ylim(bottom=0)
    ax.set_ylabel(f"volume, {unit} x reps")
    ax.grid(alpha=0.3)


def _draw_pain(ax: "Axes", days: Sequence[date]) -> None:
    for day in _numbers(days):
        ax.axvline(day, color="#cb181d", lw=1, ls=":", label="pain")


def _draw_rest(ax: "Axes", days: Sequence[date]) -> None:
    """Days from each session to the next, those without enough rest in red."""
    rests = [(later, (later - earlier).days) for earlier, later in pairwise(days)]
    for colour, chosen in (
        ("#74a9cf", [it for it in rests if it[1] >= _REST_DAYS]),
        ("#cb181d", [it for it in rests if it[1] < _REST_DAYS]),
    ):
        tops = [min(length, _MOST_REST_DAYS) for _, length in chosen]
        ax.vlines(_numbers([day for day, _ in chosen]), 0, tops, color=colour, lw=1.5)
    ax.axhline(_REST_DAYS, color="#969696", lw=0.8)
    ax.set_ylim(0, _MOST_REST_DAYS)
    ax.set_ylabel("days of rest")
    ax.xaxis_date()


def _numbers(days: Sequence[date]) -> list[int]:
    """Days as matplotlib counts them."""
    return [(day - _EPOCH).days for day in days]


def _draw_legend(ax: "Axes") -> None:
    handles, labels = ax.get_legend_handles_labels()
    first_of_each = dict(zip(reversed(labels), reversed(handles), strict=True))
    ax.legend(list(reversed(first_of_each.values())), list(reversed(first_of_each)))
