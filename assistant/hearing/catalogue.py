"""Voice models that others have published, and what their archives must look like."""

from dataclasses import dataclass
from typing import Final

from assistant.complaint import Complaint

_PUBLISHER: Final = "https://alphacephei.com/vosk/models"


@dataclass(frozen=True, slots=True)
class Published:
    """A model that can be fetched by name."""

    name: str
    about: str
    url: str
    """Of a zip archive that holds one folder."""
    archive_bytes: int | None
    """Size of the archive, None where it is not known."""
    sha256: str | None
    """Of the archive, in hexadecimal; None where no two sources were found that agree on it.

    The publisher names no checksums. These are the ones that a mirror of the archives and several
    package builders have recorded independently of each other.
    """


PUBLISHED: Final = (
    Published(
        "vosk-model-small-en-us-0.15",
        "US English, small: the usual choice for a Raspberry Pi",
        f"{_PUBLISHER}/vosk-model-small-en-us-0.15.zip",
        41_205_931,
        "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    ),
    Published(
        "vosk-model-en-us-0.22-lgraph",
        "US English, larger: hears better, needs about three times the memory",
        f"{_PUBLISHER}/vosk-model-en-us-0.22-lgraph.zip",
        130_557_655,
        "d9838b4aaa82a75c4a17f5aca300eaca129aaab2a7cbf951bafbb500eb9c4334",
    ),
    Published(
        "vosk-model-small-en-in-0.4",
        "Indian English, small",
        f"{_PUBLISHER}/vosk-model-small-en-in-0.4.zip",
        None,
        None,
    ),
)


def published(name: str) -> Published:
    """Return the model of this name; ``vosk-model-`` in front may be left out.

    Raises:
        Complaint: nobody has published it, as far as is known here.

    """
    for model in PUBLISHED:
        if name in (model.name, model.name.removeprefix("vosk-model-")):
            return model
    known = ", ".join(model.name for model in PUBLISHED)
    raise Complaint(f"There is no published model {name}; there are: {known}.")
