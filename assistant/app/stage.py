"""Everything audible, wired together."""

from collections.abc import Callable

from assistant.dialogue.cadence import Cadence, Word
from assistant.dialogue.events import Event
from assistant.hearing.echo import Sounding
from assistant.hearing.reference import Reference
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.speaking.clips import ClipSource
from assistant.speaking.mixer import Mixer
from assistant.speaking.voice import Voice


class Stage:
    """Mixer and voice together, and what the ears must know of them."""

    def __init__(
        self,
        clips: ClipSource,
        settings: Settings,
        *,
        post: Callable[[Event], None],
        submit: Callable[[Callable[[], None]], object],
    ) -> None:
        """Be silent.

        Args:
            clips: where words become clips, and at which rate.
            settings: how loud and how fast to speak.
            post: takes the events of what has sounded.
            submit: runs synthesis, in the order given.
        """
        self.rate = clips.rate
        self.mixer = Mixer(clips.rate)
        self.reference = Reference(clips.rate)
        self._voice = Voice(
            self.mixer,
            clips,
            post=post,
            submit=submit,
            words_per_minute=settings.speaking.words_per_minute,
        )
        self._voice.set_volume(settings.speaking.volume)
        self._prompt = ""
        self._cues = ""

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds, waits to sound, or is being synthesised."""
        return self._voice.is_idle

    def sounding(self) -> Sounding:
        """What the coach lets the room hear now; any thread may ask."""
        is_counting = self._voice.is_counting
        return Sounding(
            is_speaking=self.mixer.is_speaking,
            is_counting=is_counting,
            words=f"{self._prompt} {self._cues}" if is_counting else self._prompt,
        )

    def render(self, frames: int) -> Samples:
        """The next samples for the loudspeaker."""
        block = self.mixer.render(frames)
        self.reference.write(block)
        return block

    def pump(self) -> None:
        """Post the events of what has sounded since the last call."""
        self._voice.pump()

    def say(self, text: str, ticket: int) -> None:
        """Speak after what is being spoken already."""
        self._prompt = text
        self._voice.say(text, ticket)

    def count(self, cadence: Cadence, ticket: int) -> None:
        """Play a cadence when speech has ended."""
        self._cues = _words(cadence)
        self._voice.count(cadence, ticket)

    def change(self, cadence: Cadence, ticket: int) -> None:
        """Let a running cadence go on by other cues, on its beat."""
        self._cues = f"{self._cues}. {_words(cadence)}"
        self._voice.change(cadence, ticket)

    def hush(self) -> None:
        """Drop speech, keep a running cadence."""
        self._voice.hush()

    def cut(self) -> None:
        """Drop everything that sounds or waits to sound."""
        self._voice.cut()

    def set_volume(self, level: int) -> None:
        """Set the loudness, 1 to 10."""
        self._voice.set_volume(level)

    def set_pace(self, words_per_minute: int) -> None:
        """Set how fast prompts are spoken from now on."""
        self._voice.set_pace(words_per_minute)


def _words(cadence: Cadence) -> str:
    """What is spoken in a cadence, each word once."""
    words = (cue.sound.text for cue in cadence.cues if isinstance(cue.sound, Word))
    return ". ".join(dict.fromkeys(words))
