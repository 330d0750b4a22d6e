"""Plays scenes on all cores: each process has a coach of its own, and builds its own scenes."""

import itertools
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np

from .coach import DANGERS, STOPS, Coach
from .scene import Hall, Scene, scene_of


@dataclass(frozen=True, slots=True)
class Task:
    """A scene that is to be played."""

    hall: Hall
    is_speech: bool
    """Whether the coach speaks; else it counts."""
    seed: int
    over_db: float = 0.0
    """The echo above the person."""
    calls: int = 0
    """Of each kind; without any the coach is alone."""
    alone_s: float = 0.0
    """How long it lasts when nobody calls."""


def played(tasks: list[Task]) -> Iterator[tuple[Task, Scene]]:
    """What became of each, in their order; a dot for each on the way."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as crew:
        for task, scene in zip(tasks, crew.map(_play, tasks), strict=True):
            print(".", end="", flush=True, file=sys.stderr)
            yield task, scene
    print(file=sys.stderr)


@cache
def _coach() -> Coach:
    return Coach()


def _play(task: Task) -> Scene:
    coach = _coach()
    calls = []
    if task.calls:
        texts = (STOPS, DANGERS)
        calls = list(itertools.chain(*(coach.calls(kind, task.calls, task.seed) for kind in texts)))
        calls = [calls[i] for i in np.random.default_rng(task.seed).permutation(len(calls))]
    own = coach.prompts if task.is_speech else coach.cadences
    scene = scene_of(own, task.hall, calls, task.seed, over_db=task.over_db, alone_s=task.alone_s)
    scene.is_speech = task.is_speech
    coach.listen(scene)
    return scene.told()
