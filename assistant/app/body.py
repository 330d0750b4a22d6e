"""What a live coach speaks and hears with: loudspeaker, microphone, voice, ears."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event as Flag

from assistant import paths
from assistant.app.hearing import ear_maker
from assistant.app.knowledge import Knowledge
from assistant.app.opening import await_speaker, recorded
from assistant.app.parts import Parts
from assistant.app.stage import Stage
from assistant.app.warming import warm_up
from assistant.dialogue.events import Event
from assistant.hearing.ear import Ear
from assistant.hearing.listener import Listener
from assistant.hearing.microphone import Microphone
from assistant.hearing.models import find_model
from assistant.hearing.muted import Attended
from assistant.hearing.recogniser import RATE
from assistant.runtime.clock import Clock
from assistant.service.notifier import Notifier
from assistant.settings import Settings
from assistant.sound.card import SoundCard
from assistant.speaking.clip_store import ClipStore
from assistant.speaking.speaker import Speaker
from assistant.speaking.synthesiser import Synthesiser


class Body:
    """Opened once; its parts live until the stack it was opened on is closed.

    Attributes:
        stage: what is said and counted with.
        parts: all that may fail.
        voice: the identity of the synthesiser, as soon as it has started.

    """

    stage: Stage
    parts: Parts
    voice: Future[str]

    def __init__(
        self,
        knowledge: Knowledge,
        settings: Settings,
        clock: Clock,
        *,
        post: Callable[[Event], None],
        take_heard: Callable[[Event], None],
        expected: Callable[[], frozenset[str]],
    ) -> None:
        """Open nothing yet.

        Args:
            knowledge: what the coach knows.
            settings: what its owner has chosen.
            clock: tells both times.
            post: takes events of any part, from any thread.
            take_heard: takes what was understood, on the listener's thread.
            expected: intents that answer the question that is open.
        """
        self._knowledge = knowledge
        self._settings = settings
        self._clock = clock
        self._post = post
        self._take_heard = take_heard
        self._expected = expected

    def open(
        self, stack: ExitStack, notifier: Notifier, stopping: Flag, *, is_patient: bool
    ) -> bool:
        """Open everything; false when ``stopping`` was set before there was a loudspeaker.

        Args:
            stack: closes what was opened.
            notifier: is told what is waited for.
            stopping: ends the wait.
            is_patient: wait for devices that are missing.

        Raises:
            Complaint: something that is needed is missing.
        """
        settings, clock = self._settings, self._clock
        speaker = Speaker(settings.speaking.speaker, settings.speaking.rate)
        microphone = Microphone(settings.hearing.microphone, RATE)
        card = SoundCard(
            (microphone, speaker),
            self._post,
            clock.monotonic,
            is_sounding=lambda: not self.stage.is_idle,
        )
        stack.callback(card.close)
        if not await_speaker(card, speaker, notifier, stopping, is_patient=is_patient):
            return False
        self._open_voice(stack, speaker.rate_hz)
        speaker.play(self.stage.render)
        self._make_ear = self._ear_maker()
        self._source = Attended(
            recorded(microphone, settings.hearing, clock, stack),
            RATE,
            is_sounding=lambda: self.stage.mixer.is_audible,
            report=self._post,
        )
        self.parts = Parts(microphone, self._source, speaker, card, self.stage, self.new_listener())
        return True

    def new_listener(self) -> Listener:
        """A listener with an ear of its own, not started yet."""
        return Listener(self._source, self._make_ear, self._take_heard, self._clock.monotonic)

    def _open_voice(self, stack: ExitStack, rate_hz: int) -> None:
        settings, cache = self._settings, paths.cache_folder()
        voice = stack.enter_context(Synthesiser(settings.speaking.voice))
        clips = ClipStore(voice, rate_hz, cache / "clips" if cache else None)
        synthesis = ThreadPoolExecutor(1, "synthesis")
        stack.callback(synthesis.shutdown, cancel_futures=True)
        self.voice = synthesis.submit(lambda: voice.identity)
        self.stage = Stage(clips, settings, post=self._post, submit=synthesis.submit)
        stack.callback(self.stage.cut)  # what is still to be synthesised is not waited for
        ending = Flag()
        stack.callback(ending.set)
        warm_up(clips, self._knowledge, settings.speaking.words_per_minute, ending)

    def _ear_maker(self) -> Callable[[], Ear]:
        return ear_maker(
            find_model(self._settings.hearing.model),
            self._knowledge,
            self._settings,
            reference=self.stage.reference,
            sounding=self.stage.sounding,
            reflex=self.stage.mixer.cut,
            expected=self._expected,
        )
