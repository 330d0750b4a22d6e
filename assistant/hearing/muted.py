"""Tells a microphone that is switched off from a room in which nobody speaks.

Theory of operation. No room is silent to the last bit: a microphone that delivers nothing but exact
zeros for a second is muted, dead, or none at all. Two kinds of device need care. One takes the
noise out of silence by itself and so delivers zeros between two words. It is known by a pause of
zeros that somebody's voice has ended, and given much longer, until it has delivered sound for
longer than people talk without a pause; music may have done that, so each alarm that turns out to
be false doubles this time. The other is no microphone but a copy of what this machine plays: it
delivers something whenever the coach speaks and zeros otherwise. So sound that comes while the
coach sounds proves nothing, and would have it say "I can hear you again" and "I cannot hear you" by
turns for ever. Nor does it make up for zeros: in the pauses of a set such a copy is silent for a
second at a time. But a copy has the pauses of what it copies, somewhat later. Sound that goes on
through a pause of the coach, and so long after its beginning that the copy would have paused as
well, is heard by a microphone, even if the coach has long since gone on.
"""

from collections.abc import Callable

from assistant.dialogue.events import Event, FaultCleared, FaultRaised, MicrophoneDoubted
from assistant.hearing.gauge import Condition
from assistant.hearing.listener import BlockSource

PATIENCE_S = 1.5
"""Seconds of zeros after which a microphone counts as muted of which little is known."""
STEADY_PATIENCE_S = 1.0
"""The same for one that never paused; the gaps that a busy machine tears are far shorter."""
GATED_PATIENCE_S = 20.0
"""The same for one that delivers zeros whenever nobody speaks."""
PAUSE_S = 0.2
"""Zeros for so long are a pause."""
STEADY_AFTER_S, STEADY_AFTER_MOST_S = 30.0, 600.0
"""Seconds of sound without a pause that show that a device takes no noise out, first and last."""
RINGS_ON_S = 0.5
"""What is heard so soon after the coach may still come from the coach; a copy is no later."""
_PART = "microphone"
_BYTES_A_SAMPLE = 2


class Attended:
    """A microphone that is looked at, block by block, for being none."""

    def __init__(
        self,
        source: BlockSource,
        rate_hz: int,
        *,
        is_sounding: Callable[[], bool],
        report: Callable[[Event], None],
    ) -> None:
        """Take it for sound.

        Args:
            source: where blocks come from.
            rate_hz: of the blocks, by which time is told here.
            is_sounding: whether the coach makes a sound now.
            report: takes the fault and its end, on the thread that reads.
        """
        self.condition = Condition.FINE
        """``FINE``, ``MUTED`` or ``MONITOR``."""
        self._source = source
        self._rate_hz = rate_hz
        self._is_sounding = is_sounding
        self._report = report
        self._patience_s = PATIENCE_S
        self._steady_s = 0.0
        self._steady_after_s = STEADY_AFTER_S
        self._zeros_s = 0.0
        self._unbroken_s = 0.0
        """Sound without a block of zeros."""
        self._quiet_s = 0.0
        self._since_pause_s = 0.0
        """Since the last pause of the coach began."""
        self._hears_the_coach = False

    def read(self, timeout_s: float) -> bytes | None:
        """The next block, once it has been looked at."""
        block = self._source.read(timeout_s)
        if block:
            self._look_at(block)
        return block

    def _look_at(self, block: bytes) -> None:
        block_s = len(block) / _BYTES_A_SAMPLE / self._rate_hz
        self._follow_the_coach(block_s)
        if any(block):
            self._unbroken_s += block_s
            self._follow_steadiness(block_s)
            self._take_sound(may_be_the_coach=self._quiet_s < RINGS_ON_S and not self._has_no_pause)
        else:
            self._unbroken_s = 0.0
            self._zeros_s += block_s
            self._take_zeros()

    def _follow_the_coach(self, block_s: float) -> None:
        self._quiet_s = 0.0 if self._is_sounding() else self._quiet_s + block_s
        is_pause = self._quiet_s >= PAUSE_S
        self._since_pause_s = self._quiet_s if is_pause else self._since_pause_s + block_s

    @property
    def _has_no_pause(self) -> bool:
        """Whether sound goes on where a copy of the coach would have paused with it."""
        return RINGS_ON_S <= self._since_pause_s <= self._unbroken_s

    def _take_sound(self, *, may_be_the_coach: bool) -> None:
        if may_be_the_coach:
            self._hears_the_coach |= self.condition is not Condition.FINE
            return
        if self._zeros_s >= PAUSE_S:
            self._patience_s = GATED_PATIENCE_S
        self._zeros_s = 0.0
        if self.condition is Condition.FINE:
            return
        self.condition = Condition.FINE
        self._hears_the_coach = False
        self._steady_after_s = min(2 * self._steady_after_s, STEADY_AFTER_MOST_S)
        self._report(FaultCleared(_PART))

    def _follow_steadiness(self, block_s: float) -> None:
        self._steady_s += block_s
        if self._steady_s >= self._steady_after_s:
            self._patience_s = STEADY_PATIENCE_S

    def _take_zeros(self) -> None:
        if self._zeros_s >= PAUSE_S:
            self._steady_s = 0.0
        if self.condition is Condition.FINE and self._zeros_s >= self._patience_s:
            self.condition = Condition.MUTED
            self._report(FaultRaised(_PART))
        elif self.condition is Condition.MUTED and self._hears_only_the_coach:
            self.condition = Condition.MONITOR
            self._report(MicrophoneDoubted(Condition.MONITOR))

    @property
    def _hears_only_the_coach(self) -> bool:
        return self._hears_the_coach and self._quiet_s >= PATIENCE_S
