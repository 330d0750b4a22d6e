"""The configuration: what is read, in which order, and what is said about mistakes."""

import dataclasses
import re
from pathlib import Path

import pytest

from assistant.complaint import Complaint
from assistant.content.loader import load_content
from assistant.content.training import CountAt, StartPhase, Tempo
from assistant.progress import Unit
from assistant.settings import Settings, Speaking, load_settings

EVERYTHING = """
[hearing]
model = "coach-en"
microphone = "USB"
settle_s = 1
wake_word = true
record_dir = "/srv/heard"
record_mb = 20
[speaking]
speaker = "Headphones"
voice = "en-gb"
words_per_minute = 140
volume = 9
rate = 44_100
earcons = false
[training]
machine = "hack squat"
unit = "lb"
step = 2.5
start_phase = "press"
tempo = "4-0-2-1"
reps = 10
rest_s = 90
words = "short"
count_at = "bottom"
[safety]
emergency_number = "112"
[files]
data_dir = "/var/lib/coach"
[gpio]
led = 17
button = 27
"""


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coach.toml"


def complaint_about(file: Path, text: str, env: dict[str, str] | None = None) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Complaint) as caught:
        load_settings(file, env or {})
    return str(caught.value)


def test_without_a_file_the_defaults_hold() -> None:
    assert load_settings(None, {}) == Settings()


def test_an_empty_file_changes_nothing(file: Path) -> None:
    file.touch()
    assert load_settings(file, {}) == Settings()


def test_every_setting_can_be_written_in_the_file(file: Path) -> None:
    file.write_text(EVERYTHING)
    settings = load_settings(file, {})
    assert settings.hearing.model == "coach-en"
    assert settings.hearing.microphone == "USB"
    assert settings.hearing.settle_s == 1.0
    assert settings.hearing.wake_word is True
    assert settings.hearing.record_dir == Path("/srv/heard")
    assert settings.hearing.record_mb == 20
    assert settings.speaking.speaker == "Headphones"
    assert settings.speaking.voice == "en-gb"
    assert settings.speaking.words_per_minute == 140
    assert settings.speaking.volume == 9
    assert settings.speaking.rate == 44_100
    assert settings.speaking.earcons is False
    assert settings.training.machine == "hack squat"
    assert settings.training.unit is Unit.LB
    assert settings.training.step == 2.5
    assert settings.training.start_phase is StartPhase.PRESS
    assert settings.training.tempo == "4-0-2-1"
    assert settings.training.reps == 10
    assert settings.training.rest_s == 90
    assert settings.training.count_at is CountAt.BOTTOM
    assert settings.safety.emergency_number == "112"
    assert settings.files.data_dir == Path("/var/lib/coach")
    assert settings.gpio.led == 17
    assert settings.gpio.button == 27


def test_the_list_of_settings_above_is_complete() -> None:
    keys = {
        key.name
        for section in dataclasses.fields(Settings())
        for key in dataclasses.fields(getattr(Settings(), section.name))
    }
    assert keys == set(re.findall(r"^(\w+) =", EVERYTHING, re.MULTILINE))


def test_every_setting_can_be_set_in_the_environment(file: Path) -> None:
    file.write_text(EVERYTHING)
    section, env = "", {}
    for line in EVERYTHING.split("\n"):
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            key, _, value = line.partition(" = ")
            env[f"WORKOUT_ASSISTANT_{section}_{key}".upper()] = value.strip('"').replace("_", "")
    assert load_settings(None, env) == load_settings(file, {})


def test_the_environment_goes_before_the_file(file: Path) -> None:
    file.write_text("[speaking]\nvolume = 3\nvoice = 'en-gb'\n")
    speaking = load_settings(file, {"WORKOUT_ASSISTANT_SPEAKING_VOLUME": "5"}).speaking
    assert (speaking.volume, speaking.voice) == (5, "en-gb")


def test_an_empty_variable_sets_nothing() -> None:
    assert load_settings(None, {"WORKOUT_ASSISTANT_SPEAKING_VOLUME": ""}) == Settings()


def test_the_file_is_found_in_the_configuration_folder(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "workout-assistant"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("[speaking]\nvolume = 2\n")
    assert load_settings(None, {}).speaking.volume == 2


def test_the_environment_can_name_the_file_and_the_command_line_goes_before(
    file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    file.write_text("[speaking]\nvolume = 3\n")
    other.write_text("[speaking]\nvolume = 4\n")
    env = {"WORKOUT_ASSISTANT_CONFIG": str(other)}
    assert load_settings(None, env).speaking.volume == 4
    assert load_settings(file, env).speaking.volume == 3


def test_a_path_may_start_in_the_home_folder(file: Path, tmp_path: Path) -> None:
    file.write_text("[files]\ndata_dir = '~/coach'\n")
    assert load_settings(file, {}).files.data_dir == tmp_path / "coach"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[speaking]\nvolum = 3", 'speaking.volum is not known; did you mean "volume"?'),
        ("[speeking]\nvolume = 3", 'speeking is not known; did you mean "speaking"?'),
        ("volume = 3", "volume is not known; known are: files, gpio, hearing, safety, speaking"),
        ("[speaking]\nvolume = 11", "volume is 11; it must be a whole number from 1 to 10"),
        ("[speaking]\nvolume = '7'", 'volume is "7"; it must be a whole number from 1 to 10'),
        ("[speaking]\nvolume = true", "volume is true; it must be a whole number from 1 to 10"),
        ("[speaking]\nwords_per_minute = 79", "79; it must be a whole number from 80 to 300"),
        ("[speaking]\nrate = 8000", "8000; it must be one of 16000, 22050, 44100, 48000"),
        ("[speaking]\nvoice = ''", 'speaking.voice is ""; it must be text, not empty'),
        ("[hearing]\nsettle_s = nan", "hearing.settle_s is NaN; it must be a number from 0 to 3"),
        ("[hearing]\nmicrophone = 1", "hearing.microphone is 1; it must be text, not empty"),
        ("[training]\nreps = 0", "training.reps is 0; it must be a whole number from 1 to 30"),
        ("[training]\nrest_s = 29", "rest_s is 29; it must be a whole number from 30 to 300"),
        ("[training]\nunit = 'stone'", 'training.unit is "stone"; it must be one of kg, lb'),
        ("[training]\ntempo = 3121", "training.tempo is 3121; it must be text, not empty"),
        ("[training]\nstart_phase = 2020-01-01", "it must be one of lower, press"),
        ("[training]\ncount_at = 'never'", "it must be one of press, bottom"),
        ("[safety]\nemergency_number = 112", 'must be a telephone number such as "112"'),
        ("[safety]\nemergency_number = 'my mum'", 'must be a telephone number such as "112"'),
        ("safety = 3", "safety is 3; it must be a section with the keys emergency_number"),
        ("[files]\ndata_dir = 'here'", 'files.data_dir is "here"; it must be a path from the root'),
    ],
)
def test_a_mistake_is_named_with_file_key_and_what_is_allowed(
    file: Path, line: str, says: str
) -> None:
    complaint = complaint_about(file, line)
    assert str(file) in complaint
    assert says in complaint


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("SPEAKING_VOLUME", "loud", 'is "loud"; it must be a whole number from 1 to 10'),
        ("SPEAKING_VOLUM", "3", 'is not known; did you mean "volume"?'),
        ("SPEEKING_VOLUME", "3", 'did you mean "speaking"?'),
        ("TRAINING", "3", "known are:"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    variable: str, value: str, says: str
) -> None:
    with pytest.raises(Complaint) as caught:
        load_settings(None, {f"WORKOUT_ASSISTANT_{variable}": value})
    assert f"WORKOUT_ASSISTANT_{variable.partition('_')[0]}" in str(caught.value)
    assert says in str(caught.value)


def test_all_mistakes_are_named_at_once(file: Path) -> None:
    complaint = complaint_about(
        file,
        "[speaking]\nvolume = 11\nvoice = 1\n[hearing]\nmodle = 'x'\n",
        {"WORKOUT_ASSISTANT_TRAINING_REPS": "many"},
    )
    assert len(complaint.splitlines()) == 1 + 4
    for name in ("speaking.volume", "speaking.voice", "hearing.modle", "TRAINING_REPS"):
        assert name in complaint


def test_broken_toml_names_file_and_line(file: Path) -> None:
    complaint = complaint_about(file, "[speaking]\nvolume = \n")
    assert str(file) in complaint
    assert "not valid TOML" in complaint
    assert "line 2" in complaint


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes(b"RIFF\xff\xfe\x00")
    with pytest.raises(Complaint, match="not UTF-8 text"):
        load_settings(file, {})


def test_a_named_file_must_exist(file: Path) -> None:
    with pytest.raises(Complaint, match=r"there is no configuration file .*coach\.toml"):
        load_settings(file, {})


def test_a_folder_is_no_configuration_file(tmp_path: Path) -> None:
    with pytest.raises(Complaint, match="cannot be read: Is a directory"):
        load_settings(tmp_path, {})


def test_the_owners_choices_go_before_the_training_content(file: Path) -> None:
    file.write_text(EVERYTHING)
    content = load_content().training
    training = load_settings(file, {}).training.applied_to(content)
    assert training.default_reps == 10
    assert training.rest.default_s == 90
    assert training.start_phase is StartPhase.PRESS
    assert training.count_at is CountAt.BOTTOM
    assert training.presets[training.default_preset] == Tempo(4, 0, 2, 1)
    assert training.words == content.words


def test_without_choices_the_training_content_stays_as_it_is() -> None:
    content = load_content().training
    assert Settings().training.applied_to(content) == content


@pytest.mark.parametrize("tempo", ["9-1-2-1", "0-0-0-0", "31X1", "fast"])
def test_a_tempo_that_no_set_may_have_is_refused(file: Path, tempo: str) -> None:
    file.write_text(f"[training]\ntempo = '{tempo}'\n")
    with pytest.raises(Complaint, match=rf"in the settings, training\.tempo: .*{tempo}"):
        load_settings(file, {}).training.applied_to(load_content().training)


def test_the_tempo_may_be_the_name_of_a_preset(file: Path) -> None:
    content = load_content().training
    file.write_text("[training]\ntempo = 'learn'\n")
    training = load_settings(file, {}).training.applied_to(content)
    assert training.presets[training.default_preset] == content.presets["learn"]


def test_the_example_in_the_readme_is_valid_and_names_every_setting(file: Path) -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    example = readme.partition("```toml\n")[2].partition("```")[0]
    file.write_text(re.sub(r"^# (?=\w+ =)", "", example, flags=re.MULTILINE), encoding="utf-8")
    settings = load_settings(file, {})
    content = load_content().training
    assert settings.training.applied_to(content) == content
    assert settings.speaking == Speaking(speaker="Headphones")
    keys = set(re.findall(r"^(\w+) =", EVERYTHING, re.MULTILINE))
    assert keys == set(re.findall(r"^(?:# )?(\w+) =", example, re.MULTILINE))
