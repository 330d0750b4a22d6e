"""Words that are known only at the start, such as the names of people, added to a list."""

from collections.abc import Iterable
from dataclasses import replace

from hassil.intents import TextSlotList

from assistant.language.sentences import Sentences


def with_names(sentences: Sentences, list_name: str, names: Iterable[str]) -> Sentences:
    """The same sentences, with more values in one of their lists; a value means itself.

    Args:
        sentences: have a list of that name, whose values are texts.
        list_name: such as ``person``.
        names: as they are spoken; those that the list has already are left out.
    """
    lists = sentences.intents.slot_lists
    known = lists[list_name]
    if not isinstance(known, TextSlotList):
        raise TypeError(list_name)
    meanings = {value.value_out for value in known.values}
    added = TextSlotList.from_strings(
        [name for name in dict.fromkeys(map(str.lower, names)) if name not in meanings],
        allow_template=False,
    )
    longer = TextSlotList(known.name, [*known.values, *added.values])
    intents = replace(sentences.intents, slot_lists={**lists, list_name: longer})
    return replace(sentences, intents=intents)
