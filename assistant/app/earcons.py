"""Short signals where the coach has nothing to say: understood, not understood, listening.

A reply in words is signal enough, and a tone over its first syllable would only hide it.
"""

from collections.abc import Callable

from assistant.dialogue.events import Event, Heard, NotUnderstood, PromptSpoken
from assistant.dialogue.expectation import as_meant
from assistant.dialogue.session import Asleep, Lifting, Session
from assistant.speaking.clicks import Earcon, click
from assistant.speaking.mixer import Mixer
from assistant.speaking.orders import Layer, Placement


def earcon(event: Event, before: Session, after: Session) -> Earcon | None:
    """The signal that goes with an event.

    Args:
        event: what has happened.
        before: the session that the event found.
        after: the session that came of it.
    """
    if isinstance(before.mode, Asleep) or isinstance(after.mode, Asleep | Lifting):
        return None  # whoever sleeps gives no sign, and in a set every click is a beat
    match as_meant(before, event):
        case Heard() if not after.last_said:
            return Earcon.UNDERSTOOD
        case NotUnderstood() if after.last_said == before.last_said:
            return Earcon.NOT_UNDERSTOOD
        case PromptSpoken() if "answer" in after.deadlines and "answer" not in before.deadlines:
            return Earcon.LISTENING
    return None


def player(mixer: Mixer) -> Callable[[Earcon], None]:
    """What sounds an earcon at once, beside whatever else sounds."""

    def play(signal: Earcon) -> None:
        placement = Placement(click(signal, mixer.rate), 0, Layer.CLICK, signal)
        mixer.play((placement,), mixer.epoch)

    return play
