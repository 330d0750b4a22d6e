from pathlib import Path

from assistant.language.matcher import Matcher
from assistant.language.selection import only, these
from assistant.language.sentences import Live, load_sentences

TEXT = """
intents:
  Stop: {data: [{sentences: ["stop [<what>]"], metadata: {live: urgent}}]}
  Pause: {data: [{sentences: ["pause"], metadata: {live: set}}]}
  Pain:
    data:
      - {sentences: ["my back hurts"], metadata: {live: urgent}}
      - {sentences: ["my back is stiff"]}
expansion_rules: {what: the set}
skip_words: [please]
"""


def test_only_sentences_of_that_liveness_are_left_with_their_rules_and_fillers(
    tmp_path: Path,
) -> None:
    file = tmp_path / "sentences.yaml"
    file.write_text(TEXT, encoding="utf-8")
    matcher = Matcher(only(load_sentences(file), Live.URGENT))
    said = ("stop the set please", "my back hurts", "my back is stiff", "pause")
    assert [(match := matcher.match(text)) and match.intent for text in said] == [
        "Stop",
        "Pain",
        None,
        None,
    ]


def test_the_sentences_of_some_intents_are_left_with_their_rules_and_fillers(
    tmp_path: Path,
) -> None:
    file = tmp_path / "sentences.yaml"
    file.write_text(TEXT, encoding="utf-8")
    matcher = Matcher(these(load_sentences(file), frozenset({"Stop", "Pause"})))
    said = ("please stop the set", "pause", "my back hurts")
    assert [(match := matcher.match(text)) and match.intent for text in said] == [
        "Stop",
        "Pause",
        None,
    ]
