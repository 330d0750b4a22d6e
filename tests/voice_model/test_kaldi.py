"""Kaldi's binary files are written byte by byte as Kaldi writes them."""

import numpy as np
import pytest

from assistant.complaint import Complaint
from scripts.voice_model.kaldi import Reader, Writer


def test_every_value_is_read_as_it_was_written() -> None:
    out = Writer()
    out.tokens("<Model>", "<Dim>")
    out.integer(-7)
    out.number(0.25)
    out.truth(True)
    out.integers([1, 2, 3])
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3)
    for values in (matrix, matrix[0], matrix.astype(np.float64)):
        out.array(values)
    reader = Reader(out.finished())
    reader.expect("<Model>", "<Dim>")
    assert reader.integer() == -7
    assert reader.number() == 0.25
    assert reader.truth()
    assert reader.integers() == [1, 2, 3]
    for values in (matrix, matrix[0], matrix.astype(np.float64)):
        found = reader.array()
        assert found.dtype == values.dtype
        assert np.array_equal(found, values)


def test_the_bytes_are_those_of_the_format() -> None:
    out = Writer()
    out.tokens("<Dim>")
    out.integer(2)
    out.truth(False)
    out.array(np.array([1.0], np.float32))
    assert out.finished() == b"\0B<Dim> \x04\x02\0\0\0FFV \x04\x01\0\0\0\0\0\x80?"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<Dim> 2", "no binary file"),
        (b"\0B<Other> ", "'<Dim>' should be"),
        (b"\0B<Di", "cut off"),
        (b"\0B<Dim> \x04\x01", "cut off"),
        (b"\0B<Dim> \x08\x01\0\0\0\0\0\0\0", "another size"),
    ],
)
def test_anything_else_is_a_complaint(data: bytes, sentence: str) -> None:
    with pytest.raises(Complaint, match=sentence):
        read_dim(data)


def read_dim(data: bytes) -> int:
    reader = Reader(data)
    reader.expect("<Dim>")
    return reader.integer()
