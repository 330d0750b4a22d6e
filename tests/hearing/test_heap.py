"""Large blocks lie apart, so that what is freed is given back whatever lies around it."""

import subprocess
import sys
from pathlib import Path

import pytest

_NO_GLIBC = 77
_PROGRAM = """
import ctypes, sys
from assistant.hearing import heap

class Heap(ctypes.Structure):
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]

library = ctypes.CDLL(None)
if not hasattr(library, "mallinfo2"):
    sys.exit(77)
library.mallinfo2.restype = Heap
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
if sys.argv[1] == "apart":
    heap.keep_apart()
library.free(library.malloc(8 * 2**20))  # by default, glibc raises its threshold here
before = library.mallinfo2().hblks
block = library.malloc(2**20)
print(library.mallinfo2().hblks - before)
library.free(block)
heap.give_back()
"""


def mappings_of_a_megabyte(how: str) -> str:
    """How many mappings a block makes, in a process whose heap nobody else has filled."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, how],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == _NO_GLIBC:
        pytest.skip("this C library does not tell of its heap")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_large_block_is_a_mapping_also_after_a_larger_one_was_freed() -> None:
    assert mappings_of_a_megabyte("apart") == "1"


def test_without_it_the_block_would_be_part_of_the_heap() -> None:
    assert mappings_of_a_megabyte("as ever") == "0"
