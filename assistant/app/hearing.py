"""Everything that hears, wired together."""

from collections.abc import Callable

from assistant.app.knowledge import Knowledge
from assistant.app.stage import Stage
from assistant.content.loader import ENGLISH
from assistant.hearing.ear import Ear
from assistant.hearing.echo import Guard
from assistant.hearing.gauge import Gauge
from assistant.hearing.models import ModelFolder
from assistant.hearing.own_voice import OwnVoice
from assistant.hearing.recogniser import RATE, Recogniser
from assistant.hearing.vocabulary import require_vocabulary
from assistant.language.attention import AddressedMatcher
from assistant.language.matcher import Matcher
from assistant.language.sentences import load_sentences
from assistant.settings import Settings


def ear_maker(
    model: ModelFolder, knowledge: Knowledge, settings: Settings, stage: Stage
) -> Callable[[], Ear]:
    """What makes ears for this stage, each with a recogniser of its own.

    Raises:
        Complaint: the model does not know every word of the sentences.
    """
    require_vocabulary(knowledge.sentences, model)
    own_voice = OwnVoice(stage.reference)
    sound_alikes = Matcher(load_sentences(ENGLISH / "sound_alikes"))

    matcher = knowledge.matcher
    if settings.hearing.wake_word:
        matcher = AddressedMatcher(knowledge.sentences)

    def make_ear() -> Ear:
        return Ear(
            Recogniser(model, knowledge.sentences),
            matcher,
            gauge=Gauge(RATE),
            guard=Guard(settle_s=settings.hearing.settle_s),
            sounding=stage.sounding,
            reflex=stage.mixer.cut,
            own_voice=own_voice,
            sound_alikes=sound_alikes,
        )

    return make_ear
