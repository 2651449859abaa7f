"""Stage files give back what was written, and a wrong one is named."""

import pytest

from pipeline.errors import DataError
from pipeline.files.stage_json import decode_stage, encode_stage
from pipeline.model import Extracted, Segmented

NOT_UTF_8 = '{"annex": "別紙"}'.encode("cp932")


def test_stage_files_give_back_what_was_written(
    ota_extracted: Extracted, ota_segmented: Segmented
) -> None:
    for content in (ota_extracted, ota_segmented):
        assert decode_stage("a.json", encode_stage(content), type(content)) == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"annex": "a"}',
        b"\xff",
        NOT_UTF_8,
        b'{"annex": "a", "source_sha256": 1}',
    ],
)
def test_a_wrong_stage_file_is_named(content: bytes) -> None:
    with pytest.raises(DataError, match=r"x/a\.json: is no Segmented of this besshi") as caught:
        decode_stage("x/a.json", content, Segmented)
    assert caught.value.exit_code == 6


def test_a_stage_does_not_take_what_another_wrote(ota_segmented: Segmented) -> None:
    with pytest.raises(DataError, match="is no Extracted"):
        decode_stage("s.json", encode_stage(ota_segmented), Extracted)
