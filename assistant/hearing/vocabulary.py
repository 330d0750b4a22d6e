"""Words of the sentences against words of the model."""

from collections.abc import Mapping

from assistant.complaint import Complaint
from assistant.hearing.models import ModelFolder, words
from assistant.language.sentences import Sentences
from assistant.language.wordgraph import word_graph


def missing_words(sentences: Sentences, model: ModelFolder) -> Mapping[str, tuple[str, ...]]:
    """Return each word the model does not know, with the intents that use it.

    Empty for a model that does not list its words: only the opened model can tell then.
    """
    known = words(model)
    if known is None:
        return {}
    missing: dict[str, tuple[str, ...]] = {}
    everything = word_graph(sentences).words()
    if not everything <= known:
        for intent in sentences.intents.intents:
            for word in sorted(word_graph(sentences, intent).words() - known):
                missing[word] = (*missing.get(word, ()), intent)
    for filler in sentences.fillers:
        for word in set(filler.split()) - known:
            missing[word] = (*missing.get(word, ()), "skip_words")
    return missing


def require_vocabulary(sentences: Sentences, model: ModelFolder) -> None:
    """Check that every word of the sentences can be heard.

    Raises:
        Complaint: naming the words, and where they stand.

    """
    missing = missing_words(sentences, model)
    if missing:
        named = "; ".join(f'"{word}" in {", ".join(where)}' for word, where in missing.items())
        raise Complaint(f"The model {model.name} does not know these words: {named}.")
