"""Records: the names in them are a contract with other programs."""

from assistant.content.triage import Level
from assistant.dialogue.cadence import Click, Cue, Phase
from assistant.dialogue.effects import Advise, Cut, Log, Remind, Say
from assistant.dialogue.events import (
    CueSounded,
    FaultRaised,
    Heard,
    NotUnderstood,
    PromptStarted,
    ReminderDue,
)
from assistant.runtime.timeline import Timeline


def test_what_was_heard_has_text_intent_and_slots() -> None:
    [record] = Timeline().of_event(Heard("StartSet", {"reps": 12}, "start set of twelve"), 1.2345)

    assert record.as_dict() == {
        "at": 1.234,
        "kind": "heard",
        "text": "start set of twelve",
        "intent": "StartSet",
        "slots": {"reps": 12},
    }


def test_what_was_not_understood_has_no_intent() -> None:
    [record] = Timeline().of_event(NotUnderstood("[unk]"), 1.0)

    assert record.as_dict()["intent"] is None


def test_a_prompt_is_said_when_it_begins_to_sound() -> None:
    timeline = Timeline()
    assert list(timeline.of_effect(Say("manners.stopped", "Stopped.", 4), 1.0)) == []

    [record] = timeline.of_event(PromptStarted(4), 1.5)
    assert record.as_dict() == {
        "at": 1.5,
        "kind": "said",
        "prompt": "manners.stopped",
        "text": "Stopped.",
    }


def test_a_prompt_that_was_cut_before_it_sounded_was_never_said() -> None:
    timeline = Timeline()
    list(timeline.of_effect(Say("manners.stopped", "Stopped.", 4), 1.0))
    list(timeline.of_effect(Cut(), 1.1))

    assert list(timeline.of_event(PromptStarted(4), 1.5)) == []


def test_a_cue_has_rep_phase_clip_and_frame() -> None:
    cue = Cue(4.0, 2, Phase.HOLD, Click.DOUBLE)
    [record] = Timeline().of_event(CueSounded(1, cue, 192_000), 4.0)

    assert record.as_dict() == {
        "at": 4.0,
        "kind": "cue",
        "rep": 2,
        "phase": "hold",
        "clip": "click:double",
        "frame": 192_000,
    }


def test_a_private_entry_shows_that_it_was_written_and_its_level_only() -> None:
    log = Log("pain", {"level": "emergency", "sign": "R3"}, private=True)
    [record] = Timeline().of_effect(log, 2.0)

    assert record.as_dict() == {"at": 2.0, "kind": "logged", "text": "pain", "level": "emergency"}


def test_levels_reminders_and_faults() -> None:
    timeline = Timeline()
    [level] = timeline.of_effect(Advise(Level.SAME_DAY), 1.0)
    [planned] = timeline.of_effect(Remind("ice_off", 900), 1.0)
    [due] = timeline.of_event(ReminderDue("ice_off"), 901.0)
    [fault] = timeline.of_event(FaultRaised("microphone"), 2.0)

    assert level.as_dict() == {"at": 1.0, "kind": "level", "level": "same_day"}
    assert planned.detail == {"text": "ice_off", "after_s": 900, "due": False}
    assert due.detail == {"text": "ice_off", "due": True}
    assert fault.detail == {"text": "microphone", "cleared": False}
