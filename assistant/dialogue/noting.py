"""Sets noted and corrected by voice.

Nothing is invented and nothing is guessed. A number that sounds like another one is asked about,
unless only what was heard is near what this person used last; a number that no machine or set can
have is refused; everything that is written down is read back.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from assistant.dialogue.effects import Log
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import SetDone
from assistant.dialogue.inquiry import ask, close, open_question, past
from assistant.dialogue.notes import Missing, Order, Part, Sure, Which
from assistant.dialogue.turn import Turn
from assistant.dialogue.wording import counted, set_in_words, weight_in_words
from assistant.progress import Unit, Weight

Slots: TypeAlias = Mapping[str, SlotValue]


def log_set(turn: Turn, slots: Slots) -> None:
    """Note a set: complete the one just counted if it lacks a weight, else add one."""
    question = open_question(turn)
    if isinstance(question, Missing):
        order = replace(question.order, reps=int(slots["reps"]))
    else:
        order = replace(_target(turn), reps=int(slots["reps"]))
    if "plates" in slots:
        ask_plates(turn, order)
        return
    weight = weight_said(turn, slots)
    consider(turn, replace(order, weight=order.weight if weight is None else weight))


def give_weight(turn: Turn, slots: Slots) -> None:
    """Take a weight: as an answer, for the set just counted, or for the sets to come."""
    weight = weight_said(turn, slots)
    if weight is None:
        return
    match open_question(turn):
        case Missing(order):
            consider(turn, replace(order, weight=weight))
        case Which(Part.WEIGHT) as question:
            _choose(turn, question, replace(question.lower, weight=weight))
        case Which(Part.REPS) as question:
            _choose(turn, question, replace(question.lower, reps=int(weight.amount)))
        case _:
            _take_weight(turn, weight, has_unit="unit" in slots)


def _take_weight(turn: Turn, weight: Weight, *, has_unit: bool) -> None:
    order = replace(_target(turn), weight=weight)
    if order.row is None and not has_unit and _is_near(turn, weight) is None:
        # A number out of the blue may be somebody counting.
        sure = replace(order, sure=frozenset({Part.WEIGHT}))
        words = weight_in_words(turn, weight)
        ask(turn, Sure(Part.WEIGHT, sure), turn.say("logbook.sure_load", weight=words))
        return
    consider(turn, order)


def _choose(turn: Turn, question: Which, answered: Order) -> None:
    """Take a number said in answer to "which?", be it one of the two or a third."""
    offered = (question.lower, question.higher)
    third = replace(answered, sure=answered.sure - {question.part})
    consider(turn, answered if answered in offered else third)


def correct_reps(turn: Turn, slots: Slots) -> None:
    """Change the repetitions of the set that is asked about, or of the last one."""
    reps = int(slots["reps"])
    match open_question(turn):
        case Missing(order):
            consider(turn, replace(order, reps=reps))
        case Which(Part.REPS) as question:
            _choose(turn, question, replace(question.lower, reps=reps))
        case _ if (last := last_set(turn)) is not None:
            consider(turn, Order(last.row, last.number, reps=reps))


def ask_plates(turn: Turn, order: Order | None = None) -> None:
    """A number of plates is no weight: ask for it."""
    ask(turn, Missing(order or _target(turn)), turn.say("logbook.plates"))


def same_again(turn: Turn) -> None:
    """Give the set just counted the weight before it, or note one more like the last."""
    history = past(turn)
    known = [done for done in history.today if done.weight is not None]
    if not known:
        turn.say("logbook.nothing_to_repeat")
        return
    model, target = known[-1], _target(turn)
    reps = model.reps if target.row is None else None
    every = frozenset(Part)
    consider(turn, replace(target, reps=reps, weight=model.weight, sure=every))


def edit_set(turn: Turn, slots: Slots) -> None:
    """Change a set of today, or ask how it is to be changed."""
    done = set_number(turn, int(slots["set_number"]))
    if done is None:
        return
    order = Order(done.row, done.number)
    weight = weight_said(turn, slots)
    if "reps" in slots or weight is not None:
        reps = int(slots["reps"]) if "reps" in slots else None
        consider(turn, replace(order, reps=reps, weight=weight))
        return
    words = set_in_words(turn, done.reps, done.weight)
    ask(turn, Missing(order), turn.say("logbook.edit", number=done.number, done=words))


def answer(turn: Turn, question: Which | Sure, intent: str) -> bool:
    """Take the answer to a question about a number; false when it is none."""
    match question, intent:
        case Which(_, order, _), "LowerOne":
            consider(turn, order)
        case Which(_, _, order), "HigherOne":
            consider(turn, order)
        case Sure(_, order), "Yes":
            consider(turn, order)
        case ((Which(part, order, _) | Sure(part, order)), "No" | "NotSure"):
            ask(turn, Missing(_without(order, part)), turn.say("logbook.say_again"))
        case _:
            return False
    return True


def consider(turn: Turn, order: Order) -> None:
    """Write an order down if it is clear and can be true; ask back if not."""
    close(turn)
    if _asks_about_reps(turn, order) or _asks_about_weight(turn, order):
        return
    _carry_out(turn, order)


def weight_said(turn: Turn, slots: Slots) -> Weight | None:
    """The weight in the slots of a sentence; without a unit it is in the machine's."""
    if not slots.keys() & {"hundreds", "amount"}:
        return None
    parts = (slots.get(name, 0) for name in ("hundreds", "amount", "half"))
    amount = sum(float(part) for part in parts)
    return Weight(amount, Unit(str(slots.get("unit", turn.session.history.machine.unit))))


def last_set(turn: Turn) -> SetDone | None:
    """The last set of today; says so when there is none."""
    today = past(turn).today
    if not today:
        turn.say("logbook.no_set_today")
        return None
    return today[-1]


def set_number(turn: Turn, number: int) -> SetDone | None:
    """A set of today by its number; says so when there is none."""
    found = next((done for done in past(turn).today if done.number == number), None)
    if found is None:
        turn.say("logbook.no_such_set", number=number)
    return found


def _target(turn: Turn) -> Order:
    """The set that was just counted and lacks a weight; else a new one."""
    today = past(turn).today
    if today and today[-1].counted and today[-1].weight is None:
        return Order(today[-1].row, today[-1].number)
    return Order(None, len(today) + 1)


def _asks_about_reps(turn: Turn, order: Order) -> bool:
    if order.reps is None or Part.REPS in order.sure:
        return False
    most = turn.session.content.training.most_reps
    twin = turn.session.content.logbook.plausible.teens.get(order.reps)
    other = replace(order, reps=twin)
    if twin is not None and twin <= most and order.reps <= most:
        _ask_which(turn, Part.REPS, order, other)
    elif twin is not None and twin <= most < order.reps:
        _ask_sure(turn, Part.REPS, other)
    elif order.reps > most:
        missing = Missing(replace(order, reps=None))
        ask(turn, missing, turn.say("logbook.odd_reps", reps=order.reps, most=most))
    else:
        return False
    return True


def _asks_about_weight(turn: Turn, order: Order) -> bool:
    weight = order.weight
    if weight is None or Part.WEIGHT in order.sure:
        return False
    twin = _sounds_like(turn, weight)
    other = replace(order, weight=twin)
    if not _is_possible(turn, weight):
        if twin is not None and _is_possible(turn, twin):
            _ask_sure(turn, Part.WEIGHT, other)
        else:
            words = weight_in_words(turn, weight)
            missing = Missing(replace(order, weight=None))
            ask(turn, missing, turn.say("logbook.odd_weight", weight=words))
        return True
    is_near = _is_near(turn, weight)
    if twin is not None and _is_possible(turn, twin):
        if is_near and not _is_near(turn, twin):
            return False
        _ask_which(turn, Part.WEIGHT, order, other)
        return True
    if is_near is False:
        _ask_sure(turn, Part.WEIGHT, order)
        return True
    return False


def _ask_which(turn: Turn, part: Part, one: Order, other: Order) -> None:
    first, second = (replace(order, sure=order.sure | {part}) for order in (one, other))
    lower, higher = (first, second) if _size(first, part) < _size(second, part) else (second, first)
    words = {name: _words(turn, it, part) for name, it in (("lower", lower), ("higher", higher))}
    ask(turn, Which(part, lower, higher), turn.say(f"logbook.which_{part}", **words))


def _ask_sure(turn: Turn, part: Part, order: Order) -> None:
    ticket = turn.say(f"logbook.sure_{part}", heard=_words(turn, order, part))
    ask(turn, Sure(part, replace(order, sure=order.sure | {part})), ticket)


def _size(order: Order, part: Part) -> float:
    if part is Part.REPS:
        return order.reps or 0
    return order.weight.kg if order.weight else 0.0


def _words(turn: Turn, order: Order, part: Part) -> str:
    if part is Part.WEIGHT and order.weight is not None:
        return weight_in_words(turn, order.weight)
    return counted(turn, "rep", order.reps or 0)


def _without(order: Order, part: Part) -> Order:
    """An order without the number that was misheard."""
    return replace(order, reps=None) if part is Part.REPS else replace(order, weight=None)


def _sounds_like(turn: Turn, weight: Weight) -> Weight | None:
    """The weight this one is easily mistaken for: 115 for 150."""
    hundreds, rest = divmod(int(weight.amount), 100)
    twin = turn.session.content.logbook.plausible.teens.get(rest)
    if twin is None:
        return None
    return Weight(hundreds * 100 + twin + weight.amount % 1, weight.unit)


def _is_possible(turn: Turn, weight: Weight) -> bool:
    plausible = turn.session.content.logbook.plausible
    return plausible.lightest[weight.unit] <= weight.amount <= plausible.heaviest[weight.unit]


def _is_near(turn: Turn, weight: Weight) -> bool | None:
    """Whether a weight is near the one used last; None when none is known."""
    history = past(turn)
    used = [done.weight for done in history.today if done.weight is not None]
    last = history.load or (used[-1] if used else history.evidence.weight)
    if last is None:
        return None
    near = turn.session.content.logbook.plausible.near
    return abs(weight.kg - last.kg) <= near * last.kg


def _carry_out(turn: Turn, order: Order) -> None:
    detail: dict[str, SlotValue] = {} if order.reps is None else {"reps": order.reps}
    if order.weight is not None:
        detail |= {"weight": order.weight.amount, "unit": order.weight.unit.value}
    if order.row is not None:
        turn.do(Log("amend", {"row": order.row, **detail}))
        before = next(done for done in past(turn).today if done.row == order.row)
        read_back(turn, order.number, order.reps or before.reps, order.weight or before.weight)
    elif order.reps is not None:
        turn.do(Log("set", {"counted": 0, **detail}))
        read_back(turn, order.number, order.reps, order.weight or past(turn).load)
    elif order.weight is not None:
        turn.do(Log("load", detail))
        turn.say("logbook.load", weight=weight_in_words(turn, order.weight))


def read_back(turn: Turn, number: int, reps: int, weight: Weight | None) -> None:
    """Say what stands on the log now."""
    prompt = "logbook.noted" if weight is not None else "logbook.noted_no_weight"
    turn.say(prompt, number=number, done=set_in_words(turn, reps, weight))
