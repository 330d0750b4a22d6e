"""What a lifter tells about the machine: its unit, and the movement it begins with."""

from collections.abc import Mapping

from assistant.content.training import StartPhase
from assistant.dialogue.events import SlotValue
from assistant.dialogue.turn import Turn
from assistant.progress import Unit


def set_unit(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Take every weight told without a unit in another one from now on.

    It is kept with the machine. A number on the log keeps the unit it was told in.
    """
    unit = Unit(str(slots["unit"]))
    if unit is turn.session.history.machine.unit:
        tell_unit(turn)
        return
    turn.log("machine", unit=unit.value)
    turn.say("logbook.unit_set", unit=turn.text(f"logbook.in_{unit}"))


def tell_unit(turn: Turn) -> None:
    """Say what the weights of this machine are taken in."""
    unit = turn.session.history.machine.unit
    turn.say("logbook.unit_told", unit=turn.text(f"logbook.in_{unit}"))


def set_start_phase(turn: Turn, slots: Mapping[str, SlotValue]) -> None:
    """Count every set on this machine from the movement it really begins with."""
    phase = StartPhase(str(slots["phase"]))
    if phase is not turn.session.history.machine.start_phase:
        turn.log("machine", start_phase=phase.value)
    turn.say(f"logbook.starts_{phase}")
