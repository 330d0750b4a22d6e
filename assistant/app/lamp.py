"""The light beside the machine, where there is none."""

from assistant.dialogue.effects import Signal


class NoLamp:
    """There is no light beside the machine."""

    def show(self, signal: Signal) -> None:
        """Do nothing."""
