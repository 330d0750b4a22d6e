"""Where Vosk models lie, which one is used, and whether it can be opened without harm.

libvosk ends badly on a broken folder: it prints to the terminal and reports no cause, so a folder
is looked through before libvosk sees it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from weakref import WeakValueDictionary

import platformdirs

from assistant.complaint import Complaint

DEFAULT_MODEL: Final = "coach-en"
_APPLICATION: Final = "workout-assistant"
_KALDI_BINARY: Final = b"\0B"
_OPENFST: Final = (2_125_659_606).to_bytes(4, "little")
_TAIL_BYTES: Final = 1 << 20
EPSILON: Final = "<eps>"
"""No word, and the first of every list of them."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A Vosk model that has been looked through."""

    path: Path

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.path.name

    @property
    def is_dynamic(self) -> bool:
        """Whether it decodes with an exchangeable ``graph/Gr.fst``."""
        graph = self.path / "graph"
        return not (graph / "HCLG.fst").exists() and all(
            (graph / file).is_file() for file in ("HCLr.fst", "Gr.fst", "words.txt")
        )


def find_model(choice: str | Path | None = None) -> ModelFolder:
    """Return the model to hear with: the chosen path or name, else the newest the user has fetched.

    Where none was fetched it is the embedded one.

    Raises:
        Complaint: there is no such model, or what is there is no usable Vosk model.

    """
    path = _chosen(choice) if choice else _newest() or embedded_model()
    fault = model_fault(path)
    if fault:
        raise Complaint(f"{path}: this is no usable Vosk model: {fault}.")
    return ModelFolder(path.resolve())


def model_places() -> tuple[Path, ...]:
    """Folders that hold models: of the checkout, and of the user."""
    checkout = Path(__file__).resolve().parents[2] / "voice_models"
    user = platformdirs.user_data_path(_APPLICATION) / "voice_models"
    return tuple(place for place in (checkout, user) if place.is_dir())


def embedded_model() -> Path:
    """Return the model that comes with the program."""
    package = Path(__file__).resolve().parents[1]
    for place in (package.parent / "voice_models", package / "voice_models"):
        if (place / DEFAULT_MODEL).is_dir():
            return place / DEFAULT_MODEL
    raise Complaint(
        f"The embedded model {DEFAULT_MODEL} is missing from {package}: install the program again."
    )


def model_fault(path: Path) -> str | None:
    """Return what keeps a folder from being a usable model, or None."""
    if not path.is_dir():
        return "there is no such folder" if not path.exists() else "it is a file, not a folder"
    # Old models keep all files in one folder.
    nested = (path / "conf" / "model.conf").exists()
    acoustic = path / "am" / "final.mdl" if nested else path / "final.mdl"
    graph = path / "graph" if nested else path
    try:
        return _acoustic_fault(path, acoustic) or _graph_fault(path, graph)
    except OSError as error:
        return f"{error.filename} cannot be read ({error.strerror})"


class WordTable(dict[str, int]):
    """Word to number."""


def words(model: ModelFolder) -> frozenset[str] | None:
    """Return the words the model knows, or None where it does not list them."""
    known = word_table(model)
    return frozenset(known) if known else None


def word_table(model: ModelFolder) -> WordTable:
    """Return the words of the model by number, none where it does not list them.

    It takes ten megabytes, so it is shared as long as somebody holds it, and no longer.
    """
    file = model.path / "graph" / "words.txt"
    if (known := _tables.get(file)) is not None:
        return known
    table = _tables[file] = WordTable(_words_in(file) if file.is_file() else ())
    return table


_tables: WeakValueDictionary[Path, WordTable] = WeakValueDictionary()
"""Those in use."""


def _words_in(file: Path) -> Iterator[tuple[str, int]]:
    with file.open(encoding="utf-8") as rows:
        for row in rows:
            columns = row.split()
            if len(columns) == 2 and columns[0] != EPSILON:
                yield columns[0], int(columns[1])


def _chosen(choice: str | Path) -> Path:
    path = Path(choice).expanduser()
    if path.exists() or len(path.parts) > 1:
        return path
    named = [place / path for place in (*model_places(), embedded_model().parent)]
    for candidate in named:
        if candidate.is_dir():
            return candidate
    known = sorted({found.name for place in model_places() for found in _models_in(place)})
    raise Complaint(f"There is no model {choice}; there are: {', '.join(known) or 'none'}.")


def _newest() -> Path | None:
    """Return the model that was fetched last; a half-fetched or foreign folder is passed over."""
    fetched = [
        path for place in model_places() for path in _models_in(place) if path.name != DEFAULT_MODEL
    ]
    usable = [path for path in fetched if model_fault(path) is None]
    return max(usable, key=lambda path: (path.stat().st_mtime, path.name), default=None)


def _models_in(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir() and not path.name.startswith(".")]


def _acoustic_fault(path: Path, acoustic: Path) -> str | None:
    name = acoustic.relative_to(path)
    if not acoustic.is_file():
        return f"{name} is missing"
    with acoustic.open("rb") as stream:
        head = stream.read(2)
        stream.seek(max(0, acoustic.stat().st_size - _TAIL_BYTES))
        tail = stream.read()
    if head != _KALDI_BINARY:
        return f"{name} is not a Kaldi model"
    if b"<Priors>" not in tail:
        return f"{name} is cut off"
    return None


def _graph_fault(path: Path, graph: Path) -> str | None:
    static, dynamic = graph / "HCLG.fst", graph / "HCLr.fst"
    needed = [static] if static.exists() else [dynamic, graph / "Gr.fst"]
    if not static.exists() and not (graph / "disambig_tid.int").is_file():
        return f"{(graph / 'disambig_tid.int').relative_to(path)} is missing"
    for file in needed:
        name = file.relative_to(path)
        if not file.is_file():
            return f"{name} is missing"
        with file.open("rb") as stream:
            head = stream.read(len(_OPENFST))
        if head != _OPENFST:
            return f"{name} is not a transducer"
    return None
