"""The shape of a sentence file: the Home Assistant template format, checked field by field."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _as_text(value: object) -> object:
    """Let a bare number stand where words are expected, as in ``values: [1, 2]``."""
    return str(value) if isinstance(value, int | float) else value


def _spoken(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Template = Annotated[str, BeforeValidator(_as_text), AfterValidator(_spoken)]
SlotConstant = str | int | float


class _Part(BaseModel):
    # What Home Assistant knows beyond speech (contexts, responses, domains) is read over.
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class RangeShape(_Part):
    """Numbers in an arithmetic row, both ends included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")
    step: int = Field(default=1, gt=0)
    multiplier: float | None = None
    fractions: Literal["halves", "tenths"] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> "RangeShape":
        if self.first > self.last:
            raise ValueError(f'"from" ({self.first}) is greater than "to" ({self.last})')
        if (self.last - self.first) // self.step >= 10_000:
            raise ValueError("has more than 10000 numbers, which is more than can be listened for")
        return self


class ValueShape(_Part):
    """One value of a list: what is said, and what it means."""

    said: Template = Field(alias="in")
    meant: SlotConstant | None = Field(default=None, alias="out")


class ListShape(_Part):
    """What may stand where a template names a list."""

    values: list[Template | ValueShape] | None = None
    range: RangeShape | None = None
    wildcard: bool = False

    @model_validator(mode="after")
    def _closed(self) -> "ListShape":
        if self.wildcard:
            raise ValueError("is a wildcard; only closed lists can be listened for")
        if (self.values is None) == (self.range is None):
            raise ValueError('needs either "values" or "range"')
        if self.values == []:
            raise ValueError("has no values")
        return self


class MetadataShape(_Part):
    """Our own mark on a block of sentences."""

    live: Literal["urgent", "set", "quiet"] = "quiet"


class BlockShape(_Part):
    """Templates that mean the same."""

    sentences: list[Template] = Field(min_length=1)
    slots: dict[str, SlotConstant] = Field(default_factory=dict)
    metadata: MetadataShape = Field(default_factory=MetadataShape)
    lists: dict[str, ListShape] = Field(default_factory=dict)
    expansion_rules: dict[str, Template] = Field(default_factory=dict)


class IntentShape(_Part):
    """Everything that means one intent."""

    data: list[BlockShape] = Field(min_length=1)


class FileShape(_Part):
    """One sentence file."""

    language: str = "en"
    intents: dict[str, IntentShape] = Field(default_factory=dict)
    lists: dict[str, ListShape] = Field(default_factory=dict)
    expansion_rules: dict[str, Template] = Field(default_factory=dict)
    skip_words: list[Template] = Field(default_factory=list)
    settings: dict[str, Any] = Field(default_factory=dict)
