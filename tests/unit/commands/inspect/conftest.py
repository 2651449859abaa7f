"""What the pictures of two annexes hold."""

import pytest

from pipeline.commands.inspect.page_view import PageView
from pipeline.commands.inspect.views import read_views
from pipeline.model import Extracted, Segmented
from pipeline.stages import extract_file, segment_extracted
from tests.support.pictures import WRITER


@pytest.fixture(scope="module")
def ota_views(ota_extracted: Extracted, ota_segmented: Segmented) -> list[PageView]:
    return list(read_views(ota_extracted, ota_segmented, range(1, 11)))


@pytest.fixture(scope="module")
def writer_views() -> dict[int, PageView]:
    extracted = extract_file(WRITER)
    views = read_views(extracted, segment_extracted(extracted), range(1, 19))
    return {view.number: view for view in views}
