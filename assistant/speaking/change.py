"""Where sounds can take the place of others without a break in the beat."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.speaking.orders import Change, Placement, Sound


@dataclass(frozen=True, slots=True)
class Joint:
    """The part of the new sounds with which they begin, and what that means."""

    order: Change
    waiting: Sequence[Sound]
    """The old sounds that have not begun."""
    first_part: float
    """Infinite where every part has begun already."""
    start: int
    """The frame from which the offsets of the new sounds count."""

    def takes(self, tag: object) -> bool:
        """Whether a sound with this tag belongs to a part that is changed."""
        part = self.order.part_of(tag)
        return part is not None and part >= self.first_part

    @property
    def placements(self) -> list[Placement]:
        """The new sounds that will be heard."""
        return [item for item in self.order.placements if self.takes(item.tag)]

    @property
    def gone(self) -> list[object]:
        """Tags of the old and the new sounds that will not."""
        old = [sound.tag for sound in self.waiting if self.takes(sound.tag)]
        return old + [item.tag for item in self.order.placements if not self.takes(item.tag)]


def joint(order: Change, waiting: Sequence[Sound], playing: Iterable[Sound]) -> Joint:
    """The earliest part that is new and of which no old sound has begun.

    Of the part whose sounds wait first some may have sounded already, so it is never that one.
    """
    old = _beats(order, ((sound.tag, sound.beat) for sound in waiting))
    begun = _beats(order, ((sound.tag, sound.beat) for sound in playing))
    new = _beats(order, ((item.tag, item.offset) for item in order.placements))
    under_way = max([min(old, default=0), *begun])
    free = [part for part in new if part in old and part > under_way]
    if not free:
        return Joint(order, waiting, float("inf"), 0)
    first = min(free)
    return Joint(order, waiting, first, old[first] - new[first])


def _beats(order: Change, beats: Iterable[tuple[object, int]]) -> dict[int, int]:
    """The first beat of each part."""
    first: dict[int, int] = {}
    for tag, beat in beats:
        part = order.part_of(tag)
        if part is not None:
            first[part] = min(beat, first.get(part, beat))
    return first
