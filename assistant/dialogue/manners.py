"""What is true in every conversation: stopping, sleeping, volume, pace, saying it again."""

from dataclasses import replace

from assistant.dialogue import habits, workout
from assistant.dialogue.effects import Light, SetPace, SetVolume, Signal
from assistant.dialogue.events import (
    Event,
    FaultCleared,
    FaultRaised,
    Heard,
    MicrophoneDoubted,
    NotUnderstood,
    Started,
)
from assistant.dialogue.session import Asleep, Idle
from assistant.dialogue.turn import Turn

VOLUMES = range(1, 11)
PACES_WPM = range(105, 266, 20)
"""Words a minute that the voice still speaks clearly at."""


def stop(turn: Turn, event: Event) -> bool:
    """Silence at once, whatever is going on; the repetitions that sounded are logged."""
    match event:
        case Heard(intent="Stop"):
            was_asleep = isinstance(turn.session.mode, Asleep)
            turn.cut()
            if not was_asleep:
                workout.end_set(turn, "stopped")
                turn.rest()
                turn.say("manners.stopped")
            return True
    return False


def sleep(turn: Turn, event: Event) -> bool:
    """Between goodbye and wake-up everything but stop and danger words passes unanswered."""
    if not isinstance(turn.session.mode, Asleep):
        return False
    match event:
        case Heard(intent="WakeUp"):
            turn.rest()
            turn.do(Light(Signal.LISTENING))
            turn.say("manners.awake")
            return True
        case Heard() | NotUnderstood():
            return True
    return False


def handle(turn: Turn, event: Event) -> bool:
    """Answer what no other conversation has answered."""
    match event:
        case Started():
            turn.do(Light(Signal.LISTENING))
            turn.say("manners.started")
            return True
        case Heard(intent=intent, slots=slots):
            return _heard(turn, intent, int(slots.get("level", 0)))
        case MicrophoneDoubted(reason):
            turn.say(f"manners.microphone_{reason}")
            return True
        case FaultRaised(part) if (key := f"manners.{part}_lost") in turn.session.content.prompts:
            turn.do(Light(Signal.FAULT))
            turn.say(key)
            return True
        case FaultCleared(part) if (key := f"manners.{part}_back") in turn.session.content.prompts:
            turn.do(Light(Signal.LISTENING))
            turn.say(key)
            return True
    return False


def _heard(turn: Turn, intent: str, level: int) -> bool:
    volume = turn.session.manner.volume
    match intent:
        case "Louder":
            _set_volume(turn, volume + 1)
        case "Quieter":
            _set_volume(turn, volume - 1)
        case "SetVolume":
            _set_volume(turn, level)
        case "SlowerSpeech":
            _set_pace(turn, -PACES_WPM.step, "manners.slower_speech", "manners.slowest")
        case "FasterSpeech":
            _set_pace(turn, PACES_WPM.step, "manners.faster_speech", "manners.fastest")
        case "Repeat":
            _say_again(turn)
        case "Skip":
            turn.say("manners.nothing_to_skip")
        case "Goodbye":
            turn.say("manners.goodbye")
            turn.enter(Asleep())
            turn.do(Light(Signal.ASLEEP))
        case "WakeUp" if isinstance(turn.session.mode, Idle):
            turn.say("manners.already_awake")
        case _:
            return False
    return True


def _set_volume(turn: Turn, level: int) -> None:
    if level > VOLUMES[-1]:
        turn.say("manners.loudest")
    elif level < VOLUMES[0]:
        turn.say("manners.quietest")
    else:
        turn.update(manner=replace(turn.session.manner, volume=level))
        turn.do(SetVolume(level))
        turn.say("manners.volume", level=level)


def _set_pace(turn: Turn, change_wpm: int, done: str, refused: str) -> None:
    pace = turn.session.manner.words_per_minute + change_wpm
    if not PACES_WPM[0] <= pace <= PACES_WPM[-1]:
        turn.say(refused)
        return
    turn.update(manner=replace(turn.session.manner, words_per_minute=pace))
    habits.keep(turn, words_per_minute=pace)
    turn.do(SetPace(pace))
    turn.say(done)


def _say_again(turn: Turn) -> None:
    """Speak the last reply once more, word for word."""
    if not turn.session.last_said:
        turn.say("manners.nothing_said")
        return
    for said in turn.session.last_said:
        turn.speak(said.prompt, said.text)
