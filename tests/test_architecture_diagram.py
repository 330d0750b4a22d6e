"""The generated diagram: it draws the imports as they are, without those that others imply."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parent.parent / "scripts" / "architecture_diagram.py"


@pytest.fixture(scope="module")
def diagram() -> ModuleType:
    spec = importlib.util.spec_from_file_location("architecture_diagram", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_imports_of_the_package_are_found(diagram: ModuleType) -> None:
    imports = diagram.imports()
    assert "dialogue" in imports["runtime"]
    assert "content" in imports["dialogue"]
    assert "commands" in imports["cli"]
    assert "runtime" not in imports["dialogue"]


def test_an_import_that_a_longer_way_implies_is_left_out(diagram: ModuleType) -> None:
    direct = {"a": {"b", "c", "d"}, "b": {"c"}, "c": {"d"}, "d": set()}
    assert diagram.reduced(direct) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set()}


def test_the_drawing_is_the_same_each_time(diagram: ModuleType) -> None:
    assert diagram.mermaid({"b": set(), "a": {"c", "b"}, "c": set()}) == (
        "```mermaid\nflowchart TD\n    b\n    c\n    a --> b\n    a --> c\n```"
    )


def test_only_what_stands_between_the_marks_is_replaced(diagram: ModuleType) -> None:
    text = f"before\n{diagram.START}\nold\n{diagram.END}\nafter\n"
    assert diagram.replaced(text, "new") == (
        f"before\n{diagram.START}\nnew\n{diagram.END}\nafter\n"
    )


def test_a_document_without_marks_is_refused(diagram: ModuleType) -> None:
    with pytest.raises(SystemExit, match="no marks"):
        diagram.replaced("no diagram here", "new")
