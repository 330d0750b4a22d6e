"""Accuracy by level of noise, drawn."""

from collections.abc import Mapping
from pathlib import Path


def draw(models: Mapping[str, Mapping[str, Mapping[float, float]]], file: Path) -> None:
    """Write a panel for each model with a line for each noise, as PNG or SVG.

    Args:
        models: shares understood by decibels, by noise, by model.
        file: the picture.

    """
    from matplotlib import pyplot as plt  # only who wants a picture needs it

    figure, panels = plt.subplots(
        1, len(models), figsize=(1.5 + 4.5 * len(models), 4.2), sharey=True, squeeze=False
    )
    for axes, (model, curves) in zip(panels[0], models.items(), strict=True):
        for noise, curve in curves.items():
            levels = sorted(curve)
            axes.plot(levels, [100 * curve[level] for level in levels], marker="o", label=noise)
        axes.set(title=model, xlabel="speech above noise, loudest 128 ms (dB)", ylim=(0, 101))
        axes.set_xticks(sorted({level for curve in curves.values() for level in curve}))
        axes.grid(alpha=0.3)
    panels[0][0].set_ylabel("understood (%)")
    panels[0][-1].legend(fontsize="small", loc="lower right")
    figure.tight_layout()
    figure.savefig(file, dpi=150)
