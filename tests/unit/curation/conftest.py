"""A folder with an annex and its `.yml`."""

from pathlib import Path

import pytest

from tests.support.annex_folder import Folder
from tests.support.pdfs import MakePdf


@pytest.fixture
def folder(make_pdf: MakePdf, tmp_path: Path) -> Folder:
    return Folder(make_pdf, tmp_path)
