"""What the owner of the device may choose: a configuration file, then the environment.

The file is TOML; each dataclass below is one of its sections. An environment variable such as
``WORKOUT_ASSISTANT_SPEAKING_VOLUME`` goes before the same key in the file. Everything that is wrong
in either is reported at once.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)

from assistant import paths
from assistant.complaint import Complaint
from assistant.content import training, triage
from assistant.content.training import CountAt, StartPhase
from assistant.dialogue.session import Verbosity
from assistant.dialogue.tempo import parse_tempo
from assistant.problems import Place, describe
from assistant.progress import Unit

ENVIRONMENT = "WORKOUT_ASSISTANT_"
CONFIG_VARIABLE = f"{ENVIRONMENT}CONFIG"
"""Names the configuration file."""

_NO_SETTINGS = {CONFIG_VARIABLE, f"{ENVIRONMENT}DEBUG"}


class Rate(IntEnum):
    """Frames a second that sound cards commonly take."""

    HZ_16000 = 16_000
    HZ_22050 = 22_050
    HZ_44100 = 44_100
    HZ_48000 = 48_000


def _absolute(path: Path) -> Path:
    path = path.expanduser()
    if not path.is_absolute():
        raise ValueError(path)
    return path


Name: TypeAlias = Annotated[str, Field(min_length=1)]
Folder: TypeAlias = Annotated[
    Path,
    AfterValidator(_absolute),
    WithJsonSchema({"description": "a path from the root (/) or from the home folder (~)"}),
]


@dataclass(frozen=True, slots=True)
class Hearing:
    """Microphone and recogniser."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    model: Name | None = None
    """Folder of a voice model, or the name of one that is installed; None: the best one found."""
    microphone: Name | None = None
    """Part of the name of the input device; None: the system's default."""
    wake_word: bool = False
    """Whether everything but stop and danger words must begin or end with "coach"."""
    settle_s: Annotated[float, Field(ge=0, le=3)] = 0.3
    """Seconds of deafness to commands after the coach has spoken, while its voice dies away."""
    record_dir: Folder | None = None
    """Folder for recordings of the microphone, to look for errors with; None: nothing is kept."""
    record_mb: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Megabytes that those recordings may fill; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """Loudspeaker and voice."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    speaker: Name | None = None
    """Part of the name of the output device; None: the system's default."""
    voice: Name = "en-us"
    """Voice of the synthesiser."""
    words_per_minute: Annotated[int, Field(ge=80, le=300)] = 165
    """Pace of the prompts."""
    volume: Annotated[int, Field(ge=1, le=10)] = 7
    """1 (quietest) to 10 (loudest)."""
    rate: Rate = Rate.HZ_48000
    """Frames a second of the output stream."""
    earcons: bool = True
    """Short tones for understood, not understood and listening, where nothing is spoken."""


@dataclass(frozen=True, slots=True)
class Training:
    """The machine, and the set that "start set" begins; None leaves what the content says."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    machine: Name = "leg press"
    """What the machine is called in the log."""
    unit: Unit = Unit.KG
    """Unit of the weights on this machine."""
    step: Annotated[float, Field(gt=0, le=50)] = 5.0
    """Smallest change of the weight on this machine, in its unit."""
    start_phase: StartPhase | None = None
    """What the first movement of a repetition is on this machine."""
    tempo: Name | None = None
    """Seconds of eccentric, hold, concentric and brace, as ``3-1-2-1``, or the name of a preset."""
    reps: Annotated[int, Field(ge=1, le=30)] | None = None
    """Repetitions of a set when no number is spoken."""
    rest_s: Annotated[int, Field(ge=30, le=300)] | None = None
    """Seconds of rest between two sets."""
    count_at: CountAt | None = None
    """Where in a repetition its number is spoken."""
    words: Verbosity = Verbosity.FULL
    """How much is spoken during a set, until the lifter asks for something else."""

    def applied_to(self, content: training.Training) -> training.Training:
        """The training content with the owner's choices in it.

        Raises:
            Complaint: the tempo is none that a set may have.
        """
        changes: dict[str, Any] = {
            "start_phase": self.start_phase,
            "default_reps": self.reps,
            "count_at": self.count_at,
        }
        if self.rest_s is not None:
            changes["rest"] = replace(content.rest, default_s=self.rest_s)
        if self.tempo is not None:
            try:
                tempo = parse_tempo(self.tempo, content)
            except Complaint as complaint:
                raise Complaint(f"in the settings, training.tempo: {complaint}") from None
            changes["presets"] = {**content.presets, content.default_preset: tempo}
        return replace(content, **{key: it for key, it in changes.items() if it is not None})


@dataclass(frozen=True, slots=True)
class Safety:
    """What is said in an emergency."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    emergency_number: Annotated[
        str,
        Field(pattern=r"^(\+?\d[\d ]{1,18})?$"),
        WithJsonSchema({"description": 'a telephone number such as "112", or "" for the usual'}),
    ] = ""
    """Spoken in the emergency message instead of the usual one; nothing here can dial it."""

    def applied_to(self, content: triage.Triage) -> triage.Triage:
        """The triage content with the owner's number in it."""
        digits = self.emergency_number.replace(" ", "")
        return replace(content, emergency_number=digits) if digits else content


@dataclass(frozen=True, slots=True)
class Files:
    """Where things are kept."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    data_dir: Folder | None = None
    """Folder of the log and of fetched models; None: the user's data folder."""


Pin: TypeAlias = Annotated[int, Field(ge=0, le=27)]


@dataclass(frozen=True, slots=True)
class Gpio:
    """A light and a button on the pins of a Raspberry Pi, by their BCM numbers."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    led: Pin | None = None
    """On while listening, slow blinking while speaking, fast when something has failed."""
    button: Pin | None = None
    """Pressed: stop. Held down: sleep, or wake up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All sections of the configuration, valid."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    hearing: Hearing = field(default_factory=Hearing)
    speaking: Speaking = field(default_factory=Speaking)
    training: Training = field(default_factory=Training)
    safety: Safety = field(default_factory=Safety)
    files: Files = field(default_factory=Files)
    gpio: Gpio = field(default_factory=Gpio)


Tree: TypeAlias = Mapping[str, Any]

_ADAPTER = TypeAdapter(Settings)


def load_settings(path: Path | None, env: Mapping[str, str]) -> Settings:
    """The settings in force: defaults, then the configuration file, then the environment.

    Args:
        path: the file named on the command line; None looks at ``WORKOUT_ASSISTANT_CONFIG``, then
            in the user's configuration folder, where it may be missing.
        env: the environment variables.

    Raises:
        Complaint: names everything that is wrong, where, and what is allowed there.
    """
    variable = env.get(CONFIG_VARIABLE)
    named = path or (Path(variable) if variable else None)
    file = named or paths.config_file()
    problems: list[str] = []

    settings = Settings()
    written = _read(file, must_exist=named is not None)
    try:
        # Strict JSON rules fit TOML: text stays text, but an enum or a path is written as text.
        text = json.dumps(written, default=str)
        settings = _ADAPTER.validate_json(text, strict=True)
    except ValidationError as error:
        problems += [f"{file}: {problem}" for problem in describe(error, _ADAPTER, _key)]

    overrides = _overrides(env)
    try:
        chosen = _ADAPTER.validate_strings(overrides)
        settings = _overlay(settings, chosen, overrides)
    except ValidationError as error:
        problems += describe(error, _ADAPTER, _variable)

    if problems:
        raise Complaint("\n  ".join(["the settings are not valid:", *problems]))
    return settings


def _read(file: Path, *, must_exist: bool) -> Tree:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise Complaint(f"there is no configuration file {file}") from None
        return {}
    except OSError as error:
        raise Complaint(f"the configuration file {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Complaint(f"the configuration file {file} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise Complaint(f"the configuration file {file} is not valid TOML: {error}") from None


def _overrides(env: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Sections and keys that the environment sets, whether they exist or not."""
    tree: dict[str, dict[str, str]] = {}
    for variable, value in env.items():
        if value and variable.startswith(ENVIRONMENT) and variable not in _NO_SETTINGS:
            section, _, key = variable.removeprefix(ENVIRONMENT).lower().partition("_")
            tree.setdefault(section, {})[key] = value
    return tree


def _key(place: Place) -> str:
    """A place as it is written in the file: ``speaking.volume``."""
    return ".".join(map(str, place))


def _variable(place: Place) -> str:
    """A place as it is written in the environment: ``WORKOUT_ASSISTANT_SPEAKING_VOLUME``."""
    return ENVIRONMENT + "_".join(map(str, place)).upper()


def _overlay(settings: Settings, chosen: Settings, overrides: Tree) -> Settings:
    """The settings with those values of ``chosen`` that ``overrides`` names."""
    for section, keys in overrides.items():
        values = {key: getattr(getattr(chosen, section), key) for key in keys}
        settings = replace(settings, **{section: replace(getattr(settings, section), **values)})
    return settings
