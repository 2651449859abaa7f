"""Read the YAML files that a package of besshi carries."""

from importlib.resources import files
from typing import Any

import yaml


def read_data(package: str, name: str) -> dict[str, Any]:
    """The content of a file.

    Args:
        package: The package that carries it, as `__package__` names it.
        name: Its name there.
    """
    listed: dict[str, Any] = yaml.safe_load(files(package).joinpath(name).read_text("utf-8"))
    return listed
