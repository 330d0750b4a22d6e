from pathlib import Path

import pytest
from hassil import TextSlotList

from assistant.complaint import Complaint
from assistant.language.sentences import load_sentences

GOOD = """
language: en
intents:
  SetTimer:
    data:
      - sentences: ["set a timer for {minutes} minute[s]"]
        metadata: {live: set}
lists:
  minutes: {range: {from: 1, to: 60}}
skip_words: [please, "okay  Coach"]
"""


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def complaint_about(*places: Path) -> str:
    with pytest.raises(Complaint) as caught:
        load_sentences(*places)
    return str(caught.value)


def test_a_folder_is_merged_from_its_files(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", GOOD)
    write(tmp_path, "b.yaml", 'intents: {Stop: {data: [{sentences: ["stop [{minutes}]"]}]}}')
    sentences = load_sentences(tmp_path)
    assert set(sentences.intents.intents) == {"SetTimer", "Stop"}
    assert sentences.fillers == ("please", "okay coach")
    assert sentences.origins["Stop"] == (tmp_path / "b.yaml",)


def test_yes_and_no_are_words_and_not_truth_values(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "a.yaml",
        "intents: {A: {data: [{sentences: ['{answer}']}]}}\nlists: {answer: {values: [yes, no]}}",
    )
    answers = load_sentences(file).intents.slot_lists["answer"]
    assert isinstance(answers, TextSlotList)
    assert [value.value_out for value in answers.values] == ["yes", "no"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("intents: [\n", "line 2: is not valid YAML"),
        ("just words", "a sentence file is a mapping"),
        ("intents: {A: {data: []}}", "intents.A.data: "),
        ("intents: {A: {data: [{}]}}", "intents.A.data.0.sentences: Field required"),
        ("intents: {A: {data: [{sentences: ['(go']}]}}", "cannot be read: '(go'"),
        ("intents: {A: {data: [{sentences: ['{n}']}]}}", "the list {n}, which is not defined"),
        ("intents: {A: {data: [{sentences: ['<n>']}]}}", "the rule <n>, which is not defined"),
        (
            "intents: {A: {data: [{sentences: ['<n>']}]}}\nexpansion_rules: {n: '<m>', m: 'a <n>'}",
            "leads back to itself",
        ),
        ("lists: {n: {range: {from: 9, to: 1}}}", 'lists.n.range: "from" (9) is greater'),
        ("lists: {n: {range: {from: 1, to: many}}}", "lists.n.range.to: Input should be a valid"),
        ("lists: {n: {wildcard: true}}", "only closed lists can be listened for"),
        ("lists: {n: {}}", 'needs either "values" or "range"'),
        ("intents: {A: {data: [{sentences: [a], metadata: {live: never}}]}}", "live: Input should"),
        ("language: xx\nlists: {n: {range: {from: 1, to: 2}}}", "no number words for 'xx'"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path, "bad.yaml", text)
    message = complaint_about(file)
    assert message.startswith(str(file))
    assert said in message
    assert message.endswith(".")


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "intents: {A: {data: []}}\nlists: {n: {}}")
    write(tmp_path, "b.yaml", "intents: [")
    assert len(complaint_about(tmp_path).splitlines()) == 3


def test_files_may_share_a_list_only_when_it_is_the_same(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", GOOD)
    write(tmp_path, "b.yaml", "lists: {minutes: {range: {from: 1, to: 60}}}")
    load_sentences(tmp_path)
    write(tmp_path, "b.yaml", "lists: {minutes: {range: {from: 1, to: 10}}}")
    assert "lists.minutes" in complaint_about(tmp_path)


def test_a_missing_place_is_named(tmp_path: Path) -> None:
    assert "no such sentence file" in complaint_about(tmp_path / "none.yaml")
    assert "no sentence file" in complaint_about(tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xff\xfe\x00RIFF")
    assert "not" in complaint_about(file)
