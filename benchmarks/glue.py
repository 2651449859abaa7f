"""The obvious glue: a tool's tables, page by page, to records.

Rows below each other, header rows recognised and removed, each column's texts to its field. No
tool joins a row that a page cuts, so nothing here does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.headers import Columns, Head, assign, is_header
from benchmarks.tools import Cell, Table
from pipeline.evaluate.scores import Comparable
from pipeline.files.truths import TruthTable


@dataclass(slots=True)
class _Section:
    """Rows of a found table below header rows; none where it goes on from the page before."""

    header: Table = field(default_factory=list)
    rows: Table = field(default_factory=list)


def make_records(tables: Iterable[Table], truth: Sequence[TruthTable]) -> list[Comparable]:
    """The records that a tool's tables hold.

    Args:
        tables: What the tool found, in reading order.
        truth: The true tables; only their headers and roles are looked at.
    """
    heads = [Head.of(table) for table in truth]
    if not heads:
        return []
    sections = [section for table in tables for section in _split(table, heads)]
    named = _name_columns(sections, heads)
    fields = [record for section, columns in named for record in _read(section.rows, columns)]
    return [Comparable(f"r{place}", record, {}) for place, record in enumerate(fields, start=1)]


def _split(table: Table, heads: Sequence[Head]) -> Iterator[_Section]:
    """A table at its header rows; rows without any text are left out."""
    section = _Section()
    for row in table:
        if not any(cell and cell.strip() for cell in row):
            continue
        if is_header(row, heads):
            if section.rows:
                yield section
                section = _Section()
            section.header.append(row)
        else:
            section.rows.append(row)
    yield section


def _name_columns(
    sections: Sequence[_Section], heads: Sequence[Head]
) -> Iterator[tuple[_Section, Columns]]:
    """Each section with its columns' fields; one that is no comment table is left out.

    A section without a header goes on with the columns before it. Where their number differs, or
    none came before, it is taken for a true table of so many columns whose header was not found.
    """
    found = [assign(section.header, heads) if section.header else None for section in sections]
    shown = {head for head, _ in filter(None, found)}
    unseen = [head.fields for head in heads if head not in shown]
    last: list[Columns] = []
    for section, assigned in zip(sections, found, strict=True):
        if assigned is not None:
            last = [assigned[1]]
        for columns in [*last, *unseen]:
            fitted = _fit(section.rows, columns)
            if fitted is not None:
                yield section, fitted
                break


def _fit(rows: Table, columns: Columns) -> Columns | None:
    """The columns on these rows, empty columns left out where that makes their number right."""
    width = max(map(len, rows), default=0)
    if width == len(columns):
        return columns
    filled = [any(place < len(row) and row[place] for row in rows) for place in range(width)]
    known = iter([name for name in columns if name is not None])
    if sum(filled) != sum(name is not None for name in columns):
        return None
    return tuple(next(known) if is_filled else None for is_filled in filled)


def _read(rows: Table, columns: Columns) -> Iterator[dict[str, str | None]]:
    """Each row's texts by field; a cell that is covered has the text of the cell above it."""
    above: list[Cell] = [None] * len(columns)
    for row in rows:
        cells = [*row, *[None] * (len(columns) - len(row))]
        above = [up if cell is None else cell for cell, up in zip(cells, above, strict=False)]
        named = zip(columns, above, strict=False)
        yield {name: _lines(cell) for name, cell in named if name is not None}


def _lines(cell: Cell) -> str:
    r"""A cell's text; its lines end with \n (tabula: \r)."""
    return "\n".join((cell or "").splitlines())


def join_lines(record: Comparable) -> Comparable:
    """The record with every line break taken for the layout's."""
    joined = {name: "".join((text or "").splitlines()) for name, text in record.fields.items()}
    return Comparable(record.name, joined, record.labels)
