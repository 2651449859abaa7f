"""Turns the files that a run wrote into views."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.batch.issues_file import ISSUES_FILE
from pipeline.commands.marked_text import cut_field, cut_redline
from pipeline.commands.review.annex_view import (
    AnnexView,
    BoxView,
    FieldView,
    IssueView,
    JsonRow,
    PageView,
    RecordView,
    TableView,
)
from pipeline.errors import DataError
from pipeline.files.parquet import read_rows_if_written
from pipeline.model import EXTRA, ROLES

_Rows = list[dict[str, Any]]
_Breaks = Mapping[tuple[str, str], _Rows]
_DIGITS = 4
"""Decimals of percentages; judgement: a thousandth of a point on A4."""


def list_annexes(folder: Path, issues: Mapping[str, _Rows]) -> list[str]:
    """The ids of the annexes that a run wrote into a folder, or has issues about.

    Raises:
        DataError: An id would name a file somewhere else.
    """
    written = {path.stem for path in (folder / "records").glob("*.parquet")}
    annexes = sorted(written | set(issues))
    for annex in annexes:
        if "/" in annex:  # its page would be written somewhere else
            raise DataError(f"{folder / ISSUES_FILE}: {annex!r} is not an annex id")
    return annexes


def read_issues(folder: Path) -> Mapping[str, _Rows]:
    """Annex → its issues, as a run wrote them into a folder.

    Raises:
        DataError: The file is no Parquet file.
    """
    issues: dict[str, _Rows] = defaultdict(list)
    for row in read_rows_if_written(folder / ISSUES_FILE):
        issues[row["annex"]].append(row)
    return issues


def read_annex(folder: Path, annex: str, issues: _Rows) -> AnnexView:
    """An annex as a run wrote it into a folder; without pictures.

    Raises:
        DataError: A file is no Parquet file.
    """
    name = f"{annex}.parquet"
    rows, pages, breaks = (
        read_rows_if_written(folder / kind / name) for kind in ("records", "pages", "breaks")
    )
    has_breaks = (folder / "breaks" / name).exists()
    return make_view(annex, rows, pages, breaks if has_breaks else None, issues)


def make_view(
    annex: str, rows: _Rows, pages: _Rows, breaks: _Rows | None, issues: _Rows
) -> AnnexView:
    """An annex from the rows of its datasets; without pictures.

    Args:
        annex: Its id.
        rows: Of `records`.
        pages: Of `pages`.
        breaks: Of `breaks`; None: the run wrote none.
        issues: Of `issues`.
    """
    by_field: dict[tuple[str, str], _Rows] = defaultdict(list)
    for row in breaks or ():
        by_field[row["record_id"], row["field"]].append(row)
    tables = list(_tables(rows, by_field))
    records = [record for table in tables for record in table.records]
    boxes = _boxes(rows, records)
    return AnnexView(
        annex=annex,
        tables=tables,
        pages=[_page(page, boxes) for page in pages],
        issues=[_issue(issue) for issue in issues],
        breaks=None if breaks is None else _line_breaks(records, by_field),
    )


def _tables(rows: _Rows, breaks: _Breaks) -> Iterator[TableView]:
    for index, of_table in groupby(rows, key=lambda row: row["table_index"]):
        group = list(of_table)
        records = [make_record(row, breaks) for row in group]
        yield TableView(index, group[0]["title"], group[0]["caption"], records)


def make_record(row: dict[str, Any], breaks: _Breaks) -> RecordView:
    """A record.

    Args:
        row: Its row of `records`.
        breaks: Record id and field → its rows of `breaks`.
    """
    return RecordView(
        id=_record_id(row["record_id"], row["annex"]),
        record_id=row["record_id"],
        number=row["number"],
        section=row["section"],
        location=row["location"],
        fields=list(_fields(row, breaks)),
        redline=None if row["redline"] is None else cut_redline(row["redline"], row["marks"]),
        revision_kind=row["revision_kind"],
        page_first=row["page_first"],
        page_last=row["page_last"],
        source=row["source"],
        confidence=row["confidence"],
        flags=row["flags"],
    )


def _record_id(record_id: str, annex: str) -> str:
    return record_id.removeprefix(f"{annex}-")


def _fields(row: dict[str, Any], breaks: _Breaks) -> Iterator[FieldView]:
    """The fields of a record, in the order of the columns on the page, as their boxes show."""
    texts = [(str(role), str(role), row[role]) for role in ROLES if row[role] is not None]
    texts += [(header, EXTRA, text) for header, text in row["extra"].items()]
    columns = {box["field"]: i for i, box in reversed(list(enumerate(row["boxes"])))}
    texts.sort(key=lambda text: columns.get(text[0], len(columns)))
    for i, (name, role, text) in enumerate(texts):
        ends = breaks.get((row["record_id"], name), [])
        kept = sum(end["kept"] for end in ends)
        anchor = f"{_record_id(row['record_id'], row['annex'])}-f{i}"
        pieces = cut_field(text, row["marks"], name)
        confidence = row["field_confidence"].get(name, 1.0)
        yield FieldView(anchor, name, role, pieces, len(ends) - kept, kept, confidence)


_Corners = tuple[float, float, float, float]
_Boxes = Mapping[int, Mapping[tuple[str, _Corners], list[str]]]
"""Page → role and x0, top, x1, bottom of each box on it → ids of the fields in that box."""


def _boxes(rows: _Rows, records: Sequence[RecordView]) -> _Boxes:
    found: dict[int, dict[tuple[str, _Corners], list[str]]] = defaultdict(dict)
    for row, record in zip(rows, records, strict=True):
        fields = {field.name: field for field in record.fields}
        for box in row["boxes"]:
            corners = (box["x0"], box["top"], box["x1"], box["bottom"])
            if (field := fields.get(box["field"])) is not None:
                found[box["page"]].setdefault((field.role, corners), []).append(field.id)
    return found


def _page(page: dict[str, Any], boxes: _Boxes) -> PageView:
    width, height = page["width"], page["height"]

    def percent(length: float, whole: float) -> float:
        return round(100 * length / whole, _DIGITS) if whole else 0.0

    return PageView(
        number=page["page"],
        width=width,
        height=height,
        source=page["source"],
        glyphs=page["glyphs"],
        unaccounted=page["unaccounted"],
        unread_ink=page["unread_ink"],
        boxes=[
            BoxView(
                tuple(dict.fromkeys(fields)),
                role,
                percent(x0, width),
                percent(top, height),
                percent(x1 - x0, width),
                percent(bottom - top, height),
            )
            for (role, (x0, top, x1, bottom)), fields in boxes.get(page["page"], {}).items()
        ],
        picture=None,
    )


def _issue(row: dict[str, Any]) -> IssueView:
    record = row["record_id"]
    return IssueView(
        level=row["level"],
        code=row["code"],
        message=row["message"],
        page=row["page"],
        record=_record_id(record, row["annex"]) if record else None,
    )


def _line_breaks(records: Sequence[RecordView], breaks: _Breaks) -> dict[str, Sequence[JsonRow]]:
    return {
        field.id: [
            {name: value for name, value in end.items() if name not in ("record_id", "field")}
            for end in breaks[record.record_id, field.name]
        ]
        for record in records
        for field in record.fields
        if field.removed_breaks or field.kept_breaks
    }
