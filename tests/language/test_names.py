from assistant.content.loader import ENGLISH
from assistant.language.matcher import Matcher
from assistant.language.names import with_names
from assistant.language.sentences import load_sentences

SENTENCES = load_sentences(ENGLISH / "sentences")


def test_somebody_with_a_log_can_be_switched_to_by_name() -> None:
    matcher = Matcher(with_names(SENTENCES, "person", ["Anna", "guest", "mary ann"]))
    for name in ("anna", "mary ann", "guest"):
        match = matcher.match(f"switch to {name}")
        assert match is not None
        assert (match.intent, match.slots) == ("SwitchPerson", {"person": name})


def test_nobody_else_can_be_switched_to() -> None:
    with_names(SENTENCES, "person", ["anna"])
    assert Matcher(SENTENCES).match("switch to anna") is None
