"""Types of the questions a user may ask and the answers from the article."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One fact (a row of the article) as it is spoken."""

    code: str
    """Row of the article, such as ``T6``; the intent that asks for it is ``Ask`` + code."""
    says: str
    """One or two short sentences."""
