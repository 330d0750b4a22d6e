"""A picture of a set: the waveform, with its phases as bands and its cues as marks."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.complaint import Complaint
from assistant.dialogue.cadence import Phase, Word
from assistant.speaking.render import Recording

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".png", ".svg")
_ROW_S = 30.0
"""A row is about as long as this, so that all rows are full."""
_POINTS_A_SECOND = 400
_COLOURS = {
    Phase.COUNT_IN: "#d9d9d9",
    Phase.BRACE: "#fdd49e",
    Phase.ECCENTRIC: "#c6dbef",
    Phase.HOLD: "#dadaeb",
    Phase.CONCENTRIC: "#c7e9c0",
    Phase.RACK: "#d9d9d9",
}


_NAMES = {
    Phase.COUNT_IN: "count-in, end",
    Phase.BRACE: "brace",
    Phase.ECCENTRIC: "lower",
    Phase.HOLD: "hold",
    Phase.CONCENTRIC: "press",
}
_WORD, _CLICK = "#b2182b", "#2166ac"


def draw(recording: Recording, title: str, path: Path) -> None:
    """Write the picture as PNG or SVG, whichever the path ends in; a row is about half a minute.

    Raises:
        Complaint: matplotlib is not installed, the ending is another one, or it cannot be written.
    """
    if path.suffix.lower() not in FORMATS:
        raise Complaint(f"{path} is no picture this program can draw: end it in .png or .svg")
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise Complaint(
            "drawing needs matplotlib; run: pip install 'workout-assistant[plot]'"
        ) from error
    length_s = len(recording.samples) / recording.rate
    rows = max(1, round(length_s / _ROW_S))
    row_s = length_s / rows
    figure = Figure(figsize=(14, 2.3 * rows + 1), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots(rows, squeeze=False)[:, 0]
    for row, ax in enumerate(axes):
        _draw_phases(ax, recording, length_s)
        _draw_wave(ax, recording)
        _draw_cues(ax, recording, row * row_s, (row + 1) * row_s)
        ax.set(xlim=(row * row_s, (row + 1) * row_s), ylim=(-0.8, 1.7), yticks=[])
        ax.spines[:].set_visible(False)
        ax.tick_params(labelsize=8)
    axes[-1].set_xlabel("seconds")
    _explain(figure)
    try:
        figure.savefig(path, dpi=100)
    except OSError as error:
        raise Complaint(
            f"{path} cannot be written; choose a folder that exists and is yours"
        ) from error


def _draw_phases(ax: "Axes", recording: Recording, length_s: float) -> None:
    """A band from each change of phase to the next."""
    changes: list[tuple[float, Phase]] = []
    for sounded in recording.cues:
        phase = sounded.cue.phase
        if phase in _COLOURS and (not changes or changes[-1][1] is not phase):
            changes.append((sounded.frame / recording.rate, phase))
    ends = [*(at_s for at_s, _ in changes[1:]), length_s]
    for (at_s, phase), end_s in zip(changes, ends, strict=True):
        ax.axvspan(at_s, end_s, color=_COLOURS[phase], lw=0)


def _draw_wave(ax: "Axes", recording: Recording) -> None:
    """The highest and lowest sample of each short stretch, as far as there are whole ones."""
    frames = recording.rate // _POINTS_A_SECOND
    whole = len(recording.samples) // frames * frames
    stretches = recording.samples[:whole].reshape(-1, frames)
    at_s = np.arange(len(stretches)) * frames / recording.rate
    ax.fill_between(at_s, stretches.min(1), stretches.max(1), color="#252525", lw=0.4)


def _draw_cues(ax: "Axes", recording: Recording, from_s: float, to_s: float) -> None:
    """A mark on each click, and a line on the beat of each word, with the word above."""
    for sounded in recording.cues:
        at_s = sounded.frame / recording.rate
        if not from_s <= at_s < to_s:
            continue
        match sounded.cue.sound:
            case Word(text=text):
                ax.plot((at_s, at_s), (-0.75, 0.82), color=_WORD, lw=0.8)
                lines = text.replace(", ", ",\n")
                ax.text(at_s, 0.88, lines, fontsize=8, rotation=38, color=_WORD, clip_on=True)
            case _:
                ax.plot(at_s, -0.75, marker="^", ms=4, color=_CLICK, clip_on=False)


def _explain(figure: "Figure") -> None:
    """What the colours and marks are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    bands = [Patch(color=_COLOURS[phase], label=name) for phase, name in _NAMES.items()]
    click = Line2D([], [], ls="", marker="^", ms=5, color=_CLICK, label="click")
    word = Line2D([], [], lw=1, color=_WORD, label="beat of a word, on its vowel")
    handles = [*bands, click, word]
    figure.legend(
        handles=handles, loc="outside lower center", ncols=len(handles), fontsize=8, frameon=False
    )
