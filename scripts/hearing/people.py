"""People who read single digits: the only recordings of words that the coach knows."""

from pathlib import Path

from rich.table import Table

from assistant.hearing.models import ModelFolder
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from assistant.sound.wav import read
from scripts.hearing import material
from scripts.hearing.score import Score, verdict
from scripts.hearing.trial import Trial

_SENTENCES = Path(__file__).with_name("digits.yaml")


def table(model: ModelFolder, corpus: Path, *, is_quick: bool) -> Table:
    """Return how many digits are understood when only digits are listened for."""
    sentences = load_sentences(_SENTENCES)
    matcher = Matcher(sentences)
    trial = Trial(Recogniser(model, sentences), matcher)
    files = sorted((corpus / "dev" / "speech_commands").glob("*.ogg"))
    shown = Table("people, digits", "right", "wrong", "missed")
    beds = {"clean": None, **material.noises(corpus)}
    for kind, bed in list(beds.items())[: 2 if is_quick else None]:
        score = Score()
        for file in files:
            wanted = matcher.match(file.stem.split("-")[0])
            if wanted is not None:
                acts = trial.hear(material.in_room(read(file, RATE), bed, 12.0))
                score.add("digits", verdict(wanted, acts), 0.0)
        shares = (f"{score.share(name):.1%}" for name in ("right", "wrong", "missed"))
        shown.add_row(kind if bed is None else f"{kind}, 12 dB", *shares)
    return shown
