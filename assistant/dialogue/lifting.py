"""The set under way: counted, steered by voice, written down.

Theory of operation. A set is one cadence that the shell plays on the audio clock; what has sounded
comes back as events, and only that is counted and written down. Silencing is immediate. A change
of pace or of the amount of words is not: under load nobody wants the beat to break, so the
repetition under way ends as it began, and the rest of the set, planned anew, takes over on the very
beat on which the next one begins. A paused set goes on only when told.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.dialogue import habits, rest
from assistant.dialogue.cadence import Cadence, Cue, Phase
from assistant.dialogue.effects import Light, Log, Signal
from assistant.dialogue.events import CadenceFinished, CueSounded, Event, SlotValue
from assistant.dialogue.history import SetKind
from assistant.dialogue.planner import plan as plan_cadence
from assistant.dialogue.session import Lifting, Paused, SetPlan, Verbosity
from assistant.dialogue.turn import Turn


def begin(turn: Turn, plan: SetPlan) -> None:
    """Announce a set and count it from its first repetition."""
    if plan.kind is SetKind.WARM_UP:
        turn.say("workout.begin_warm_up", reps=plan.reps)
    elif plan.sets > 1:
        turn.say("workout.begin_of_series", number=plan.number, sets=plan.sets, reps=plan.reps)
    else:
        turn.say("workout.begin", reps=plan.reps)
    turn.say("workout.rule")
    _count(turn, plan, done=0)


def follow(turn: Turn, event: Event) -> bool:
    """Keep up with the running cadence; what an earlier one still reports is passed over."""
    match event, turn.session.mode:
        case CueSounded(ticket, cue), Lifting(ticket=running) as mode if ticket == running:
            _sounded(turn, mode, cue)
        case CadenceFinished(ticket), Lifting(ticket=running) if ticket == running:
            _finish(turn, "finished")
        case ((CueSounded() | CadenceFinished()), _):
            pass
        case _:
            return False
    return True


def end_set(turn: Turn, reason: str, *, is_clean: bool = True) -> None:
    """Write down the set under way, if there is one, with the repetitions that sounded.

    The caller silences it. A set of which no repetition sounded is not written down.
    """
    match turn.session.mode:
        case Lifting(plan=plan, done=done) | Paused(plan=plan, done=done):
            if done:
                detail = {**_score(plan, done), "reason": reason}
                # Whether the other repetitions were clean is for the lifter to say.
                turn.do(Log("set", detail if is_clean else {**detail, "clean": 0}))
            turn.update(up_next=_following(turn, plan) if done else plan)
            turn.rest()


def _score(plan: SetPlan, done: int) -> dict[str, SlotValue]:
    return {
        "reps": done,
        "reps_planned": plan.reps,
        "tempo": str(plan.tempo),
        "pace_percent": plan.pace_percent,
        "kind": plan.kind.value,
    }


def end_unheard(turn: Turn, part: str) -> None:
    """End a set because "stop" would not be heard any more."""
    match turn.session.mode:
        case Lifting(done=done):
            turn.cut()
            end_set(turn, f"{part} lost")
            turn.do(Light(Signal.FAULT))
            turn.say("workout.unheard", done=done)


def _following(turn: Turn, plan: SetPlan) -> SetPlan | None:
    """The set to offer after this one."""
    if plan.kind is SetKind.WARM_UP:
        return turn.session.up_next
    if plan.sets == 1:
        return plan
    return replace(plan, number=plan.number + 1) if plan.number < plan.sets else None


def _count(turn: Turn, plan: SetPlan, done: int) -> None:
    """Count the repetitions that are still to be done."""
    ticket = turn.count(_cadence(turn, plan, first_rep=done + 1))
    turn.enter(Lifting(plan, ticket, done=done, rep=done))


def _cadence(turn: Turn, plan: SetPlan, first_rep: int, worded_to: int | None = None) -> Cadence:
    training = turn.session.content.training
    return plan_cadence(
        plan.tempo,
        plan.reps,
        words=training.words,
        start_phase=turn.session.history.machine.start_phase,
        count_at=training.count_at,
        verbosity=turn.session.manner.verbosity,
        first_rep=first_rep,
        worded_to=plan.reps if plan.is_talked_through else worded_to,
        is_warm_up=plan.kind is SetKind.WARM_UP,
        beat_s=plan.pace_percent / 100,
    )


def _go_on_by(turn: Turn, plan: SetPlan, mode: Lifting) -> None:
    """Count what follows the repetition under way by another plan, on the beat."""
    worded_to = turn.session.content.training.words.worded_reps
    whole = _cadence(turn, plan, max(mode.rep, 1), worded_to)
    turn.change_count(whole.after(mode.rep), mode.ticket)
    turn.update(mode=replace(mode, plan=plan))


def _sounded(turn: Turn, mode: Lifting, cue: Cue) -> None:
    done = cue.rep if cue.phase is Phase.DONE else mode.done
    turn.update(mode=replace(mode, done=done, rep=max(mode.rep, cue.rep)))
    if cue.phase is Phase.DONE:
        # A power cut must not cost the repetitions already done.
        series = {"number": mode.plan.number, "sets": mode.plan.sets}
        turn.do(Log("progress", {**_score(mode.plan, done), **series}))


def _finish(turn: Turn, reason: str) -> None:
    """End the set in good order: write it down and let the rest begin."""
    match turn.session.mode:
        case Lifting(plan=plan, done=done) | Paused(plan=plan, done=done):
            end_set(turn, reason)
            if not done:
                turn.say("workout.skipped")
            elif plan.kind is SetKind.WORK and 1 < plan.sets == plan.number:
                turn.say("workout.series_done", sets=plan.sets)
            else:
                turn.say("workout.done", done=done)
                rest.begin(turn, plan.kind)


def _pause(turn: Turn) -> None:
    match turn.session.mode:
        case Lifting(plan=plan, done=done):
            turn.cut()
            if done == plan.reps:
                _finish(turn, "finished")
                return
            turn.enter(Paused(plan, done))
            turn.say("workout.paused", done=done)
        case Paused(done=done):
            turn.say("workout.already_paused", done=done)


def resume(turn: Turn) -> None:
    """Go on with a paused set, from the repetition in which it was paused."""
    match turn.session.mode:
        case Paused(plan=plan, done=done):
            turn.say("workout.resumed", rep=done + 1)
            _count(turn, plan, done)
        case _:
            turn.say("workout.already_counting")


def _restart(turn: Turn) -> None:
    match turn.session.mode:
        case Lifting(plan=plan) | Paused(plan=plan):
            turn.cut()
            end_set(turn, "restarted")
            turn.say("workout.restarted")
            _count(turn, plan, done=0)


def _skip(turn: Turn) -> None:
    turn.cut()
    _finish(turn, "skipped")


def _change(turn: Turn, plan: SetPlan) -> bool:
    """Go on by another plan from the next repetition; false if there is none."""
    match turn.session.mode:
        case Lifting(rep=rep) if rep >= plan.reps:
            return False
        case Lifting() as mode:
            _go_on_by(turn, plan, mode)
        case Paused() as mode:
            turn.update(mode=replace(mode, plan=plan))
    return True


def _set_pace(turn: Turn, direction: int) -> None:
    training = turn.session.content.training
    match turn.session.mode:
        case Lifting(plan=plan) | Paused(plan=plan):
            percent = plan.pace_percent + direction * training.pace.step
            rep_s = plan.tempo.rep_s * percent / 100
            if percent < training.pace.quickest:
                turn.say("workout.fastest")
            elif percent > training.pace.slowest or rep_s > training.refuse_above_s:
                turn.say("workout.slowest")
            elif not _change(turn, replace(plan, pace_percent=percent)):
                turn.say("workout.last_rep")
            else:
                turn.say("workout.faster" if direction < 0 else "workout.slower")


def _faster(turn: Turn) -> None:
    _set_pace(turn, -1)


def _slower(turn: Turn) -> None:
    _set_pace(turn, +1)


def _talk_through(turn: Turn) -> None:
    match turn.session.mode:
        case Lifting(plan=plan) | Paused(plan=plan):
            turn.update(manner=replace(turn.session.manner, verbosity=Verbosity.FULL))
            is_changed = _change(turn, replace(plan, is_talked_through=True))
            turn.say("workout.talk_through" if is_changed else "workout.last_rep")


def set_verbosity(turn: Turn, verbosity: Verbosity) -> None:
    """Say more or less during sets, also in the one under way."""
    turn.update(manner=replace(turn.session.manner, verbosity=verbosity))
    habits.keep(turn, verbosity=verbosity.value)
    match turn.session.mode:
        case Lifting(plan=plan) | Paused(plan=plan):
            _change(turn, replace(plan, is_talked_through=False))
    turn.say(f"workout.verbosity_{verbosity}")


def _how_many(turn: Turn) -> None:
    match turn.session.mode:
        case Lifting(plan=plan, done=done) | Paused(plan=plan, done=done):
            turn.say("workout.how_many", done=done, left=plan.reps - done)


def _how_long(turn: Turn) -> None:
    match turn.session.mode:
        case Lifting(plan=plan, done=done) | Paused(plan=plan, done=done):
            left_s = (plan.reps - done) * plan.tempo.rep_s * plan.pace_percent / 100
            turn.say("workout.how_long", seconds=round(left_s))


COMMANDS: Mapping[str, Callable[[Turn], None]] = {
    "Pause": _pause,
    "Resume": resume,
    "Restart": _restart,
    "Skip": _skip,
    "Faster": _faster,
    "Slower": _slower,
    "TalkThrough": _talk_through,
    "HowMany": _how_many,
    "HowLong": _how_long,
}
"""What a lifter may ask for while a set is counted or paused, by intent."""
