"""Annexes of a page that tests draw, besshi over them, and what came of it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.commands.app import main
from pipeline.files.parquet import DATASETS, read_rows
from pipeline.model import Record
from tests.support.pdfs import FONT, Draw

START = [sys.executable, "-P", "-c", "from pipeline.commands.app import main; main()"]
"""besshi in a process of its own, in this environment and of this folder."""

HEADER = ("No", "意見内容", "回答")
FIRST = ("1", "窓口の待ち時間が長い。", "予約制を始めます。")
SECOND = ("2", "様式が分かりにくい。", "記入例を載せます。")
THIRD = ("3", "駐輪場が足りない。", "増設を検討します。")
BUDGET = (("款", "使途", "金額"), ("1", "総務費", "1,000"), ("2", "民生費", "2,000"))


def ruled_table(*rows: Sequence[str], font: str = FONT) -> Draw:
    """Three columns, a ruling around every cell, each text on one line."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(font, 10)
        edges, top, height = (50, 90, 320, 545), 770, 30
        for i in range(len(rows) + 1):
            sheet.line(edges[0], top - i * height, edges[-1], top - i * height)
        for x in edges:
            sheet.line(x, top, x, top - len(rows) * height)
        for i, row in enumerate(rows):
            for x, text in zip(edges, row, strict=False):
                sheet.drawString(x + 4, top - i * height - 18, text)

    return draw


COMMENTS = ruled_table(HEADER, FIRST, SECOND)


def picture(sheet: canvas.Canvas) -> None:
    sheet.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0, 595, 842)


def letter(sheet: canvas.Canvas) -> None:
    sheet.drawString(50, 700, "貴重なご意見をありがとうございました。")


def record(**fields: object) -> Record:
    values: dict[str, object] = dict.fromkeys(Record.__struct_fields__)
    values |= {
        "record_id": "a-t1-r1",
        "annex": "a",
        "source_sha256": "0" * 64,
        "table_index": 1,
        "row_index": 1,
        "extra": {},
        "headers": {},
        "section": [],
        "marks": [],
        "location": [],
        "page_first": 1,
        "page_last": 1,
        "boxes": [],
        "source": "text_layer",
        "field_confidence": {},
        "confidence": 1.0,
        "flags": [],
    }
    return Record(**(values | fields))  # type: ignore[arg-type]


def besshi(*arguments: object) -> Result:
    """Run a command; an exception that is no exit is a failure of the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def issues_of(out: Path, annex: str) -> list[dict[str, Any]]:
    return [row for row in read_rows(out / "issues.parquet") if row["annex"] == annex]


def files_of(out: Path, annex: str) -> list[Path]:
    return sorted(out.glob(f"*/{annex}.parquet"))


def comments_of(out: Path, annex: str) -> list[str]:
    return [row["comment"] for row in read_rows(out / "records" / f"{annex}.parquet")]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, which says where the PDFs are."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        str(path): (folder / path).read_bytes() for path in files if path.parts[0] != "manifest"
    }


def assert_whole(out: Path, annex: str) -> None:
    assert {path.parent.name for path in files_of(out, annex)} == set(DATASETS)
    assert comments_of(out, annex) == [FIRST[1], SECOND[1]]
    assert not list(out.rglob("*.part"))
