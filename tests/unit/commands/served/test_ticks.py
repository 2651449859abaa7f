"""The file that says which records a person has checked."""

from pathlib import Path

import pytest

from pipeline.commands.review.served.ticks import Ticks
from pipeline.errors import DataError


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a-t1-r1": {}}', b'{"\xff": 1}'])
def test_a_file_of_something_else_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.json: is no file of ticks \(.+\); remove it"):
        Ticks(path).read()
