"""Characters that look like others, from lookalikes.yml."""

from functools import cache

from msgspec import Struct

from pipeline.vocabulary.data_files import read_data


class Lookalikes(Struct, frozen=True):
    """The content of `lookalikes.yml`."""

    twins: dict[str, str]
    """Katakana → the character outside of katakana that looks like it."""
    small: dict[str, str]
    """Small kana → the large one."""
    large: dict[str, str]
    """Large kana → the small one."""


@cache
def lookalikes() -> Lookalikes:
    """Read the vocabulary (once)."""
    listed = read_data(__package__, "lookalikes.yml")
    return Lookalikes(
        twins=listed["katakana"],
        small=listed["small"],
        large={large: kana for kana, large in listed["small"].items()},
    )
