"""What training arrives at: on the way as a checkpoint, in the end as a model folder."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from assistant.complaint import Complaint

from .acoustic import read_model
from .kaldi import Reader
from .network import Network, network_of
from .units import Units


@dataclass(frozen=True, slots=True)
class Trained:
    """All that a model folder is made from."""

    network: Network
    units: Units
    mean: npt.NDArray[np.float64]
    """Of the cepstra of the whole corpus."""
    frames: int
    """How many there are."""


def save(trained: Trained, file: Path) -> None:
    """Keep a model, whole or not at all."""
    unfinished = file.with_suffix(".part")
    content = {
        "network": trained.network.state_dict(),
        "table": torch.from_numpy(trained.units.table),
        "phones": torch.from_numpy(trained.units.phones),
        "mean": torch.from_numpy(trained.mean),
        "frames": trained.frames,
    }
    torch.save(content, unfinished)
    unfinished.rename(file)


def load(file: Path) -> Trained:
    """Read what ``save`` has written.

    Raises:
        Complaint: there is no such file.
    """
    if not file.is_file():
        raise Complaint(f"{file}: there is no checkpoint; train first.")
    content = torch.load(file, weights_only=True, map_location="cpu")
    state = content["network"]
    width, bottleneck = len(state["inp.affine.bias"]), len(state["layers.0.linear.weight"])
    network = Network(len(state["out.bias"]), width, bottleneck)
    network.load_state_dict(state)
    units = Units(content["table"].numpy(), content["phones"].numpy())
    return Trained(network, units, content["mean"].numpy(), content["frames"])


def read_folder(folder: Path) -> Trained:
    """Read what ``export`` has written.

    Raises:
        Complaint: there is no model of this pipeline, or a part of it is missing.
    """
    try:
        _, weights = read_model((folder / "am" / "final.mdl").read_bytes())
        units = Units.read(folder / "am" / "units.txt")
        sums = Reader((folder / "am" / "global_cmvn.stats").read_bytes()).array()
    except OSError as error:
        raise Complaint(
            f"{folder}: no model to go on from, or to find pauses with: {error}."
        ) from error
    frames = sums[0, -1]
    mean = np.asarray(sums[0, :-1] / frames, np.float64)
    return Trained(network_of(weights), units, mean, round(float(frames)))
