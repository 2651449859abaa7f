"""Stage files give back what was written, and a wrong one is named."""

from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.files.stage_json import encode_stage, read_stage
from pipeline.model import Extracted, Segmented


def test_stage_files_give_back_what_was_written(
    ota_extracted: Extracted, ota_segmented: Segmented, tmp_path: Path
) -> None:
    (tmp_path / "e.json").write_bytes(encode_stage(ota_extracted))
    (tmp_path / "s.json").write_bytes(encode_stage(ota_segmented))
    assert read_stage(tmp_path / "e.json", Extracted) == ota_extracted
    assert read_stage(tmp_path / "s.json", Segmented) == ota_segmented


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"annex": "a"}', b"\xff", b'{"annex": "a", "source_sha256": 1}'],
)
def test_a_wrong_stage_file_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"a\.json: is no Segmented of this besshi") as caught:
        read_stage(path, Segmented)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 6


def test_a_stage_does_not_take_what_another_wrote(ota_segmented: Segmented, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_bytes(encode_stage(ota_segmented))
    with pytest.raises(DataError, match="is no Extracted"):
        read_stage(tmp_path / "s.json", Extracted)
