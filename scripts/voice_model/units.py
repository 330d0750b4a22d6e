"""The outputs of the acoustic model: phones in the context of what was said before.

The context is the kind of the phone before: where in the mouth it ends, which is what bends the
beginning of the next one. Each *unit*, a phone in a context, has two outputs: its first frame
(``forward`` in Kaldi's words) is output ``2 * unit``, each further frame (``self-loop``) is
``2 * unit + 1``. Units that training hardly meets share one for each phone, and so do silence and
unknown speech, which sound the same after everything.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from .lexicon import PHONE_IDS, PHONES

CONTEXTS: Final = (
    ("SIL", "SPN"),
    ("P", "B", "F", "V"),
    ("M",),
    ("T", "D", "S", "Z", "TH", "DH"),
    ("N", "NG"),
    ("SH", "ZH", "CH", "JH"),
    ("K", "G", "HH"),
    ("R", "ER"),
    ("L",),
    ("W", "UW", "UH", "OW", "AW"),
    ("Y", "IY", "EY", "IH", "AY", "OY"),
    ("AE", "EH", "AH", "AA", "AO"),
)
"""Kinds of phones; the first one is also what is before the first phone."""

COUNT: Final = len(PHONES)
CONTEXT_FREE: Final = (PHONE_IDS["SIL"], PHONE_IDS["SPN"])
"""Phones that are the same in every context."""
NO_CONTEXT: Final = 0

CONTEXT_AFTER: Final = np.zeros(COUNT, np.int64)
"""Context that each phone is for the next one."""
for _number, _kind in enumerate(CONTEXTS):
    CONTEXT_AFTER[[PHONE_IDS[_phone] for _phone in _kind]] = _number


@dataclass(frozen=True, slots=True)
class Units:
    """Which unit a phone is in which context."""

    table: npt.NDArray[np.int64]
    """Unit by context and phone; units are numbered by phone first."""
    phones: npt.NDArray[np.int64]
    """Phone by unit."""

    @property
    def outputs(self) -> int:
        """How many outputs the model has."""
        return 2 * len(self.phones)

    def write(self, file: Path) -> None:
        """Keep the table as text, a row for each context: other graphs need it."""
        np.savetxt(file, self.table, fmt="%d")

    @staticmethod
    def read(file: Path) -> "Units":
        """The units of a table that was written."""
        table = np.loadtxt(file, dtype=np.int64)
        phones = np.full(int(table.max()) + 1, -1, np.int64)
        phones[table] = np.arange(table.shape[1])
        # The shared unit of a phone stands before its others, and no context may need it.
        for unit in np.flatnonzero(phones < 0)[::-1]:
            phones[unit] = phones[unit + 1]
        return Units(table, phones)


def tie_units(seen: npt.NDArray[np.float64], least: float) -> Units:
    """Units for what was seen at least so often, and one more for each phone.

    Args:
        seen: how often each phone (column) came in each context (row).
        least: what is rarer shares the unit of its phone.
    """
    table = np.zeros((len(CONTEXTS), COUNT), np.int64)
    phones: list[int] = []
    for phone in range(COUNT):
        table[:, phone] = len(phones)
        phones.append(phone)
        if phone in CONTEXT_FREE:
            continue
        for context in np.flatnonzero(seen[:, phone] >= least):
            table[context, phone] = len(phones)
            phones.append(phone)
    return Units(table, np.array(phones, np.int64))
