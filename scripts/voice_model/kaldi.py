"""Kaldi's binary files, as far as a model for libvosk needs them.

All numbers are little-endian. A file begins with a zero byte and a B; a token ends with a blank; a
number is preceded by its size in bytes; a truth value is ``T`` or ``F``. ``FV`` is a vector and
``FM`` a matrix of 4-byte floats, ``DM`` a matrix of 8-byte floats.
"""

import struct
from collections.abc import Iterable
from io import BytesIO
from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.complaint import Complaint

Array = npt.NDArray[np.floating]

MAGIC: Final = b"\0B"


class Writer:
    """Collects a file."""

    def __init__(self) -> None:
        self._stream = BytesIO(MAGIC)
        self._stream.seek(len(MAGIC))

    def tokens(self, *tokens: str) -> None:
        """Write words, such as ``<Dim>``."""
        self._stream.write("".join(f"{token} " for token in tokens).encode("ascii"))

    def text(self, text: str) -> None:
        """Write lines as they are."""
        self._stream.write(text.encode("ascii"))

    def integer(self, value: int) -> None:
        """Write a number of 4 bytes."""
        self._stream.write(struct.pack("<bi", 4, value))

    def number(self, value: float) -> None:
        """Write a float of 4 bytes."""
        self._stream.write(struct.pack("<bf", 4, value))

    def truth(self, value: bool) -> None:
        """Write a truth value."""
        self._stream.write(b"T" if value else b"F")

    def integers(self, values: Iterable[int]) -> None:
        """Write a vector of integers; its length has no size of its own."""
        array = np.fromiter(values, "<i4")
        self._stream.write(struct.pack("<bi", 4, len(array)) + array.tobytes())

    def array(self, values: Array) -> None:
        """Write a vector or a matrix, in the precision it has."""
        is_double = values.dtype == np.float64
        self.tokens(("D" if is_double else "F") + ("V" if values.ndim == 1 else "M"))
        for size in values.shape:
            self.integer(size)
        self._stream.write(values.astype("<f8" if is_double else "<f4").tobytes())

    def finished(self) -> bytes:
        """Return the file."""
        return self._stream.getvalue()


class Reader:
    """Reads what ``Writer`` writes."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise Complaint("This is no binary file of Kaldi.")
        self._data = data
        self._at = len(MAGIC)

    def token(self) -> str:
        """Return the next word."""
        end = self._data.find(b" ", self._at)
        if end < 0:
            raise Complaint("This file of Kaldi is cut off.")
        found = self._data[self._at : end].decode("ascii", "replace")
        self._at = end + 1
        return found

    def expect(self, *tokens: str) -> None:
        """Read these words.

        Raises:
            Complaint: there is something else.
        """
        for token in tokens:
            if (found := self.token()) != token:
                raise Complaint(f"This file of Kaldi has {found!r} where {token!r} should be.")

    def peeks(self, token: str) -> bool:
        """Whether a word comes next."""
        return self._data.startswith(f"{token} ".encode("ascii"), self._at)

    def line(self) -> str:
        """Return the text up to the end of the line."""
        end = self._data.index(b"\n", self._at)
        found = self._data[self._at : end].decode("ascii")
        self._at = end + 1
        return found

    def integer(self) -> int:
        """Return a number of 4 bytes."""
        (value,) = self._unpack("<i", 4)
        return int(value)

    def number(self) -> float:
        """Return a float of 4 bytes."""
        (value,) = self._unpack("<f", 4)
        return float(value)

    def truth(self) -> bool:
        """Return a truth value."""
        return self._take(1) == b"T"

    def integers(self) -> list[int]:
        """Return a vector of integers."""
        count = self.integer()
        return [int(value) for value in np.frombuffer(self._take(4 * count), "<i4")]

    def array(self) -> Array:
        """Return a vector or a matrix."""
        kind = self.token()
        if kind not in ("FV", "FM", "DV", "DM"):
            raise Complaint(f"This file of Kaldi has {kind!r} where a matrix should be.")
        shape = [self.integer() for _ in range(2 if kind[1] == "M" else 1)]
        size, name = (8, "<f8") if kind[0] == "D" else (4, "<f4")
        return np.frombuffer(self._take(size * int(np.prod(shape))), name).reshape(shape)

    def _unpack(self, form: str, size: int) -> tuple[float, ...]:
        if self._take(1) != bytes([size]):
            raise Complaint("This file of Kaldi has numbers of another size.")
        return struct.unpack(form, self._take(size))

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise Complaint("This file of Kaldi is cut off.")
        self._at += count
        return taken
