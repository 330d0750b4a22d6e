"""Everything that hears, wired together."""

from collections.abc import Callable

from assistant.app.knowledge import Knowledge
from assistant.content.loader import ENGLISH
from assistant.dialogue.expectation import ANSWERS
from assistant.hearing.answers import DOUBTFUL, Answers
from assistant.hearing.cries import HASTY, LENIENT, Cries
from assistant.hearing.ear import HARMLESS, Ear
from assistant.hearing.echo import Guard, Sounding
from assistant.hearing.gauge import Gauge
from assistant.hearing.grammar import ADDRESSED, Costs
from assistant.hearing.models import ModelFolder, word_table
from assistant.hearing.own_voice import OwnVoice
from assistant.hearing.recogniser import RATE, WHOLE, Recogniser
from assistant.hearing.reference import Reference
from assistant.hearing.vocabulary import require_vocabulary
from assistant.language.attention import AddressedMatcher
from assistant.language.matcher import Matcher
from assistant.language.selection import only, these
from assistant.language.sentences import Live, Sentences, load_sentences
from assistant.settings import Settings


def ear_maker(  # noqa: PLR0913  (each is something that the composition root chooses)
    model: ModelFolder,
    knowledge: Knowledge,
    settings: Settings,
    *,
    reference: Reference,
    sounding: Callable[[], Sounding],
    reflex: Callable[[], None],
    expected: Callable[[], frozenset[str]] = frozenset,
) -> Callable[[], Ear]:
    """What makes ears, each with recognisers of its own, that all know the same room.

    Args:
        model: what to recognise with.
        knowledge: the sentences.
        settings: what the owner has chosen.
        reference: what the coach lets the room hear.
        sounding: what it is doing.
        reflex: cuts all its sound.
        expected: intents that answer the question it has just asked, if it has.

    Raises:
        Complaint: the model does not know every word of the sentences.
    """
    require_vocabulary(knowledge.sentences, model)
    own_voice = OwnVoice(reference)
    sound_alikes = Matcher(load_sentences(ENGLISH / "sound_alikes"))

    is_addressed = settings.hearing.wake_word
    matcher = AddressedMatcher(knowledge.sentences) if is_addressed else knowledge.matcher

    def make_ear() -> Ear:
        everything, cries, answers = recognisers(model, knowledge, settings)
        return Ear(
            everything,
            matcher,
            gauge=Gauge(RATE),
            guard=Guard(settle_s=settings.hearing.settle_s),
            sounding=sounding,
            reflex=reflex,
            own_voice=own_voice,
            sound_alikes=sound_alikes,
            cries=Cries(cries, matcher, HARMLESS),
            answers=None if is_addressed else Answers(answers, knowledge.matcher, expected),
        )

    return make_ear


def recognisers(
    model: ModelFolder, knowledge: Knowledge, settings: Settings
) -> tuple[Recogniser, Recogniser, Recogniser]:
    """One for all sentences, one for the urgent ones while the coach sounds, one for answers.

    What they have read from the disk is shared by all that are made while one of them exists.
    """
    _held = word_table(model)  # so that it is read once for all three
    costs = ADDRESSED if settings.hearing.wake_word else Costs()
    urgent = only(knowledge.sentences, Live.URGENT)
    return (
        Recogniser(model, knowledge.sentences, costs=costs),
        Recogniser(model, urgent, endpointing=HASTY, costs=LENIENT),
        answer_recogniser(model, knowledge.sentences),
    )


def answer_recogniser(model: ModelFolder, sentences: Sentences) -> Recogniser:
    """One that looks for an answer in a whole utterance."""
    answers = these(sentences, ANSWERS)
    return Recogniser(model, answers, endpointing=WHOLE, costs=DOUBTFUL)
