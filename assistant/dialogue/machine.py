"""What a lifter tells about the machine: the unit its weights are marked in."""

from collections.abc import Mapping

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
    turn.log("unit", unit=unit.value)
    turn.say("logbook.unit_set", unit=turn.text(f"logbook.in_{unit}"))


def tell_unit(turn: Turn) -> None:
    """Say what the weights of this machine are taken in."""
    unit = turn.session.history.machine.unit
    turn.say("logbook.unit_told", unit=turn.text(f"logbook.in_{unit}"))
