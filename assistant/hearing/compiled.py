"""A model with a grammar compiled in: a folder of links and some new files, kept for next time.

Its list of words is that of the grammar: all that the model knows take libvosk three megabytes.
"""

import hashlib
import json
import marshal
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import platformdirs

from assistant.complaint import Complaint
from assistant.hearing.grammar import Costs, Grammar, acceptor_job
from assistant.hearing.models import EPSILON, ModelFolder, WordTable, word_table

_MOST_KEPT: Final = 24
_LONGEST_COMPILATION_S: Final = 120
_LAYOUT: Final = 2
"""Of these folders; those of another one are not used any more."""
_OWN: Final = ("conf/model.conf", "graph/Gr.fst", "graph/words.txt")
"""Files that are no links."""


def compiled(
    model: ModelFolder, grammar: Grammar, options: Mapping[str, str], costs: Costs | None = None
) -> Path:
    """Return a copy of a dynamic model that hears ``grammar``, made now or on an earlier run.

    Args:
        model: a model with a dynamic graph.
        grammar: what may be heard.
        options: decoder options (``endpoint.rule2.min-trailing-silence`` and the like) to replace.
        costs: prices of the ways out of the grammar.

    Raises:
        Complaint: no folder can be written to, not even a temporary one.

    """
    table = word_table(model)
    job = acceptor_job(grammar, table, costs or Costs())
    conf = _configured((model.path / "conf" / "model.conf").read_text(encoding="utf-8"), options)
    name = f"{model.name}-{_key(model, job, conf)}"
    complaint: OSError | None = None
    for place in _places():
        try:
            return _in_place(place, name, model, table, job, conf)
        except OSError as error:
            complaint = error
    raise Complaint(f"The compiled grammar cannot be stored: {complaint}.")


def _places() -> tuple[Path, ...]:
    temporary = Path(tempfile.gettempdir()) / f"workout-assistant-{os.getuid()}"
    return platformdirs.user_cache_path("workout-assistant") / "models", temporary / "models"


def _key(model: ModelFolder, job: dict[str, Any], conf: str) -> str:
    digest = hashlib.sha256(f"{_LAYOUT}\n{model.path}\n{conf}\n".encode())
    # Half a million numbers are written as JSON only when there is something to compile.
    digest.update(marshal.dumps(job, 2))
    for file in sorted(path for path in model.path.rglob("*") if path.is_file()):
        state = file.stat()
        digest.update(f"\n{file} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()[:20]


def _configured(conf: str, options: Mapping[str, str]) -> str:
    kept = [
        line
        for line in conf.splitlines()
        if line.strip() and line.split("=")[0].strip().removeprefix("--") not in options
    ]
    return "\n".join([*kept, *(f"--{key}={value}" for key, value in options.items())]) + "\n"


def _in_place(
    place: Path, name: str, model: ModelFolder, table: WordTable, job: dict[str, Any], conf: str
) -> Path:
    folder = place / name
    if (folder / "graph" / "Gr.fst").exists():
        os.utime(folder)
        return folder
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _forget_oldest(place)
    with tempfile.TemporaryDirectory(dir=place, prefix=".") as unfinished:
        made = Path(unfinished) / name
        _link(model.path, made)
        for file in _OWN:
            (made / file).unlink()
        (made / "conf" / "model.conf").write_text(conf, encoding="utf-8")
        heard = _compile(job, model.path / "graph" / "Gr.fst", made / "graph" / "Gr.fst")
        listed = [f"{word} {number}" for word, number in table.items() if number in heard]
        rows = "\n".join([f"{EPSILON} 0", *listed, ""])
        (made / "graph" / "words.txt").write_text(rows, encoding="utf-8")
        try:
            made.rename(folder)
        except OSError:
            # Another process has made the same folder in the meantime.
            if not (folder / "graph" / "Gr.fst").exists():
                raise
    return folder


def _link(source: Path, made: Path) -> None:
    """Rebuild the folders of ``source`` with links to its files."""
    made.mkdir()
    for path in source.iterdir():
        if path.is_dir():
            _link(path, made / path.name)
        else:
            (made / path.name).symlink_to(path.resolve())


def _compile(job: dict[str, Any], background: Path, output: Path) -> frozenset[int]:
    """Write the grammar, and return the numbers of the words in it."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant.hearing.acceptor", str(background), str(output)],
        input=json.dumps(job),
        text=True,
        capture_output=True,
        check=False,
        timeout=_LONGEST_COMPILATION_S,
        cwd=Path(__file__).resolve().parents[2],
    )
    if done.returncode or not output.exists():
        last = done.stderr.strip().splitlines()[-1:] or [f"signal {-done.returncode}"]
        raise Complaint(f"The sentences cannot be compiled into a grammar: {last[0]}.")
    return frozenset(json.loads(done.stdout))


def _forget_oldest(place: Path) -> None:
    kept = sorted(
        (path for path in place.iterdir() if not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in kept[_MOST_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
