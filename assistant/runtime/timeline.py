"""What happened, as one flat record a line: for people, for programs, for golden files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from assistant.dialogue.effects import Advise, Cut, Effect, Log, Remind, Say
from assistant.dialogue.events import (
    CueSounded,
    Event,
    FaultCleared,
    FaultRaised,
    Heard,
    NotUnderstood,
    PromptStarted,
    ReminderDue,
    SlotValue,
)

Detail: TypeAlias = SlotValue | bool | Mapping[str, SlotValue] | None


class Kind(StrEnum):
    """What a record is about."""

    HEARD = "heard"
    SAID = "said"
    CUE = "cue"
    CUT = "cut"
    LOGGED = "logged"
    REMINDER = "reminder"
    FAULT = "fault"
    LEVEL = "level"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened."""

    at: float
    """Seconds since the start."""
    kind: Kind
    detail: Mapping[str, Detail] = field(default_factory=dict)

    def counted_from(self, origin: float) -> "Record":
        """The same record, its time counted from another moment."""
        return replace(self, at=self.at - origin)

    def as_dict(self) -> dict[str, Detail]:
        """The record flat, for JSON: ``at``, ``kind`` and what belongs to it."""
        return {"at": round(self.at, 3), "kind": str(self.kind), **self.detail}


class Timeline:
    """Turns events and effects into records, each at the moment it could be noticed."""

    def __init__(self) -> None:
        self._waiting: dict[int, Say] = {}

    def of_event(self, event: Event, at: float) -> Iterator[Record]:
        """Records of something that has happened."""
        match event:
            case Heard(intent, slots, text):
                heard: dict[str, Detail] = {"text": text, "intent": intent, "slots": dict(slots)}
                yield Record(at, Kind.HEARD, heard)
            case NotUnderstood(text):
                yield Record(at, Kind.HEARD, {"text": text, "intent": None, "slots": {}})
            case PromptStarted(ticket) if ticket in self._waiting:
                said = self._waiting.pop(ticket)
                yield Record(at, Kind.SAID, {"prompt": said.prompt, "text": said.text})
            case CueSounded(_, cue, frame):
                place: dict[str, Detail] = {"rep": cue.rep, "phase": str(cue.phase)}
                yield Record(at, Kind.CUE, {**place, "clip": cue.clip, "frame": frame})
            case ReminderDue(name):
                yield Record(at, Kind.REMINDER, {"text": name, "due": True})
            case FaultRaised(part):
                yield Record(at, Kind.FAULT, {"text": part, "cleared": False})
            case FaultCleared(part):
                yield Record(at, Kind.FAULT, {"text": part, "cleared": True})

    def of_effect(self, effect: Effect, at: float) -> Iterator[Record]:
        """Records of something that is being done."""
        match effect:
            case Say(ticket=ticket):
                self._waiting[ticket] = effect
            case Cut():
                self._waiting.clear()
                yield Record(at, Kind.CUT)
            case Log(kind="progress"):
                pass  # The count of a running set, which its cues show already.
            case Log(kind, detail, private):
                shown = {} if private else dict(detail)
                level = {"level": detail["level"]} if "level" in detail else {}
                yield Record(at, Kind.LOGGED, {"text": kind, **shown, **level})
            case Remind(name, after_s):
                yield Record(at, Kind.REMINDER, {"text": name, "after_s": after_s, "due": False})
            case Advise(level):
                yield Record(at, Kind.LEVEL, {"level": str(level)})
