"""Grids of one-line cells, on pages, segmented."""

from collections.abc import Sequence

from pipeline.model import (
    AnnexHeader,
    AnnexSpec,
    Cell,
    Extracted,
    Grid,
    Line,
    Page,
    PageHeader,
    PageOrigin,
    Segmented,
)
from pipeline.segment import segment_annex
from tests.support.making import box, line

WIDTH = 100.0  # of a column in these tests, points


def grid(
    rows: Sequence[Sequence[str]],
    page: int = 1,
    top: float = 100,
    spans: dict[tuple[int, int], tuple[int, int]] | None = None,
    open_bottom: bool = False,
    left: float = 0.0,
) -> Grid:
    """A grid of one-line cells; `spans` gives row and column spans by place."""
    height, columns = 20.0, len(rows[0])
    covered = {
        (row + down, column + right)
        for (row, column), (rows_down, columns_right) in (spans or {}).items()
        for down in range(rows_down)
        for right in range(columns_right)
        if down or right
    }
    cells = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            if (r, c) in covered:
                continue
            down, right = (spans or {}).get((r, c), (1, 1))
            x, y = left + c * WIDTH, top + r * height
            lines = [
                line(part, x0=x + 2, top=y + 2 + 10 * i, page=page)
                for i, part in enumerate(text.split("\n"))
                if part
            ]
            frame = box(x, y, x + right * WIDTH, y + down * height)
            cells.append(Cell(r, c, down, right, frame, tuple(lines)))
    return Grid(
        page,
        tuple(left + c * WIDTH for c in range(columns + 1)),
        tuple(top + r * height for r in range(len(rows) + 1)),
        tuple(cells),
        open_top=False,
        open_bottom=open_bottom,
    )


def page(number: int, grids: Sequence[Grid] = (), loose: Sequence[Line] = ()) -> Page:
    count = sum(li.glyphs for g in grids for c in g.cells for li in c.lines)
    count += sum(li.glyphs for li in loose)
    header = PageHeader(number, 600, 800, PageOrigin.TEXT_LAYER, count, 0)
    return Page(header, tuple(grids), tuple(loose))


def segment(*pages: Page, spec: AnnexSpec | None = None) -> Segmented:
    return segment_annex(Extracted(AnnexHeader("x", "0" * 64, spec=spec), pages))


def numbers(segmented: Segmented) -> list[list[str]]:
    return [
        ["".join(li.text for li in row.fields[0].lines) for row in table.rows]
        for table in segmented.tables
    ]
