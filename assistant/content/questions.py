"""Types of the questions a user may ask and the answers from the article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact (a row of the article) as it is spoken."""

    code: str
    """Row of the article, such as ``T6``; the intent that asks for it is ``Ask`` + code."""
    asks: str
    """One natural wording of the question, as an example of what may be asked."""
    says: str
    """One or two short sentences."""
    topic: str
    """The subject it belongs to, such as ``depth``."""
    more: str
    """Code of the row that "tell me more" leads to."""
    why: str
    """Code of the row that "why" leads to."""


def slips(answers: Iterable[Answer]) -> Iterator[str]:
    """What is wrong with a table of answers as a whole, one clause for each slip."""
    rows = tuple(answers)
    known = {answer.code: answer for answer in rows}
    for place, answer in enumerate(rows):
        if known[answer.code] is not answer:
            yield f"{place}.code: {answer.code} stands twice; keep one of the two"
        for field, code in (("more", answer.more), ("why", answer.why)):
            if code not in known:
                yield f"{place}.{field}: there is no row {code}"
            elif code == answer.code:
                yield f"{place}.{field}: row {code} leads to itself"
