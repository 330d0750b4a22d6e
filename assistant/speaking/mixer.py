"""All sound of the coach, mixed by sample index into one endless stream.

Theory of operation. ``render`` is the only method that advances time: it is called by the sound
card's callback, or by a loop that lives on virtual time, and each call continues where the last
one ended. ``position`` is the clock of everything audible. Other threads only ever append: orders
to one queue, cuts to another. ``render`` takes the orders in at the start of a block, so there is
no lock and nothing waits. What became of each sound is appended to ``reports``, for others to
drain.

Stop is an epoch. ``cut`` raises it; at the next block every sound of an older epoch fades out
within five milliseconds or, if it still waits, is dropped, and an order that arrives later with an
older epoch (its speech was still being synthesised) is dropped on arrival. ``hush`` does that to
prompts alone.

Loudness. Clicks are never attenuated: the beat is what a set is about. A prompt spoken during a
set ducks the cadence's words, because two voices at once are not understood. The sum passes a soft
limiter, so that nothing ever clips.
"""

from collections import deque
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from assistant.sound.clip import Clip
from assistant.sound.level import Gain, limit
from assistant.speaking.change import joint
from assistant.speaking.orders import (
    AfterSpeech,
    Change,
    Epoch,
    Layer,
    Placement,
    Prompt,
    Score,
    Sound,
    faded,
)
from assistant.speaking.reports import Dropped, Ended, Reason, Report, Sounded

Samples: TypeAlias = NDArray[np.float32]

FADE_S = 0.005
"""A cut sound is silent after this long, and its end is no click of its own."""
DUCK = 0.35
"""Gain of the cadence's words while a prompt is spoken over them: -9 dB."""
RAMP_S = 0.02
"""A gain moves from nothing to full in this long."""


class Mixer:
    """Mixes clips into mono blocks at a fixed rate."""

    def __init__(self, rate: int) -> None:
        """Start with silence at frame 0.

        Args:
            rate: frames per second; every clip must have been made for it.
        """
        self.rate = rate
        self.reports: deque[Report] = deque()
        """What became of each sound, oldest first; whoever is interested pops from the left."""
        self.late = 0
        """Sounds dropped so far because their frame had passed."""
        self._position = 0
        self._orders: deque[Prompt | Score | Change] = deque()
        # Two lists that only grow: appending is atomic, and so is reading a length.
        self._cuts: list[None] = []
        self._hushes: list[None] = []
        self._seen = Epoch(0, 0)
        self._waiting: list[tuple[int, int, Sound]] = []
        self._order_of_arrival = count()
        self._playing: list[Sound] = []
        self._prompts_end = 0
        self._reserved_until = 0
        self._silent_since: int | None = 0
        self._tail: Samples = np.zeros(0, np.float32)
        self._volume = Gain(1.0, rate * RAMP_S)
        self._duck = Gain(1.0, rate * RAMP_S)

    @property
    def position(self) -> int:
        """Frames rendered so far, which is also the frame the next block begins with."""
        return self._position

    @property
    def epoch(self) -> Epoch:
        """The present epoch, to be kept with everything asked for now."""
        return Epoch(len(self._cuts), len(self._hushes))

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds or waits to sound, and no order is under way."""
        return not (self._orders or self._waiting or self._playing or len(self._tail))

    @property
    def is_speaking(self) -> bool:
        """Whether a prompt sounds or waits its turn in the mixer."""
        return self._prompts_end > self._position

    @property
    def is_audible(self) -> bool:
        """Whether anything at all sounds in the present block."""
        return self._silent_since is None

    @property
    def silent_since(self) -> int | None:
        """The frame after the last sound; ``None`` while something sounds."""
        return self._silent_since

    def is_cut(self, epoch: Epoch) -> bool:
        """Whether everything asked for in ``epoch`` has been silenced since."""
        return epoch.cuts != self.epoch.cuts

    def is_stale(self, epoch: Epoch) -> bool:
        """Whether a prompt asked for in ``epoch`` must no longer be heard."""
        return epoch != self.epoch

    def cut(self) -> None:
        """Silence everything older than this call, from the next block on; any thread may call."""
        self._cuts.append(None)

    def hush(self) -> None:
        """Silence prompts older than this call; any thread may call."""
        self._hushes.append(None)

    def set_volume(self, gain: float) -> None:
        """Move smoothly to another loudness: 0 is silence, 1 leaves the clips as they are."""
        self._volume.target = gain

    def speak(self, clip: Clip, tag: object, epoch: Epoch, *, pause_s: float = 0.0) -> None:
        """Speak after all speech ordered before, and ``pause_s`` of silence."""
        self._orders.append(Prompt(clip, tag, epoch, round(pause_s * self.rate)))

    def play(
        self, placements: Iterable[Placement], epoch: Epoch, *, start: int | None = None
    ) -> None:
        """Place each clip's anchor at frame ``start + offset``, or at once without a start.

        What is late already is dropped and reported, never played late.
        """
        self._orders.append(Score(tuple(placements), epoch, start=start))

    def follow(
        self, placements: Iterable[Placement], epoch: Epoch, *, lead_s: float, reserve_s: float = 0
    ) -> None:
        """Place clips on a common beat that starts ``lead_s`` after the speech ordered before.

        Args:
            placements: clips with their distance from that start.
            epoch: the moment they were asked for.
            lead_s: seconds from the end of speech to the start; extended where the first clip
                sounds earlier than that ahead of its beat.
            reserve_s: prompts ordered later wait until this long after the start.
        """
        after = AfterSpeech(round(lead_s * self.rate), round(reserve_s * self.rate))
        self._orders.append(Score(tuple(placements), epoch, after_speech=after))

    def change(self, change: Change) -> None:
        """Put sounds in the place of some that wait; what is not heard is dropped and reported."""
        self._orders.append(change)

    def render(self, frames: int) -> Samples:
        """The next ``frames`` samples, shape (frames,), each between -1 and 1."""
        self._silence_older_than(self.epoch)
        while self._orders:
            self._accept(self._orders.popleft())
        block_end = self._position + frames
        while self._waiting and self._waiting[0][0] < block_end:
            self._playing.append(heappop(self._waiting)[2])
        block = self._mix(frames)
        self._report_until(block_end)
        self._position = block_end
        return block

    def _mix(self, frames: int) -> Samples:
        words = np.zeros(frames, np.float32)
        block = np.zeros(frames, np.float32)
        is_spoken_over = False
        for sound in self._playing:
            sound.add_to(words if sound.layer is Layer.WORD else block, self._position)
            is_spoken_over |= sound.layer is Layer.PROMPT
        self._duck.target = DUCK if is_spoken_over else 1.0
        words *= self._duck.over(frames)
        block += words
        fading = self._tail[:frames]
        block[: len(fading)] += fading
        self._tail = self._tail[frames:]
        block *= self._volume.over(frames)
        return limit(block)

    def _silence_older_than(self, epoch: Epoch) -> None:
        if epoch == self._seen:
            return
        cut_all = epoch.cuts != self._seen.cuts
        reason = Reason.CUT if cut_all else Reason.HUSHED
        self._seen = epoch
        self._prompts_end = self._position
        if cut_all:
            self._reserved_until = self._position

        def stays(sound: Sound) -> bool:
            return not cut_all and sound.layer is not Layer.PROMPT

        fading = [sound for sound in self._playing if not stays(sound)]
        gone = fading + [sound for _, _, sound in self._waiting if not stays(sound)]
        if fading:
            gain = self._duck.value
            tail = faded(fading, self._position, max(1, round(FADE_S * self.rate)), gain)
            tail[: len(self._tail)] += self._tail
            self._tail = tail
        self._playing = [sound for sound in self._playing if stays(sound)]
        self._waiting = [entry for entry in self._waiting if stays(entry[2])]
        self._waiting.sort()
        self.reports.extend(Dropped(sound.tag, reason) for sound in gone)

    def _accept(self, order: Prompt | Score | Change) -> None:
        match order:
            case Prompt():
                self._accept_prompt(order)
            case _ if order.epoch.cuts != self._seen.cuts:
                self.reports.extend(Dropped(item.tag, Reason.CUT) for item in order.placements)
            case Score():
                self._place(order.placements, self._start_of(order))
            case Change():
                self._accept_change(order)

    @property
    def _speech_free(self) -> int:
        """The first frame at which nobody speaks, nor is to be spoken over."""
        return max(self._prompts_end, self._reserved_until, self._position)

    def _accept_prompt(self, order: Prompt) -> None:
        if order.epoch != self._seen:
            is_cut = order.epoch.cuts != self._seen.cuts
            self.reports.append(Dropped(order.tag, Reason.CUT if is_cut else Reason.HUSHED))
            return
        pause = order.pause if self._prompts_end > self._position else 0
        start = self._speech_free + pause
        self._wait(Sound(order.clip, start, Layer.PROMPT, order.tag))
        self._prompts_end = start + len(order.clip)

    def _accept_change(self, order: Change) -> None:
        change = joint(order, [sound for _, _, sound in self._waiting], self._playing)
        self.reports.extend(Dropped(tag, Reason.CHANGED) for tag in change.gone)
        self._waiting = [entry for entry in self._waiting if not change.takes(entry[2].tag)]
        self._waiting.sort()
        self._place(change.placements, change.start)

    def _place(self, placements: Iterable[Placement], start: int) -> None:
        for item in placements:
            first = start + item.offset - item.clip.anchor
            if first < self._position:
                self.late += 1
                self.reports.append(Dropped(item.tag, Reason.LATE))
            else:
                self._wait(Sound(item.clip, first, item.layer, item.tag))

    def _start_of(self, score: Score) -> int:
        if score.start is not None:
            return score.start
        head = max((item.clip.anchor - item.offset for item in score.placements), default=0)
        if score.after_speech is None:
            return self._position + max(head, 0)
        start = self._speech_free + max(score.after_speech.lead, head)
        self._reserved_until = start + score.after_speech.reserve
        return start

    def _wait(self, sound: Sound) -> None:
        heappush(self._waiting, (sound.start, next(self._order_of_arrival), sound))

    def _report_until(self, block_end: int) -> None:
        happened: list[Sounded | Ended] = []
        for sound in self._playing:
            if not sound.beat_passed and sound.beat < block_end:
                sound.beat_passed = True
                happened.append(Sounded(sound.tag, sound.beat))
            if sound.end <= block_end:
                happened.append(Ended(sound.tag, sound.end))
        still_playing = [sound for sound in self._playing if sound.end > block_end]
        self._follow_silence(still_playing, block_end)
        self._playing = still_playing
        happened.sort(key=lambda report: report.frame)
        self.reports.extend(happened)

    def _follow_silence(self, still_playing: list[Sound], block_end: int) -> None:
        if still_playing or len(self._tail):
            self._silent_since = None
        elif self._playing:
            self._silent_since = max(sound.end for sound in self._playing)
        elif self._silent_since is None:
            self._silent_since = block_end
