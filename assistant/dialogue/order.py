"""From the words in which a set is ordered to the set, or to the reason why there is none."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.content.training import Tempo
from assistant.dialogue import habits
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import SetKind
from assistant.dialogue.session import SetPlan
from assistant.dialogue.tempo import Verdict, judge
from assistant.dialogue.turn import Turn


def ordered(turn: Turn, slots: Mapping[str, SlotValue]) -> SetPlan | None:
    """The set that was ordered; None, with the reason spoken, when it cannot be counted.

    Nothing is guessed: what was not said is the next set of the series, or else what the content
    files and the lifter's habits name, and it is spoken before the set begins.
    """
    training = turn.session.content.training
    up_next = turn.session.up_next
    if not slots and up_next is not None:
        return up_next
    reps = int(slots.get("reps", training.default_reps))
    sets = int(slots.get("sets", 1))
    if not 1 <= reps <= training.most_reps:
        turn.say("workout.odd_reps", reps=reps, most=training.most_reps)
        return None
    if not 1 <= sets <= training.most_sets:
        turn.say("workout.odd_sets", sets=sets, most=training.most_sets)
        return None
    tempo = _said_tempo(turn, slots) or _usual_tempo(turn)
    if not _may_be_counted(turn, tempo):
        return None
    return SetPlan(reps, tempo, SetKind(str(slots.get("kind", SetKind.WORK))), sets=sets)


def set_tempo(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Make a tempo the one of every further set that is ordered without one."""
    tempo = _said_tempo(turn, slots) or _usual_tempo(turn)
    if not _may_be_counted(turn, tempo):
        return
    turn.update(habits=replace(turn.session.habits, tempo=tempo))
    habits.keep(turn, tempo=str(tempo))
    if turn.session.up_next is not None:
        turn.update(up_next=replace(turn.session.up_next, tempo=tempo))
    turn.say("workout.tempo", tempo=_aloud(tempo))


def _said_tempo(turn: Turn, slots: Mapping[str, SlotValue]) -> Tempo | None:
    if "preset" in slots:
        return turn.session.content.training.presets[str(slots["preset"])]
    if "eccentric" in slots:
        order = ("eccentric", "hold", "concentric", "brace")
        return Tempo(*(int(slots[phase]) for phase in order))
    return None


def _usual_tempo(turn: Turn) -> Tempo:
    training = turn.session.content.training
    return turn.session.habits.tempo or training.presets[training.default_preset]


def _may_be_counted(turn: Turn, tempo: Tempo) -> bool:
    training = turn.session.content.training
    match judge(tempo, training):
        case Verdict.EMPTY:
            turn.say("workout.tempo_empty")
            return False
        case Verdict.TOO_SLOW:
            turn.say(
                "workout.tempo_too_slow",
                tempo=_aloud(tempo),
                seconds=tempo.rep_s,
                most=training.refuse_above_s,
            )
            return False
        case Verdict.SLOW:
            turn.say("workout.tempo_slow", seconds=tempo.rep_s)
        case Verdict.GOOD:
            pass
    return True


def _aloud(tempo: Tempo) -> str:
    """The digits as they are read out one by one."""
    return str(tempo).replace("-", " ")
