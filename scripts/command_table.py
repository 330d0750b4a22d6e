#!/usr/bin/env python3
"""The table of what can be said, made from the sentence files themselves.

    scripts/command_table.py                     print it
    scripts/command_table.py --write README.md   put it between the marks in that file
    scripts/command_table.py --check README.md   exit 1 when the one in that file is outdated

Each intent is shown by the first wording of its first sentences, with a number in each slot.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    TextChunk,
)
from hassil.intents import IntentData, TextSlotList

from assistant.content.loader import ENGLISH
from assistant.language.sentences import Sentences, load_sentences

START, END = "<!-- commands: generated -->", "<!-- commands: end -->"
WORDINGS = 2
REFUSED = {"ExplosiveTempo", "AssistedTempo"}
"""Understood only to be refused, with the reason."""
TITLES = {
    "checklist": "Checklist",
    "workout": "Sets and rest",
    "logbook": "Log",
    "triage": "Pain",
    "manners": "At any time",
    "answers": "Answers",
}


def first_wording(expression: Expression, block: IntentData, sentences: Sentences) -> str:
    """The words of an expression with the first choice taken and optional parts left out."""
    if isinstance(expression, TextChunk):
        return expression.original_text
    parts = [
        first_wording(part, block, sentences) for part in first_choice(expression, block, sentences)
    ]
    return "".join(parts) if not isinstance(expression, ListReference) or parts else "N"


def first_choice(
    expression: Expression, block: IntentData, sentences: Sentences
) -> list[Expression]:
    """What an expression consists of; nothing for an optional part and for a number."""
    match expression:
        case Alternative():
            return [] if expression.is_optional else expression.items[:1]
        case Group():
            return expression.items
        case RuleReference():
            rules = {**sentences.intents.expansion_rules, **block.expansion_rules}
            return [rules[expression.rule_name].expression]
        case ListReference():
            lists = {**sentences.intents.slot_lists, **block.slot_lists}
            values = lists.get(expression.list_name)
            return [values.values[0].text_in] if isinstance(values, TextSlotList) else []
    return []


def wordings(intent: str, sentences: Sentences) -> Iterator[str]:
    for block in sentences.intents.intents[intent].data:
        for text in block.sentence_texts[:WORDINGS]:
            sentence = next(s for s in block.sentences if s.text == text)
            yield " ".join(first_wording(sentence.expression, block, sentences).split())


def table() -> str:
    folder = ENGLISH / "sentences"
    everything = load_sentences(folder)
    lines = ["| | say, for example |", "|---|---|"]
    for name, title in TITLES.items():
        intents = [
            intent
            for intent, files in everything.origins.items()
            if folder / f"{name}.yaml" in files and intent not in REFUSED
        ]
        said = dict.fromkeys(next(wordings(intent, everything), "") for intent in intents)
        quoted = ", ".join(f'"{words}"' for words in said if len(words) > 1 and "…" not in words)
        lines.append(f"| {title} | {quoted} |")
    questions = folder / "questions.yaml"
    count = sum(questions in files for files in everything.origins.values())
    lines.append(f'| Questions | {count} of them; "what can I ask" lists the topics |')
    return "\n".join(lines)


def replaced(text: str, new: str) -> str:
    """The text with what stands between the marks exchanged."""
    pattern = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"no marks {START} ... {END} in that file")
    return pattern.sub(lambda _: f"{START}\n{new}\n{END}", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    target = parser.add_mutually_exclusive_group()
    target.add_argument("--write", type=Path, metavar="FILE.md")
    target.add_argument("--check", type=Path, metavar="FILE.md")
    args = parser.parse_args()
    made = table()
    if args.write:
        args.write.write_text(replaced(args.write.read_text(), made))
    elif args.check:
        text = args.check.read_text()
        sys.exit(0 if replaced(text, made) == text else f"{args.check}: the table is outdated")
    else:
        print(made)


if __name__ == "__main__":
    main()
