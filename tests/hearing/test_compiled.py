import os
from pathlib import Path
from weakref import ref

import pytest

from assistant.complaint import Complaint
from assistant.hearing import compiled as module
from assistant.hearing.compiled import compiled
from assistant.hearing.grammar import Costs, Grammar, phrase_list
from assistant.hearing.models import ModelFolder, embedded_model, word_table
from assistant.hearing.vocabulary import missing_words, require_vocabulary
from assistant.language.sentences import load_sentences
from assistant.language.wordgraph import phrase_graph

GRAMMAR = Grammar(phrase_graph(("start the set", "stop")), (("okay", "coach"),))


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFolder:
    """The embedded model, with an empty cache."""
    monkeypatch.setattr(module, "_places", lambda: (tmp_path / "cache", tmp_path / "spare"))
    return ModelFolder(embedded_model())


def test_it_is_made_once_of_links_beside_its_own_files(model: ModelFolder, tmp_path: Path) -> None:
    folder = compiled(model, GRAMMAR, {"beam": "9"})
    made_at = (folder / "graph" / "Gr.fst").stat().st_mtime_ns
    assert folder.parent == tmp_path / "cache"
    assert (folder / "am" / "final.mdl").is_symlink()
    assert not (folder / "graph" / "Gr.fst").is_symlink()
    assert "--beam=9\n" in (folder / "conf" / "model.conf").read_text()
    assert "--beam=10.0" not in (folder / "conf" / "model.conf").read_text()
    assert compiled(model, GRAMMAR, {"beam": "9"}) == folder
    assert (folder / "graph" / "Gr.fst").stat().st_mtime_ns == made_at
    assert list((tmp_path / "cache").iterdir()) == [folder]


def test_it_lists_the_words_of_the_grammar_alone(model: ModelFolder) -> None:
    folder = compiled(model, GRAMMAR, {}, Costs(decoys=0, unknown=5.0))
    rows = (folder / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    listed = {row.split()[0]: int(row.split()[1]) for row in rows}
    assert set(listed) == {"<eps>", "start", "the", "set", "stop", "okay", "coach", "[unk]"}
    table = word_table(model)
    assert all(table[word] == number for word, number in listed.items() if word != "<eps>")


def test_words_that_compete_with_the_grammar_are_listed_too(model: ModelFolder) -> None:
    folder = compiled(model, GRAMMAR, {}, Costs(decoys=50))
    rows = (folder / "graph" / "words.txt").read_text(encoding="utf-8").splitlines()
    assert 50 <= len(rows) <= 60


def test_the_words_of_a_model_are_held_no_longer_than_needed(model: ModelFolder) -> None:
    table = word_table(model)
    assert word_table(model) is table
    seen = ref(table)
    del table
    assert seen() is None


def test_another_grammar_or_option_is_another_folder(model: ModelFolder) -> None:
    other = Grammar(phrase_graph(("start the sets",)))
    folders = {compiled(model, grammar, {}) for grammar in (GRAMMAR, other)}
    assert len({*folders, compiled(model, other, {"beam": "9"})}) == 3


def test_a_cache_that_cannot_be_written_is_replaced_by_a_spare(
    model: ModelFolder, tmp_path: Path
) -> None:
    (tmp_path / "cache").touch()
    assert compiled(model, GRAMMAR, {}).parent == tmp_path / "spare"
    (tmp_path / "spare" / "x").mkdir()


def test_nowhere_to_write_is_one_sentence(model: ModelFolder, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    (tmp_path / "spare").touch()
    with pytest.raises(Complaint, match="cannot be stored"):
        compiled(model, GRAMMAR, {})


def test_old_ones_are_forgotten(
    model: ModelFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    first = compiled(model, GRAMMAR, {"beam": "7"})
    os.utime(first, (0, 0))
    compiled(model, GRAMMAR, {"beam": "8"})
    compiled(model, GRAMMAR, {"beam": "9"})
    assert not first.exists()
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_a_phrase_list_holds_every_pair_of_neighbours(model: ModelFolder) -> None:
    phrases = phrase_list(GRAMMAR, None)
    assert set(phrases) == {"okay coach", "start", "start the", "the set", "set", "stop", "[unk]"}
    known = frozenset({"start", "the", "stop"})
    assert set(phrase_list(GRAMMAR, known)) == {"start", "start the", "stop", "[unk]"}


def test_words_the_model_lacks_are_named_with_their_intents(
    model: ModelFolder, tmp_path: Path
) -> None:
    file = tmp_path / "sentences.yaml"
    file.write_text('intents: {Go: {data: [{sentences: ["go qwrtzy"]}]}}\nskip_words: [umph]')
    sentences = load_sentences(file)
    assert missing_words(sentences, model) == {"qwrtzy": ("Go",), "umph": ("skip_words",)}
    with pytest.raises(Complaint, match='"qwrtzy" in Go; "umph" in skip_words'):
        require_vocabulary(sentences, model)
