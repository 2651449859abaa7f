"""Read the fitted numbers of the judge: weights.yml and pairs.yml."""

from importlib.resources import files
from typing import Any

import yaml


def read_numbers(name: str) -> dict[str, Any]:
    """The content of a file of this package."""
    listed: dict[str, Any] = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    return listed
