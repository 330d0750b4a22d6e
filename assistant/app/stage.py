"""Everything audible, wired together."""

from collections.abc import Callable

from assistant.dialogue.events import Event
from assistant.settings import Settings
from assistant.sound.clip import Samples
from assistant.speaking.clips import ClipSource
from assistant.speaking.mixer import Mixer
from assistant.speaking.voice import Voice


class Stage:
    """Mixer and voice together: everything audible."""

    def __init__(
        self,
        clips: ClipSource,
        settings: Settings,
        *,
        post: Callable[[Event], None],
        submit: Callable[[Callable[[], None]], object],
    ) -> None:
        """Args: where words become clips, how to speak, where events go, what runs synthesis."""
        self.rate = clips.rate
        self.mixer = Mixer(clips.rate)
        self.voice = Voice(
            self.mixer,
            clips,
            post=post,
            submit=submit,
            words_per_minute=settings.speaking.words_per_minute,
        )
        self.voice.set_volume(settings.speaking.volume)

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds, waits to sound, or is being synthesised."""
        return self.voice.is_idle

    def render(self, frames: int) -> Samples:
        """The next samples for the loudspeaker."""
        return self.mixer.render(frames)

    def pump(self) -> None:
        """Post the events of what has sounded since the last call."""
        self.voice.pump()
