"""The heap of the C library, which libvosk fills and leaves full of holes.

The decoder takes and frees tens of megabytes while somebody talks. What lies between them keeps
glibc from giving the free ones back, and it raises the size from which a block is a mapping of its
own as it goes. Other C libraries have no such calls, and nothing is done there.
"""

import contextlib
import ctypes
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
"""Names of glibc's ``malloc.h`` for ``mallopt``."""
_LARGE_BYTES: Final = 256 * 1024


def keep_apart() -> None:
    """Let every large block be a mapping of its own from now on, which leaves no hole behind.

    After seven minutes of talk a process is 6 MB smaller for it (``scripts/soak.py`` tells more).
    """
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        library.mallopt(_TRIM_THRESHOLD, _LARGE_BYTES)


def give_back() -> None:
    """Let the system have what is free."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
