"""What the documents say about the code is made from the code."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("script", "document"),
    [("command_table.py", "README.md"), ("architecture_diagram.py", "ARCHITECTURE.md")],
)
def test_a_generated_part_is_up_to_date(script: str, document: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / script, "--check", ROOT / document],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, f"run: scripts/{script} --write {document}\n{done.stderr}"
