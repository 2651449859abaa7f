"""Read the YAML files that a package of besshi carries."""

from importlib.resources import files
from typing import Any

import yaml

# libyaml's loader is ten times as fast; PyYAML has it wherever its wheel fits the machine.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_data(package: str, name: str) -> dict[str, Any]:
    """The content of a file.

    Args:
        package: The package that carries it, as `__package__` names it.
        name: Its name there.
    """
    text = files(package).joinpath(name).read_text("utf-8")
    listed: dict[str, Any] = yaml.load(text, _LOADER)
    return listed
