"""What a live coach consists of, as far as others have to look at it."""

from dataclasses import dataclass

from assistant.app.stage import Stage
from assistant.hearing.gauge import Condition
from assistant.hearing.listener import Listener
from assistant.hearing.microphone import Microphone
from assistant.hearing.muted import Attended
from assistant.sound.card import SoundCard
from assistant.speaking.speaker import Speaker


@dataclass(slots=True)
class Parts:
    """The parts that may fail."""

    microphone: Microphone
    source: Attended
    """The microphone as it is listened to."""
    speaker: Speaker
    card: SoundCard
    stage: Stage
    listener: Listener
    """Replaced when it hangs."""

    @property
    def condition(self) -> Condition:
        """What is wrong with what the microphone delivers."""
        seen = self.source.condition
        return self.listener.condition if seen is Condition.FINE else seen

    @property
    def pulse(self) -> "Pulse":
        """How far everything has come."""
        return Pulse(self.microphone.frames, self.listener.decoded, self.speaker.frames)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Counts that grow for as long as the coach hears, understands and can be heard."""

    microphone_frames: int
    decoded_blocks: int
    speaker_frames: int

    def has_moved_since(self, earlier: "Pulse") -> bool:
        """Whether every single count has grown."""
        return (
            self.microphone_frames > earlier.microphone_frames
            and self.decoded_blocks != earlier.decoded_blocks  # a new listener begins at 0
            and self.speaker_frames > earlier.speaker_frames
        )
