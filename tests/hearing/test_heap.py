"""Large blocks lie apart, so that what is freed is given back whatever lies around it."""

import ctypes

import pytest

from assistant.hearing import heap

_FIELDS = (
    "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks",
    "keepcost",
)  # fmt: skip


class Heap(ctypes.Structure):
    """What glibc tells of itself; ``hblks`` counts the mappings."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _FIELDS)
    hblks: int


@pytest.fixture
def library() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        pytest.skip("this C library does not tell of its heap")
    library.mallinfo2.restype = Heap
    library.malloc.restype = ctypes.c_void_p
    library.malloc.argtypes = [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    return library


def mappings(library: ctypes.CDLL) -> int:
    found = library.mallinfo2()
    assert isinstance(found, Heap)
    return found.hblks


def test_a_large_block_is_a_mapping_also_after_a_larger_one_was_freed(
    library: ctypes.CDLL,
) -> None:
    heap.keep_apart()
    library.free(library.malloc(8 * 2**20))  # by default, glibc would raise its threshold here
    before = mappings(library)
    block = library.malloc(2**20)
    assert mappings(library) == before + 1
    library.free(block)
    assert mappings(library) == before


def test_giving_back_harms_nothing(library: ctypes.CDLL) -> None:
    block = library.malloc(1000)
    heap.give_back()
    library.free(block)
