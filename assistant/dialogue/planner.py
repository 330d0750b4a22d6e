"""From a tempo to the cues of a set.

Theory of operation. Time is counted in whole half beats from the start, and only the finished plan
is turned into seconds, by one multiplication a cue: nothing is ever added up. A beat is one second
of the tempo, stretched by the pace.

The clicks carry the set, each on a beat, so that a lifter can follow without words: low where
nothing moves (count-in and the pause at the top), high where a movement begins, soft for each
further second of a phase, double for the turn at the bottom. The press is one movement and one
breath out, so its seconds are not ticked.

The words lie on top. The number of a repetition has its beat to itself; the word of the phase that
begins on the same beat follows half a beat later where there is room for it, and is left out where
there is none. "Two left" stands in for the number and takes the whole beat.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from assistant.content.training import CountAt, CueWords, Phrase, StartPhase, Tempo
from assistant.dialogue.cadence import Cadence, Click, Cue, Phase, Word
from assistant.dialogue.session import Verbosity

_BEAT = 2
"""Half beats of a beat."""
_RACK_BEATS = 2
"""Beats kept free for the words after the last repetition."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A cue that has no place in seconds yet."""

    half: int
    """Half beats from the start."""
    rep: int
    phase: Phase
    sound: Click | Phrase
    limit_s: float = inf
    """Its words sound no longer than this, whatever the room."""
    fills_beat: bool = False
    """No other word follows within its beat."""


def plan(  # noqa: PLR0913  (each is a choice of its own, made in another place)
    tempo: Tempo,
    reps: int,
    *,
    words: CueWords,
    start_phase: StartPhase = StartPhase.LOWER,
    count_at: CountAt = CountAt.PRESS,
    verbosity: Verbosity = Verbosity.FULL,
    first_rep: int = 1,
    worded_to: int | None = None,
    is_warm_up: bool = False,
    beat_s: float = 1.0,
) -> Cadence:
    """The cues of the repetitions ``first_rep`` to ``reps``, in order of time.

    Args:
        tempo: beats of the four phases; at least one of them is above zero.
        reps: number of the last repetition, 1 to ``len(words.numbers)``.
        words: what is spoken.
        start_phase: the movement a repetition begins with on this machine.
        count_at: where a repetition's number is spoken.
        verbosity: ``FULL`` speaks every phase up to the repetition ``worded_to``, ``SHORT`` only
            counts, ``CLICKS`` does not speak at all.
        first_rep: number of the first repetition, above 1 when a set goes on.
        worded_to: the last repetition whose phases are spoken; by default the first
            ``words.worded_reps`` of a set, or the one with which it goes on.
        is_warm_up: the movements have clicks that tell a warm-up from a work set.
        beat_s: length of a beat in seconds.

    Returns:
        Cues with exactly one ``Phase.DONE`` for each repetition. Where a repetition does not begin
        with the pause at the top, one beat to brace comes before the first.

    Raises:
        ValueError: when there is nothing to count.
    """
    if tempo.rep_s < 1 or not 1 <= first_rep <= reps <= len(words.numbers):
        raise ValueError(f"nothing to count: {tempo}, repetitions {first_rep} to {reps}")
    score = _Score(tempo, reps, words, start_phase, count_at)
    # A number stands before the clicks of its beat: they belong to what comes next.
    marks = sorted(
        score.marks(first_rep),
        key=lambda mark: (mark.half, mark.phase is not Phase.DONE),
    )
    if verbosity is Verbosity.CLICKS:
        marks = _without_words(marks)
        end = marks[-1].half + _BEAT
    else:
        if worded_to is None:
            worded_to = max(words.worded_reps, first_rep)
        marks = _with_words(marks, worded_to if verbosity is Verbosity.FULL else 0)
        marks = _apart(marks, follows_number=beat_s / _BEAT >= words.shortest_s)
        end = marks[-1].half + _RACK_BEATS * _BEAT
    if is_warm_up:
        marks = [replace(it, sound=Click.WARM) if it.sound is Click.HIGH else it for it in marks]
    return Cadence(tuple(_timed(marks, end, beat_s)), end * beat_s / _BEAT)


@dataclass(frozen=True, slots=True)
class _Score:
    """Everything that could sound in a set, before any of it is left out."""

    tempo: Tempo
    reps: int
    words: CueWords
    start_phase: StartPhase
    count_at: CountAt

    def marks(self, first_rep: int) -> Iterator[_Mark]:
        """All clicks and words, repetition by repetition."""
        for beat, word in enumerate(self.words.count_in):
            yield _Mark(beat * _BEAT, 0, Phase.COUNT_IN, Click.LOW)
            yield _Mark(beat * _BEAT, 0, Phase.COUNT_IN, _fixed(word), self.words.number_s)
        half = len(self.words.count_in) * _BEAT
        if not self.tempo.brace or self.start_phase is StartPhase.PRESS:
            yield _Mark(half, first_rep, Phase.BRACE, Click.LOW)
            yield _Mark(half, first_rep, Phase.BRACE, self.words.brace)
            half += _BEAT
        for rep in range(first_rep, self.reps + 1):
            yield from self._rep(rep, half)
            half += self.tempo.rep_s * _BEAT
        yield _Mark(half, self.reps, Phase.RACK, Click.END)
        yield _Mark(half + _BEAT, self.reps, Phase.RACK, _fixed(self.words.rack))

    def _rep(self, rep: int, start: int) -> Iterator[_Mark]:
        counted_after = Phase.CONCENTRIC if self.count_at is CountAt.PRESS else Phase.ECCENTRIC
        half = start
        for phase, beats in self._cycle():
            if beats:
                is_last = rep == self.reps and half == start
                yield _Mark(half, rep, phase, Click.LAST if is_last else _FIRST_CLICK[phase])
                yield _Mark(half, rep, phase, self._phrase(phase))
                yield from self._seconds(rep, phase, half, beats)
            half += beats * _BEAT
            if phase is counted_after:
                yield self._number(rep, half)

    def _cycle(self) -> list[tuple[Phase, int]]:
        """The phases and their beats in the order of this machine."""
        top = [(Phase.BRACE, self.tempo.brace), (Phase.ECCENTRIC, self.tempo.eccentric)]
        bottom = [(Phase.HOLD, self.tempo.hold), (Phase.CONCENTRIC, self.tempo.concentric)]
        if self.start_phase is StartPhase.LOWER:
            return top + bottom
        return [bottom[1], *top, bottom[0]]

    def _phrase(self, phase: Phase) -> Phrase:
        return {
            Phase.BRACE: self.words.brace,
            Phase.ECCENTRIC: self.words.lower,
            Phase.HOLD: self.words.hold,
            Phase.CONCENTRIC: self.words.press,
        }[phase]

    def _seconds(self, rep: int, phase: Phase, start: int, beats: int) -> Iterator[_Mark]:
        """The second and later beats of a phase."""
        if phase is Phase.CONCENTRIC:
            return
        for beat in range(1, beats):
            half = start + beat * _BEAT
            yield _Mark(half, rep, phase, Click.SOFT)
            if phase is Phase.ECCENTRIC:
                word = _fixed(self.words.numbers[beat])
                yield _Mark(half, rep, phase, word, self.words.number_s)

    def _number(self, rep: int, half: int) -> _Mark:
        left = self.reps - rep
        if 0 < left <= len(self.words.left):
            word = _fixed(self.words.left[left - 1])
            return _Mark(half, rep, Phase.DONE, word, fills_beat=True)
        word = _fixed(self.words.numbers[rep - 1])
        return _Mark(half, rep, Phase.DONE, word, self.words.number_s)


_FIRST_CLICK = {
    Phase.BRACE: Click.LOW,
    Phase.ECCENTRIC: Click.HIGH,
    Phase.HOLD: Click.DOUBLE,
    Phase.CONCENTRIC: Click.HIGH,
}


def _fixed(text: str) -> Phrase:
    """Words that have one form only."""
    return Phrase(text, text, 0.0)


def _without_words(marks: list[_Mark]) -> list[_Mark]:
    """The clicks alone, with a click in place of each number."""
    counted = (
        replace(mark, sound=Click.SOFT) if mark.phase is Phase.DONE else mark for mark in marks
    )
    return [mark for mark in counted if isinstance(mark.sound, Click)]


def _with_words(marks: list[_Mark], worded_to: int) -> list[_Mark]:
    """All clicks and numbers, and the words of the phases up to a repetition."""
    always = (Phase.COUNT_IN, Phase.DONE, Phase.RACK)
    return [
        mark
        for mark in marks
        if isinstance(mark.sound, Click) or mark.phase in always or mark.rep <= worded_to
    ]


def _apart(marks: list[_Mark], *, follows_number: bool) -> list[_Mark]:
    """The same cues with at most one word at a time: the number first, the phase half a beat on."""
    numbers = {mark.half: mark for mark in marks if mark.phase is Phase.DONE}
    apart: list[_Mark] = []
    for mark in marks:
        number = numbers.get(mark.half)
        if isinstance(mark.sound, Click) or number is None or number is mark:
            apart.append(mark)
        elif follows_number and not number.fills_beat:
            apart.append(replace(mark, half=mark.half + 1))
    return sorted(apart, key=lambda mark: mark.half)


def _timed(marks: list[_Mark], end: int, beat_s: float) -> Iterator[Cue]:
    """The cues in seconds; every word knows how long it may sound."""
    spoken = [mark.half for mark in marks if isinstance(mark.sound, Phrase)]
    next_word = dict(pairwise([*spoken, end]))
    for mark in marks:
        sound: Click | Word
        if isinstance(mark.sound, Phrase):
            room_s = (next_word[mark.half] - mark.half) * beat_s / _BEAT
            phrase = mark.sound
            text = phrase.full if room_s >= phrase.needs_s else phrase.brief
            sound = Word(text, min(room_s, mark.limit_s))
        else:
            sound = mark.sound
        yield Cue(mark.half * beat_s / _BEAT, mark.rep, mark.phase, sound)
