"""Makes a model that knows ten words, around the acoustic model that comes with the program.

Run as a process of its own (``python -m tests.voice_model.ten_words FOLDER``): kaldifst cannot
share a process with vosk.
"""

import shutil
import sys
from pathlib import Path

from scripts.voice_model.graph_files import write_graph
from scripts.voice_model.lexicon import PHONE_IDS, Lexicon
from scripts.voice_model.units import Units

WORDS = {
    "stop": ["S T AA P"],
    "pause": ["P AO Z"],
    "start": ["S T AA R T"],
    "set": ["S EH T"],
    "of": ["AH V"],
    "two": ["T UW"],
    "too": ["T UW"],
    "twenty": ["T W EH N T IY", "T W EH N IY"],
    "a": ["AH", "EY"],
    "again": ["AH G EH N", "AH G EY N"],
}
"""With a homophone, further pronunciations, and one that begins another."""

COACH = Path(__file__).resolve().parents[2] / "voice_models" / "coach-en"


def lexicon() -> Lexicon:
    """The ten words."""
    return Lexicon(
        {
            word: tuple(tuple(PHONE_IDS[phone] for phone in way.split()) for way in ways)
            for word, ways in WORDS.items()
        }
    )


def costs() -> dict[str, float]:
    """Every word costs something, so that none is put in where nothing is said."""
    return dict.fromkeys(WORDS, 5.0)


if __name__ == "__main__":
    made = Path(sys.argv[1])
    for part in ("am", "conf"):
        shutil.copytree(COACH / part, made / part)
    (made / "graph").mkdir()
    write_graph(lexicon(), Units.read(COACH / "am" / "units.txt"), costs(), made / "graph")
