"""The figures of scenes that have been played."""

from collections.abc import Iterable

import numpy as np
from rich.table import Table

from assistant.hearing.ear import HARMLESS

from .crew import Task
from .scene import Cry, Scene

Played = list[tuple[Task, Scene]]


def caught_table(played: Played) -> tuple[Table, ...] | tuple[Table, str, str]:
    """How many cries were caught in each scene, in all, and which were not."""
    table = Table(title="called into the coach's own sound", box=None)
    for name in (
        "room", "echo over person", "coach", "stop caught", "danger caught", "understood",
        "stop to cut p50 / p95", "danger p50 / p95", "self-triggers",
    ):  # fmt: skip
        table.add_column(name)
    for task, scene in played:
        table.add_row(
            task.hall.name,
            f"{task.over_db:+.0f} dB",
            _doing(scene),
            *_cells(scene.cries),
            str(len(scene.triggers)),
        )
    everything = [cry for _, scene in played for cry in scene.cries]
    table.add_row("all", "", "", *_cells(everything), str(sum(len(s.triggers) for _, s in played)))
    rates = " and ".join(f"{name} {_rate(cries):.1%}" for name, cries in _kinds(everything))
    return table, f"caught: {rates} (goal 98 %)", "missed: " + ", ".join(_missed(played))


def alone_table(played: Played) -> tuple[Table, ...]:
    """What the coach took for somebody while nobody was there."""
    table = Table(title="alone with its own sound", box=None)
    for name in ("room", "coach", "minutes", "self-triggers", "which"):
        table.add_column(name)
    rows: dict[tuple[str, str], list[Scene]] = {}
    for task, scene in played:
        rows.setdefault((task.hall.name, _doing(scene)), []).append(scene)
    for (name, doing), scenes in [*sorted(rows.items()), (("all", ""), [s for _, s in played])]:
        said = [text for scene in scenes for _, text in scene.triggers]
        minutes = sum(scene.seconds for scene in scenes) / 60
        table.add_row(name, doing, f"{minutes:.1f}", str(len(said)), ", ".join(said))
    return (table,)


def _doing(scene: Scene) -> str:
    return "speaks" if scene.is_speech else "counts"


def _kinds(cries: Iterable[Cry]) -> list[tuple[str, list[Cry]]]:
    kinds: dict[str, list[Cry]] = {"stop": [], "danger": []}
    for cry in cries:
        kinds["stop" if cry.match.intent in HARMLESS else "danger"].append(cry)
    return list(kinds.items())


def _rate(cries: list[Cry]) -> float:
    return sum(cry.cut_s is not None for cry in cries) / len(cries)


def _cells(cries: list[Cry]) -> list[str]:
    (_, stops), (_, dangers) = _kinds(cries)
    return [
        *(f"{sum(c.cut_s is not None for c in kind)}/{len(kind)}" for kind in (stops, dangers)),
        f"{sum(c.is_understood for c in dangers)}/{len(dangers)}",
        *(_delays(kind) for kind in (stops, dangers)),
    ]


def _delays(cries: list[Cry]) -> str:
    delays = [(cry.cut_s - cry.ends_s) * 1000 for cry in cries if cry.cut_s is not None]
    if not delays:
        return "-"
    p50, p95 = np.percentile(delays, [50, 95])
    return f"{p50:.0f} / {p95:.0f} ms"


def _missed(played: Played) -> list[str]:
    return [
        f"{cry.match.text} ({task.hall.name} {task.over_db:+.0f} dB, {_doing(scene)})"
        for task, scene in played
        for cry in scene.cries
        if cry.cut_s is None
    ] or ["none"]
