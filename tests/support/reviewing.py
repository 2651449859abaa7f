"""A finished run to review: the annex of the mission, one whose cells are markup, a failed one."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from reportlab.pdfgen import canvas

from pipeline.files import LocalFolder
from pipeline.files.parquet import encode_issues, write_annex
from pipeline.model import (
    AnnexHeader,
    FieldBox,
    FieldMark,
    Issue,
    MarkKind,
    Normalized,
    PageAccount,
    Record,
    RedlineRun,
)
from tests.support.annexes import record
from tests.support.pdfs import OTA

MARKED = "印 #1 & <b>%41"
"""An annex whose name has to be escaped in HTML, in addresses and in YAML."""
SCRIPT = "</script><script>document.title = 'run'</script>"
MERGED = FieldBox("category", 1, 50, 100, 90, 200)


class Reviewed(NamedTuple):
    """Folders of a run, of its PDFs and of its review."""

    run: Path
    pdfs: Path
    review: Path
    said: tuple[str, str] = ("", "")
    """By the command that wrote the review, to stderr and stdout."""


def marked_records() -> list[Record]:
    """Two records that share a merged cell, full of what browsers and YAML act upon."""
    first = record(
        record_id=f"{MARKED}-t1-r1",
        annex=MARKED,
        number="<1>",
        category='" onclick="alert(1)',
        comment=SCRIPT,
        response="- 一行目: &a\n　二行目 # \\n\n\tタブ",
        original_text="旧い文。",
        revision="新しい文。",
        redline=[
            RedlineRun("delete", "旧い"),
            RedlineRun("insert", "新しい"),
            RedlineRun("equal", "文。"),
        ],
        revision_kind="modified",
        extra={"<i>備考</i>": "&lt;済&gt;\u2028次", "": ""},
        section=["第１章　<総則>"],
        marks=[
            FieldMark("revision", 0, 3, MarkKind.UNDERLINE),
            FieldMark("response", 2, 5, MarkKind.STRIKE),
        ],
        location=["<Ⅲ>"],
        boxes=[MERGED, FieldBox("comment", 1, 90, 100, 300, 150)],
        confidence=0.5,
        flags=["low_confidence", "clipped"],
    )
    second = replace(
        first,
        record_id=f"{MARKED}-t1-r2",
        row_index=2,
        number="２",
        comment="ｶﾞｲﾄﾞﾗｲﾝ\nＡＢＣを見\n直す",
        revision="修正なし",
        redline=[RedlineRun("delete", "旧い文。"), RedlineRun("insert", "修正なし")],
        revision_kind="none",
        section=[],
        marks=[],
        boxes=[MERGED, FieldBox("comment", 1, 90, 150, 300, 200)],
        confidence=0.97,
        flags=["clipped"],
    )
    return [first, second]


def write_files(normalized: Normalized, run: Path) -> None:
    """Write an annex's files into the folder of a run."""
    write_annex(normalized, LocalFolder(run))


def write_run(folder: Path, ota: Normalized | None = None) -> tuple[Path, Path]:
    """The folder of a run, and that of its PDFs; without `ota` it has one page only."""
    run, pdfs = folder / "parsed", folder / "pdfs"
    pdfs.mkdir(parents=True)
    issues: dict[str, Sequence[Issue]] = {}
    if ota:
        shutil.copy(OTA, pdfs)
        write_files(ota, run)
        issues["ota_annex"] = ota.header.issues
    path = pdfs / f"{MARKED}.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(400, 300), invariant=1)
    sheet.rect(50, 100, 250, 100)
    sheet.save()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    page = PageAccount(MARKED, 1, 400, 300, "text_layer", 1, 9, 8, 0, 0, 0, 1, None)
    write_files(
        Normalized(AnnexHeader(MARKED, digest), records=marked_records(), pages=[page]), run
    )
    issues[MARKED] = [Issue("warning", "normalize", "unaccounted_glyphs", f"look: {SCRIPT}", 1)]
    issues["broken"] = [Issue("error", "extract", "not_a_pdf", "broken.pdf: is no PDF")]
    LocalFolder(run).write("issues.parquet", encode_issues(issues, ("", "")))
    return run, pdfs
