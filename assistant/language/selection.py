"""A part of the sentences, for ears that listen to nothing else."""

from dataclasses import replace

from assistant.language.sentences import Live, Sentences


def only(sentences: Sentences, live: Live) -> Sentences:
    """The sentences that may act at such moments, with the same lists, rules and fillers."""
    intents = {}
    for name, intent in sentences.intents.intents.items():
        data = [block for block in intent.data if (block.metadata or {}).get("live") == live]
        if data:
            intents[name] = replace(intent, data=data)
    return replace(sentences, intents=replace(sentences.intents, intents=intents))


def these(sentences: Sentences, intents: frozenset[str]) -> Sentences:
    """The sentences of some intents, with the same lists, rules and fillers."""
    chosen = {name: intent for name, intent in sentences.intents.intents.items() if name in intents}
    return replace(sentences, intents=replace(sentences.intents, intents=chosen))
