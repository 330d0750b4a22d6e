"""Accuracy by level of noise, drawn."""

from collections.abc import Mapping
from pathlib import Path


def draw(curves: Mapping[str, Mapping[float, float]], file: Path) -> None:
    """Write one line for each curve of shares by decibels, as PNG or SVG."""
    from matplotlib import pyplot as plt  # only who wants a picture needs it

    figure, axes = plt.subplots(figsize=(7, 4.5))
    for name, curve in curves.items():
        levels = sorted(curve)
        axes.plot(levels, [100 * curve[level] for level in levels], marker="o", label=name)
    axes.set(xlabel="speech above noise, loudest 128 ms (dB)", ylabel="understood (%)")
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(file)
