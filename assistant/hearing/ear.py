"""From blocks of sound to events: what was meant, and when it may act.

Theory of operation. An *utterance* begins with the first partial result that has words and ends
with a final one. It is judged by what the coach was doing as it began and as it ended (see
``echo``): the tail of a question must not become its answer, and an answer that comes quickly must
not be lost.

Stop is a reflex. When two partial results of one utterance are equal, come from two different
advances of the decoder, and match "stop" as a whole, the sound is cut there and then, and only
afterwards is the dialogue told; where nothing sounds it takes four (``utterance``). The final
result of that utterance is swallowed, unless it turns out to say an urgent thing as well. Danger
words wait for the final result, which comes within half a second: half a sentence of somebody's
talk too often sounds like one.

While the coach makes a sound itself, its own voice is taken out of what is heard (``own_voice``),
and what the recogniser still makes of the rest is doubted. "Stop" acts as ever: to be silent
harms nobody. Anything else urgent, and all that only ``cries`` hears, is dropped when other people
were not speaking for as long as it takes to say.

When a prompt has died away, what was heard until then is dropped if the recogniser made no
sentence of it: left in place, the coach's own voice and the answer would be one utterance.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeAlias

from assistant.dialogue.events import Heard, NotUnderstood
from assistant.hearing.answers import Answers
from assistant.hearing.conversation import Conversation
from assistant.hearing.cries import Cries, Decoder
from assistant.hearing.echo import ALL, Guard, Moment, Sounding
from assistant.hearing.gauge import Condition, Gauge
from assistant.hearing.grammar import UNKNOWN
from assistant.hearing.own_voice import Cleaned, OwnVoice
from assistant.hearing.recogniser import Final, Partial
from assistant.hearing.utterance import Utterance, same
from assistant.language.attention import is_addressed
from assistant.language.matcher import Match, Matcher
from assistant.language.sentences import Live

ROUND_TRIP_S = 0.15
"""From the rendering of a sound until the microphone's blocks that carry it are being decoded."""
LEAST_SPEECH_S = 0.35
"""Less sound than this is a cough or a clank, and not worth asking about."""

PIECE_BYTES = 3_840
"""The recogniser gets no more at a time (120 ms), or partial results would be lost."""
LEAST_CRY_S, LEAST_WORD_S = 0.1, 0.05
"""Nobody cries out in less, and so much more for each word; fewer seconds of speech than that were
rests of the coach's own echo."""
ONE_CRY_S = 2.0
"""Two recognisers hear the same cry within this time; said again later it is another one."""
REST_OF_A_CRY_S = 0.3
"""What begins so soon after something urgent has acted is no command."""
HARMLESS = frozenset({"Stop"})
"""Intents that act even in doubt, and on partial results: a false alarm costs trust, a false stop
costs one sentence. Danger words wait for the final result, which follows their end at once."""

Heeded: TypeAlias = Heard | NotUnderstood


class Ear:
    """Listens to one stream of blocks."""

    def __init__(  # noqa: PLR0913  (each is a part that the composition root chooses)
        self,
        decoder: Decoder,
        matcher: Matcher,
        *,
        gauge: Gauge,
        guard: Guard,
        sounding: Callable[[], Sounding],
        reflex: Callable[[], None],
        own_voice: OwnVoice | None = None,
        sound_alikes: Matcher | None = None,
        cries: Cries | None = None,
        answers: Answers | None = None,
    ) -> None:
        """Begin with silence.

        Args:
            decoder: the recogniser, at the rate of the blocks.
            matcher: knows the sentences.
            gauge: measures the same blocks.
            guard: tells commands from echoes.
            sounding: what the coach is doing now; called once a block.
            reflex: cuts all sound; called before the urgent ``Heard`` is returned.
            own_voice: takes the coach's own voice out of 16 kHz blocks; without it, nothing does.
            sound_alikes: knows what urgent sentences are taken for under the coach's own voice.
            cries: hears urgent sentences under the coach's own voice; needs ``own_voice``.
            answers: looks again for an answer in what is taken for talk.
        """
        self._decoder = decoder
        self._matcher = matcher
        self._gauge = gauge
        self._guard = guard
        self._sounding = sounding
        self._reflex = reflex
        self._own_voice = own_voice
        self._cleaned: Cleaned | None = None
        self._sound_alikes = sound_alikes
        self._cries = cries
        self._answers = answers
        self._conversation = Conversation()
        self._cry: Match | None = None
        self._cried_at = -math.inf
        self._spoke_at = -math.inf
        self._was_quiet = True
        self._is_counting = False
        self._utterance: Utterance | None = None

    @property
    def condition(self) -> Condition:
        """What is wrong with the microphone."""
        return self._gauge.condition

    def feed(self, block: bytes, now: float) -> list[Heeded]:
        """What the next block of mono 16-bit samples leads to, heard at ``now``."""
        self._gauge.add(block)
        moment = self._look(now)
        heeded: list[Heeded] = []
        pcm = self._without_own_voice(block)
        if self._answers is not None:
            self._answers.keep(pcm)
        pieces = [pcm[at : at + PIECE_BYTES] for at in range(0, len(pcm), PIECE_BYTES)]
        if self._cries is not None:
            heeded += self._take_cries(self._cries, pieces, now)
        results = [result for piece in pieces for result in self._decoder.feed(piece)]
        if not results:
            self._end()  # an utterance that comes to nothing ends without a word
        for result in results:
            match result:
                case Partial():
                    heeded += self._take_partial(result, moment, now)
                case Final():
                    heeded += self._take_final(result, moment, now)
        return heeded

    def _without_own_voice(self, block: bytes) -> bytes:
        if self._own_voice is None:
            return block
        self._cleaned = self._own_voice.remove(block)
        return self._cleaned.pcm

    def _take_cries(self, cries: Cries, pieces: Sequence[bytes], now: float) -> list[Heeded]:
        if not self._is_doubted:
            cries.reset()
            return []
        heard = [match for piece in pieces if (match := cries.feed(piece)) is not None]
        return [
            heeded
            for match in heard
            if self._is_said(match)
            for heeded in self._act_on_cry(match, now)
        ]

    def _look(self, now: float) -> Moment:
        """See what the coach does, and forget its own voice when it has just fallen silent."""
        sounding = self._sounding()
        self._is_counting = sounding.is_counting
        if sounding.is_speaking:
            self._spoke_at = now
        quiet_s = max(0.0, now - self._spoke_at - ROUND_TRIP_S)
        if quiet_s > 0 and not self._was_quiet:
            self._forget_echo()
        self._was_quiet = quiet_s > 0
        return Moment(sounding, quiet_s)

    def _forget_echo(self) -> None:
        utterance = self._utterance
        if utterance and UNKNOWN in utterance.partial.text and not self._is_settled(utterance):
            self._decoder.reset()
            self._end()

    def _take_partial(self, partial: Partial, moment: Moment, now: float) -> list[Heeded]:
        utterance = self._utterance
        if utterance is None:
            self._utterance = Utterance(moment, now, partial)
            return []
        if not utterance.stands(partial, moment.sounding):
            return []
        match = self._as_shouted(partial.text) or self._urgent(partial.text)
        if match is not None and match.intent not in HARMLESS:
            return []
        return self._act(match, utterance, now)

    def _take_final(self, final: Final, moment: Moment, now: float) -> list[Heeded]:
        utterance = self._utterance
        if utterance is None:
            utterance = Utterance(moment, now, Partial(final.text, 0))
        heeded = self._judge(final.text, utterance, moment, now)
        self._end()
        return heeded

    def _judge(self, text: str, utterance: Utterance, ended: Moment, now: float) -> list[Heeded]:
        match = self._as_shouted(text) or self._settled(text, utterance.partial.text)
        if match is not None and match.live is Live.URGENT:
            return self._act(match, utterance, now) if self._is_plausible(match) else []
        if self._is_settled(utterance):
            return []
        if match is None:
            return self._take_doubtful(text, utterance, ended, now)
        heard_s = now - utterance.began_at
        if self._guard.admits(match.live, match.text, utterance.began, heard_s, ended):
            is_amid_talk = self._conversation.goes_on(utterance.began_at)
            return [_heard(match, amid_talk=is_amid_talk and not is_addressed(match.text))]
        return []

    @property
    def _is_doubted(self) -> bool:
        """Whether the coach makes the room sound at this moment, or pauses between two beats."""
        return self._cleaned is not None and (self._cleaned.is_own_sound or self._is_counting)

    def _is_plausible(self, match: Match) -> bool:
        """Whether it was said by somebody, as far as that can be told."""
        return match.intent in HARMLESS or not self._is_doubted or self._is_said(match)

    def _is_said(self, match: Match) -> bool:
        """Whether somebody else has spoken for as long as it takes to say."""
        least_s = LEAST_CRY_S + LEAST_WORD_S * len(match.text.split())
        return self._cleaned is None or self._cleaned.speech_s >= least_s

    def _as_shouted(self, text: str) -> Match | None:
        """What it must have been if it was shouted into the coach's own sound.

        Once a prompt is over, what sounds like it is what it is: a quick "start set of twelve".
        """
        is_shouted = self._is_doubted and (self._is_counting or not self._was_quiet)
        if self._sound_alikes is None or not is_shouted:
            return None
        return self._sound_alikes.match(text)

    def _settled(self, text: str, partial: str) -> Match | None:
        """What was said, without words that came up only after everybody had fallen silent.

        A partial result knows all words a quarter of a second before the final one comes. Should
        the final one then be longer than a whole sentence, the rest was noise.
        """
        if partial and text.startswith(f"{partial} "):
            match = self._matcher.match(partial)
            if match is not None:
                return match
        return self._matcher.match(text) if text else None

    def _act(self, match: Match | None, utterance: Utterance, now: float) -> list[Heeded]:
        """Cut the sound and report, once for each urgent thing that is said."""
        if match is None or utterance.has_acted(match):
            return []
        utterance.acted.append(match)
        if self._cry and same(match, self._cry) and now - self._cried_at < ONE_CRY_S:
            return []
        self._reflex()
        return [_heard(match)]

    def _act_on_cry(self, match: Match, now: float) -> list[Heeded]:
        """Do the same with what the other recogniser hears, unless this one was quicker."""
        utterance = self._utterance
        if utterance and utterance.has_acted(match):
            return []
        self._cry, self._cried_at = match, now
        self._reflex()
        return [_heard(match)]

    def _is_settled(self, utterance: Utterance) -> bool:
        """Whether something urgent has acted, so that the rest of it is no command."""
        return bool(utterance.acted) or self._cried_at > utterance.began_at - REST_OF_A_CRY_S

    def _urgent(self, text: str) -> Match | None:
        match = self._matcher.match(text)
        return match if match is not None and match.live is Live.URGENT else None

    def _take_doubtful(
        self, text: str, utterance: Utterance, ended: Moment, now: float
    ) -> list[Heeded]:
        """Take what may be an answer, or else admit not to have understood what was speech."""
        if not text or not self._guard.live(utterance.began) == self._guard.live(ended) == ALL:
            return []
        if self._answers and (answer := self._answers.look(now - utterance.began_at)):
            return [_heard(answer)]
        self._conversation.add(utterance.began_at, now)
        return [NotUnderstood(text)] if self._gauge.speech_s >= LEAST_SPEECH_S else []

    def _end(self) -> None:
        if self._utterance is not None:
            self._utterance = None
            self._gauge.speech_s = 0.0


def _heard(match: Match, *, amid_talk: bool = False) -> Heard:
    return Heard(match.intent, match.slots, match.text, amid_talk)
