"""Sound files to text and meaning."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.hearing.contest import Contest
from assistant.hearing.models import ModelFolder, find_model
from assistant.hearing.recogniser import RATE, WHOLE, Final, Recogniser
from assistant.language.collisions import Collision, collisions
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Sentences, load_sentences
from assistant.runtime.clock import processor_s
from assistant.sound.clip import Samples
from assistant.sound.mix import in_a_quiet_room, with_noise
from assistant.sound.wav import read, to_pcm


@dataclass(frozen=True, slots=True)
class Transcript:
    """What became of one file."""

    file: Path
    text: str
    match: Match | None
    audio_seconds: float
    compute_seconds: float
    """Processor time spent on levelling, recognising and matching."""

    def as_json(self) -> dict[str, Any]:
        """Return the line that programs read."""
        return {
            "file": str(self.file),
            "text": self.text,
            "intent": self.match.intent if self.match else None,
            "slots": dict(self.match.slots) if self.match else {},
            "audio_seconds": round(self.audio_seconds, 3),
            "compute_seconds": round(self.compute_seconds, 3),
        }


class Transcriber:
    """Recognises files by one set of sentences.

    Attributes:
        deaf_to: words of the sentences that the model cannot hear.

    """

    def __init__(self, sentences: Path, model: str | Path | None = None) -> None:
        """Read the sentences and open the model.

        Raises:
            Complaint: one of the two is missing or broken.

        """
        known = load_sentences(sentences)
        self._matcher = Matcher(known)
        self._ears = ears_for(find_model(model), known)
        self.deaf_to = self._ears.missing
        self._sentences = known

    def ambiguities(self) -> tuple[Collision, ...]:
        """Texts that mean two intents, one example for each pair of intents."""
        return collisions(self._sentences)

    def transcribe(
        self, file: Path, noise: Samples | None = None, snr_db: float | None = None
    ) -> Transcript:
        """Recognise one file.

        Raises:
            Complaint: there is no sound in it that can be read.

        """
        speech = read(file, RATE)
        audio_seconds = len(speech) / RATE
        began = processor_s()
        if noise is not None and snr_db is not None:
            speech = with_noise(speech, noise, snr_db)
        text = self._ears.hear(to_pcm(in_a_quiet_room(speech, RATE)))
        match = self._matcher.match(text)
        return Transcript(file, text, match, audio_seconds, processor_s() - began)


class Ears(Protocol):
    """Hears whole recordings."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Words of the sentences that the model does not know."""

    def hear(self, pcm: bytes) -> str:
        """Return all that was said."""


class _OpenEars:
    """For models that no grammar can be compiled into."""

    def __init__(self, model: ModelFolder, sentences: Sentences) -> None:
        self._recogniser = Recogniser(model, sentences, endpointing=WHOLE)
        self.missing = self._recogniser.missing

    def hear(self, pcm: bytes) -> str:
        """Return all that was said; a long file comes as several utterances."""
        said: list[str] = []
        for start in range(0, len(pcm), RATE):
            said += [
                heard.text
                for heard in self._recogniser.feed(pcm[start : start + RATE])
                if isinstance(heard, Final)
            ]
        said.append(self._recogniser.finish().text)
        return " ".join(text for text in said if text)


def ears_for(model: ModelFolder, sentences: Sentences) -> Ears:
    """What hears recordings best with this model."""
    return Contest(model, sentences) if model.is_dynamic else _OpenEars(model, sentences)
