"""``models``: which voice models there are, and fetching and checking them."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.complaint import Complaint
from assistant.hearing.catalogue import PUBLISHED, Published, published
from assistant.hearing.fetching import Fetched, fetch, is_remembered, verify
from assistant.hearing.models import DEFAULT_MODEL, embedded_model, find_model, model_places
from assistant.paths import data_folder

if TYPE_CHECKING:
    from rich.console import Console

EXAMPLE = """\
examples:
  workout-assistant models list
  workout-assistant models fetch small-en-us-0.15
  workout-assistant models verify

This is the only command that uses the network. A fetched model is used from then on; choose
another one with --model or in the settings.
"""
BAD = 2
"""Exit code when a model is not as it should be."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    name: str
    path: Path | None
    """None where it is published but not here."""
    about: str
    megabytes: float | None


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser(
        "models",
        help="list, fetch and verify voice models",
        description="List, fetch and verify voice models.",
        epilog=EXAMPLE,
    )
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="models that are here, and published ones")
    listing.set_defaults(run=_list)
    fetching = actions.add_parser("fetch", help="fetch a published model")
    fetching.add_argument("name", metavar="NAME", help="as in the list")
    fetching.add_argument("--sha256", metavar="HEX", help="what the archive's SHA-256 must be")
    fetching.add_argument("--url", metavar="URL", help="fetch it from a mirror")
    fetching.set_defaults(run=_fetch)
    verifying = actions.add_parser("verify", help="compare models with what was fetched")
    verifying.add_argument("name", metavar="NAME", nargs="?", help="one model (default: all)")
    verifying.set_defaults(run=_verify)
    for action in (listing, fetching, verifying):
        action.add_argument("--json", action="store_true", help="one JSON object a line")


def _list(args: argparse.Namespace) -> int:
    lines = list(_listed())
    if args.json:
        for line in lines:
            path = line.path and str(line.path)
            _print_json(name=line.name, path=path, about=line.about, megabytes=line.megabytes)
        return 0
    from rich.table import Table

    table = Table(box=None)
    table.add_column("model", no_wrap=True)  # to be copied into a fetch
    table.add_column("MB", justify="right")
    table.add_column("about")
    table.add_column("where", overflow="fold")
    for line in lines:
        size = f"{line.megabytes:.0f}" if line.megabytes else "?"
        table.add_row(line.name, size, line.about, str(line.path or "not fetched"))
    _console().print(table)
    return 0


def _listed() -> Iterator[Listed]:
    """Yield models on the disk, then published ones that are not."""
    about = {model.name: model.about for model in PUBLISHED}
    about[DEFAULT_MODEL] = "comes with the program"
    here = list(_here())
    for path in here:
        megabytes = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6
        yield Listed(path.name, path, about.get(path.name, ""), round(megabytes, 1))
    names = {path.name for path in here}
    for model in PUBLISHED:
        if model.name not in names:
            size = model.archive_bytes and round(model.archive_bytes / 1e6, 1)
            yield Listed(model.name, None, model.about, size)


def _here() -> Iterator[Path]:
    embedded = embedded_model().resolve()
    yield embedded
    for place in model_places():
        for path in sorted(place.iterdir()):
            if path.is_dir() and not path.name.startswith(".") and path.resolve() != embedded:
                yield path


def _fetch(args: argparse.Namespace) -> int:
    model = published(args.name)
    if args.url:
        model = replace(model, url=args.url)
    if args.sha256 and (len(args.sha256) != 64 or set(args.sha256.lower()) - _HEXADECIMAL):
        raise Complaint("--sha256 takes the 64 hexadecimal digits of a SHA-256.")
    folder = data_folder() / "voice_models"
    fetched = _with_bar(model, folder, args.sha256)
    path = folder / model.name
    if args.json:
        _print_json(name=model.name, path=str(path), sha256=fetched.sha256)
        return 0
    console = _console()
    console.print(f"{model.name} is in {path}", soft_wrap=True)
    if not (args.sha256 or model.sha256):
        console.print(
            f"Nobody has told this program the checksum of this model. It was {fetched.sha256};"
            " compare it with one you trust. It is remembered for the next time.",
            soft_wrap=True,
        )
    return 0


def _with_bar(model: Published, folder: Path, sha256: str | None) -> Fetched:
    """Fetch and show how far it is, on the standard error."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress("{task.description}", *columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(model.name, total=model.archive_bytes)

        def show(there: int, whole: int | None) -> None:
            bar.update(task, completed=there, total=whole)

        return fetch(model, folder, show, sha256=sha256)


_HEXADECIMAL = frozenset("0123456789abcdef")


def _verify(args: argparse.Namespace) -> int:
    paths = [find_model(args.name).path] if args.name else list(_here())
    code = 0
    for path in paths:
        faults = verify(path)
        code = BAD if faults else code
        if args.json:
            _print_json(name=path.name, path=str(path), faults=faults)
        else:
            _console().print(_verdict(path, faults), soft_wrap=True)
    return code


def _verdict(path: Path, faults: tuple[str, ...]) -> str:
    if faults:
        return f"{path.name}: {'; '.join(faults)}. Fetch it again."
    if is_remembered(path):
        return f"{path.name}: every file is as it was fetched."
    return f"{path.name}: looks whole; what its files should be is not recorded."


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False)


def _print_json(**values: object) -> None:
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
