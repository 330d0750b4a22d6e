import pytest

from assistant.language.attention import AddressedMatcher
from assistant.language.sentences import load_sentences


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> AddressedMatcher:
    file = tmp_path_factory.mktemp("sentences") / "sentences.yaml"
    file.write_text(
        "intents:\n"
        "  Stop: {data: [{sentences: [stop], metadata: {live: urgent}}]}\n"
        "  Next: {data: [{sentences: [next]}]}\n"
        "skip_words: [coach, okay coach, hey coach, please]\n"
    )
    return AddressedMatcher(load_sentences(file))


@pytest.mark.parametrize("text", ["coach next", "okay coach next", "next coach", "stop"])
def test_what_names_the_coach_or_cannot_wait_is_meant(matcher: AddressedMatcher, text: str) -> None:
    assert matcher.match(text) is not None


@pytest.mark.parametrize("text", ["next", "please next", "coach", "coach later"])
def test_other_talk_is_not(matcher: AddressedMatcher, text: str) -> None:
    assert matcher.match(text) is None
