"""How a person likes to train and to be spoken to, kept from one session to the next."""

from dataclasses import replace

from assistant.content.training import Tempo
from assistant.dialogue.effects import Log, SetPace
from assistant.dialogue.events import SlotValue
from assistant.dialogue.history import History
from assistant.dialogue.session import Habits, Verbosity
from assistant.dialogue.turn import Turn


def keep(turn: Turn, **asked: SlotValue) -> None:
    """Write down what was asked for: it holds until something else is asked for.

    Args:
        turn: the step under way.
        **asked: ``tempo`` as text, ``rest_s``, ``times_rest`` as 0 or 1, ``verbosity``,
            ``words_per_minute``.
    """
    turn.do(Log("habit", asked))


def take_over(turn: Turn, history: History) -> None:
    """Go on as the person whose log is open has asked before, else as the owner has set."""
    asked = history.habits
    tempo, rest_s = asked.get("tempo"), asked.get("rest_s")
    habits = Habits(
        tempo=None if tempo is None else Tempo.of(str(tempo)),
        rest_s=None if rest_s is None else int(rest_s),
        times_rest=bool(asked.get("times_rest", 1)),
    )
    usual = turn.session.usual_manner
    pace = int(asked.get("words_per_minute", usual.words_per_minute))
    if pace != turn.session.manner.words_per_minute:
        turn.do(SetPace(pace))
    manner = replace(
        turn.session.manner,
        words_per_minute=pace,
        verbosity=Verbosity(str(asked.get("verbosity", usual.verbosity))),
    )
    turn.update(habits=habits, manner=manner)
