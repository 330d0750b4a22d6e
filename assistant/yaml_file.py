"""The one place that reads YAML: sentences, content, scenarios."""

import re
from pathlib import Path
from typing import Any

import yaml

from assistant.complaint import Complaint

_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(_FastLoader):  # type: ignore[misc]  # libyaml is not everywhere
    """Reads ``yes``, ``no``, ``on`` and ``off`` as the words they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def read_yaml(path: Path) -> Any:
    """The plain data of one YAML file.

    Raises:
        Complaint: when it cannot be read, or is no YAML; names file and line.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  (a safe one)
    except OSError as error:
        raise Complaint(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise Complaint(f"{path}: is not UTF-8 text.") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise Complaint(f"{path}{line}: is not valid YAML ({error.problem}).") from error
    except yaml.YAMLError as error:
        raise Complaint(f"{path}: is not valid YAML ({error}).") from error
