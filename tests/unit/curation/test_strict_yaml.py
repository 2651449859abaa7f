"""YAML is read as data."""

from pathlib import Path

import pytest

from pipeline.curation.strict_yaml import NotYamlError, parse_yaml


@pytest.mark.parametrize(
    "call",
    ["object/apply:pathlib.Path.mkdir [{}]", "object/new:pathlib.Path [{}]", "name:pathlib.Path x"],
)
def test_nothing_that_yaml_names_is_made(call: str, tmp_path: Path) -> None:
    with pytest.raises(NotYamlError, match="python"):
        parse_yaml(f"note: !!python/{call.format(tmp_path / 'made')}".encode())
    assert not (tmp_path / "made").exists()
