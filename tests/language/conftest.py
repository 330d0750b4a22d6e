from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.language.sentences import Sentences, load_sentences


@pytest.fixture
def sentences(tmp_path: Path) -> Callable[[str], Sentences]:
    """Makes sentences from the text of a file."""

    def make(text: str) -> Sentences:
        file = tmp_path / "sentences.yaml"
        file.write_text(text, encoding="utf-8")
        return load_sentences(file)

    return make
