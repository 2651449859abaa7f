"""Read the YAML files that a package of besshi carries."""

from pkgutil import get_data
from typing import Any


def read_data(package: str, name: str) -> dict[str, Any]:
    """The content of a file.

    Args:
        package: The package that carries it, as `__package__` names it.
    """
    import yaml  # a run itself, which only plans, does not wait for it

    # libyaml's loader is ten times as fast; PyYAML has it wherever its wheel fits the machine.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    listed: dict[str, Any] = yaml.load(get_data(package, name) or b"", loader)
    return listed
