#!/usr/bin/env python3
"""The diagram of ARCHITECTURE.md: which part of the package imports which, drawn as it is now.

    scripts/architecture_diagram.py                     print it (Mermaid)
    scripts/architecture_diagram.py --write FILE.md     put it between the marks in that file
    scripts/architecture_diagram.py --check FILE.md     exit 1 when the one in that file is outdated

An import that a longer way implies is left out: of "a imports b, b imports c, a imports c" only the
first two are drawn. What everybody imports (errors, folders) is left out as well.
"""

import argparse
import re
import sys
from pathlib import Path

import grimp

PACKAGE = "assistant"
EVERYWHERE = {"__main__", "complaint", "paths", "problems"}
BY_NAME = {"cli": {"commands"}}
"""Imports that stand in no import statement."""
START, END = "<!-- imports: generated -->", "<!-- imports: end -->"

Imports = dict[str, set[str]]


def imports() -> Imports:
    """Each part of the package and the parts it imports directly."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    parts = {name.removeprefix(f"{PACKAGE}.") for name in graph.find_children(PACKAGE)}
    parts -= EVERYWHERE
    return {
        part: BY_NAME.get(part, set())
        | {
            other
            for other in parts - {part}
            if graph.direct_import_exists(
                importer=f"{PACKAGE}.{part}", imported=f"{PACKAGE}.{other}", as_packages=True
            )
        }
        for part in parts
    }


def reduced(direct: Imports) -> Imports:
    """The same without imports that a longer way implies."""

    def reaches(start: str, goal: str) -> bool:
        seen, waiting = set(), [start]
        while waiting:
            part = waiting.pop()
            if part == goal:
                return True
            if part not in seen:
                seen.add(part)
                waiting.extend(direct[part])
        return False

    return {
        part: {
            other for other in others if not any(reaches(via, other) for via in others - {other})
        }
        for part, others in direct.items()
    }


def mermaid(edges: Imports) -> str:
    """The imports as a Mermaid flowchart, importers above."""
    lines = ["```mermaid", "flowchart TD"]
    lines += [f"    {part}" for part in sorted(edges) if not edges[part]]
    lines += [f"    {part} --> {other}" for part in sorted(edges) for other in sorted(edges[part])]
    return "\n".join([*lines, "```"])


def replaced(text: str, diagram: str) -> str:
    """A document with the diagram between the marks."""
    pattern = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"the document has no marks {START} and {END}")
    return pattern.sub(lambda _: f"{START}\n{diagram}\n{END}", text)


def main() -> None:
    """Print the diagram, write it, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--write", type=Path, metavar="FILE.md")
    action.add_argument("--check", type=Path, metavar="FILE.md")
    args = parser.parse_args()
    diagram = mermaid(reduced(imports()))
    if args.write:
        args.write.write_text(replaced(args.write.read_text(), diagram))
    elif args.check:
        if replaced(text := args.check.read_text(), diagram) != text:
            sys.exit(f"{args.check} is outdated: scripts/architecture_diagram.py --write FILE")
    else:
        print(diagram)


if __name__ == "__main__":
    main()
