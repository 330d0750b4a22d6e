"""``am/final.mdl``: which output belongs to which phone, and the network."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from .features import DIM
from .kaldi import Array, Reader, Writer
from .network import BYPASS, EPSILON, SPANS, SPLICE, SUBSAMPLING, Weights
from .units import COUNT, Units

_EMPTY: Final = np.zeros(0, np.float32)
_HALF: Final = math.log(0.5)


def model_file(units: Units, weights: Weights) -> bytes:
    """The whole file."""
    out = Writer()
    _write_transitions(out, units)
    _write_network(out, weights)
    return out.finished()


def _write_transitions(out: Writer, units: Units) -> None:
    """Write one state for each phone, with a forward and a self-loop output for each unit."""
    out.tokens("<TransitionModel>", "<Topology>")
    out.integers(range(1, COUNT + 1))
    out.integers([-1, *[0] * COUNT])
    out.integer(-1)  # forward and self-loop have different outputs
    out.integer(1)
    out.integer(2)
    for number in (0, 1, 2):  # forward class, self-loop class, transitions
        out.integer(number)
    for target in (0, 1):
        out.integer(target)
        out.number(0.5)
    for number in (-1, -1, 0):
        out.integer(number)
    out.tokens("</Topology>", "<Tuples>")
    out.integer(len(units.phones))
    for unit, phone in enumerate(units.phones.tolist()):
        for number in (phone + 1, 0, 2 * unit, 2 * unit + 1):
            out.integer(number)
    out.tokens("</Tuples>", "<LogProbs>")
    out.array(np.array([0.0, *[_HALF] * units.outputs], np.float32))
    out.tokens("</LogProbs>", "</TransitionModel>")


def _write_network(out: Writer, weights: Weights) -> None:
    nodes = list(_nodes())
    out.tokens("<Nnet3>")
    out.text("\n" + f"input-node name=input dim={DIM}\n")
    for name, _, descriptor in nodes:
        out.text(f"component-node name={name} component={name} input={descriptor}\n")
    out.text("output-node name=output input=out objective=linear\n\n")
    out.tokens("<NumComponents>")
    out.integer(len(nodes))
    width = 0
    for name, kind, _ in nodes:
        out.tokens("<ComponentName>", name, f"<{kind}>")
        if kind == _AFFINE:
            out.tokens("<LinearParams>")
            out.array(weights[name]["LinearParams"])
            out.tokens("<BiasParams>")
            out.array(weights[name]["BiasParams"])
            width = len(weights[name]["BiasParams"])
        else:
            _write_simple(out, kind, width, weights.get(name, {}))
        out.tokens(f"</{kind}>")
    out.tokens("</Nnet3>", "<LeftContext>")
    out.integer(0)  # contexts are computed by the reader
    out.tokens("<RightContext>")
    out.integer(0)
    out.tokens("<Priors>")
    out.array(_EMPTY)


_AFFINE: Final = "FixedAffineComponent"
_ACTIVE: Final = "RectifiedLinearComponent"
_NORMAL: Final = "BatchNormComponent"
_BYPASS: Final = "NoOpComponent"


def _write_simple(out: Writer, kind: str, width: int, numbers: Mapping[str, Array]) -> None:
    out.tokens("<Dim>")
    out.integer(width)
    if kind == _ACTIVE:
        for token in ("<ValueAvg>", "<DerivAvg>"):
            out.tokens(token)
            out.array(_EMPTY)
        for token in ("<Count>", "<NumDimsSelfRepaired>", "<NumDimsProcessed>"):
            out.tokens(token)
            out.number(0.0)
    elif kind == _NORMAL:
        out.tokens("<BlockDim>")
        out.integer(width)
        for token, value in (("<Epsilon>", EPSILON), ("<TargetRms>", 1.0)):
            out.tokens(token)
            out.number(value)
        out.tokens("<TestMode>")
        out.truth(True)
        out.tokens("<Count>")
        out.number(1000.0)
        for key in ("StatsMean", "StatsVar"):
            out.tokens(f"<{key}>")
            out.array(numbers[key])
    else:
        out.tokens("<BackpropScale>")
        out.number(1.0)


def _nodes() -> Iterator[tuple[str, str, str]]:
    """Name, kind and input of every node, in the order of computation."""
    window = ", ".join(_offset("input", at) for at in range(-SPLICE, SPLICE + 1))
    yield from _normalised("inp", f"Append({window})")
    before = "inpb"
    for number, (back, ahead) in enumerate(SPANS):
        step = (back + ahead) // 2 * SUBSAMPLING
        narrow, wide = f"lin{number}", f"aff{number}"
        yield narrow, _AFFINE, f"Append({_offset(before, -step)}, {before})"
        earlier = step - back * SUBSAMPLING
        moments = f"{_offset(narrow, earlier)}, {_offset(narrow, earlier + step)}"
        yield from _normalised(wide, f"Append({moments})")
        yield f"h{number}", _BYPASS, f"Sum(Scale({BYPASS}, {before}), {wide}b)"
        before = f"h{number}"
    yield from _normalised("pre", before)
    yield "out", _AFFINE, "preb"


def _normalised(name: str, descriptor: str) -> Iterator[tuple[str, str, str]]:
    yield name, _AFFINE, descriptor
    yield f"{name}r", _ACTIVE, name
    yield f"{name}b", _NORMAL, f"{name}r"


def _offset(name: str, frames: int) -> str:
    return f"Offset({name}, {frames})" if frames else name


def read_model(data: bytes) -> tuple[Units, dict[str, dict[str, Array]]]:
    """Units and weights of a file that ``model_file`` wrote, or of an older one with one context.

    The units' table of contexts is not in the file; it is empty.

    Raises:
        Complaint: the file is cut off, or has parts that are not known.
    """
    reader = Reader(data)
    phones = _read_transitions(reader)
    reader.expect("<Nnet3>")
    while reader.line() or not reader.peeks("<NumComponents>"):
        pass
    reader.expect("<NumComponents>")
    weights: dict[str, dict[str, Array]] = {}
    for _ in range(reader.integer()):
        reader.expect("<ComponentName>")
        name, kind = reader.token(), reader.token()
        numbers = _read_component(reader, f"</{kind[1:]}")
        if numbers:
            weights[name] = numbers
    return Units(np.zeros((0, 0), np.int64), np.array(phones, np.int64)), weights


def _read_transitions(reader: Reader) -> list[int]:
    reader.expect("<TransitionModel>", "<Topology>")
    reader.integers()
    reader.integers()
    for _ in range(6):
        reader.integer()
    for _ in range(2):
        reader.integer()
        reader.number()
    for _ in range(3):
        reader.integer()
    reader.expect("</Topology>", "<Tuples>")
    tuples = [[reader.integer() for _ in range(4)] for _ in range(reader.integer())]
    reader.expect("</Tuples>", "<LogProbs>")
    reader.array()
    reader.expect("</LogProbs>", "</TransitionModel>")
    return [phone - 1 for phone, _, _, _ in tuples]


def _read_component(reader: Reader, end: str) -> dict[str, Array]:
    """Vectors and matrices of a component by token; everything else is skipped."""
    numbers: dict[str, Array] = {}
    while (token := reader.token()) != end:
        if token in _ARRAYS:
            numbers[token[1:-1]] = reader.array()
        elif token == "<TestMode>":  # noqa: S105  (a token of the file)
            reader.truth()
        elif token in ("<Dim>", "<BlockDim>"):
            reader.integer()
        else:
            reader.number()
    return {key: value for key, value in numbers.items() if len(value)}


_ARRAYS: Final = (
    "<LinearParams>", "<BiasParams>", "<StatsMean>", "<StatsVar>", "<ValueAvg>", "<DerivAvg>",
)  # fmt: skip
