"""The pictures of docs/how_it_works.md, one a stage: ``python -m tools.draw_stages``."""

from io import BytesIO

import matplotlib.pyplot as plt
import matplotlib_fontja  # noqa: F401
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from PIL import Image

from pipeline.commands.inspect.palette import strong
from pipeline.commands.rendering import render_pages
from pipeline.model import Box, Extracted, Normalized, Segmented
from pipeline.stages import extract_file, normalize_segmented, segment_extracted
from tools import ROOT

DOCS = ROOT / "docs"
PDF = ROOT / "raw_pdfs" / "ota_annex.pdf"
PAGE = 9  # two records, a title, a caption and a page number
SHOWN = (40, 18, 568, 320)  # left, top, right, bottom in points: the rest says nothing new
FIELD = "original_text"  # whose lines are shown


def main() -> None:
    """Read the annex and draw."""
    extracted = extract_file(PDF)
    segmented = segment_extracted(extracted)
    draw_lines(extracted)
    draw_records(segmented)
    draw_breaks(normalize_segmented(segmented))


def draw_lines(extracted: Extracted) -> None:
    """extract: every physical line, every cell that the rulings make."""
    page, axes = extracted.pages[PAGE - 1], begin()
    for grid in page.grids:
        for cell in grid.cells:
            outline(axes, cell.box, "tab:blue", 1.6)
            for line in cell.lines:
                outline(axes, line.box, "tab:orange", 0.7)
    for line in page.loose_lines:
        outline(axes, line.box, "tab:green", 0.9)
    explain(
        axes, {"cell": "tab:blue", "physical line": "tab:orange", "line beside it": "tab:green"}
    )
    finish("stage_1_extract.png")


def draw_records(segmented: Segmented) -> None:
    """segment: what each column means, and which cells are one record."""
    axes, roles = begin(), {}
    table = next(t for t in segmented.tables if t.rows[0].pages[0] == PAGE)
    for row in table.rows:
        for column, field in zip(table.columns, row.fields, strict=True):
            kind = column.role or "extra"
            roles[kind] = [part / 255 for part in strong(kind)]
            for part in field.parts:
                fill(axes, part.box, roles[kind])
    for index, row in enumerate(table.rows, start=1):
        boxes = [part.box for field in row.fields for part in field.parts]
        whole = Box(
            min(b.x0 for b in boxes), min(b.top for b in boxes),
            max(b.x1 for b in boxes), max(b.bottom for b in boxes),
        )  # fmt: skip
        outline(axes, whole, "black", 2)
        axes.text(
            whole.x1 + 3, whole.top + 12, f"record {index}", fontsize=8, rotation=-90, va="top"
        )
    explain(axes, roles)
    finish("stage_2_segment.png")


def draw_breaks(normalized: Normalized) -> None:
    """normalize: whose line break it is, line by line."""
    record = next(r for r in normalized.records if r.page_first == PAGE)
    mine = [b for b in normalized.breaks if (b.record_id, b.field) == (record.record_id, FIELD)]
    lines = [mine[0].before, *(b.after for b in mine)]
    _, axes = plt.subplots(figsize=(8, 0.5 + 0.26 * len(lines)), layout="constrained")
    axes.axis("off")
    axes.set(xlim=(0, 100), ylim=(len(lines), -1))
    axes.text(0, -0.6, "physical lines", fontsize=9, color="gray")
    axes.text(58, -0.6, "whose break? (log-odds; above 0 the author's)", fontsize=9, color="gray")
    for place, line in enumerate(lines):
        axes.text(0, place, line, fontsize=10, va="center")
        if place < len(mine):
            kept = mine[place].kept
            said = "the author's: kept" if kept else "the layout's: joined"
            color = "tab:green" if kept else "tab:red"
            axes.text(58, place + 0.5, f"{'⏎' if kept else '→'} {said} ({mine[place].odds:+.1f})",
                      fontsize=9, va="center", color=color)  # fmt: skip
    finish("stage_3_normalize.png")


def begin() -> Axes:
    """The table's part of the page, pale; the axes are in points."""
    (rendering,) = render_pages(PDF.read_bytes(), [PAGE])
    width, height = (size / rendering.scale for size in rendering.image.size)
    left, top, right, bottom = SHOWN
    shape = (bottom - top) / (right - left)
    _, axes = plt.subplots(figsize=(9, 9 * shape + 0.3), layout="constrained")
    axes.imshow(rendering.image, extent=(0, width, height, 0), alpha=0.75)
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.axis("off")
    return axes


def outline(axes: Axes, box: Box, color: str, width: float) -> None:
    """Draw a box."""
    size = (box.x1 - box.x0, box.bottom - box.top)
    axes.add_patch(Rectangle((box.x0, box.top), *size, fill=False, edgecolor=color, lw=width))


def fill(axes: Axes, box: Box, color: list[float]) -> None:
    """Lay a colour over a box."""
    size = (box.x1 - box.x0, box.bottom - box.top)
    axes.add_patch(Rectangle((box.x0, box.top), *size, facecolor=color, alpha=0.22))


def explain(axes: Axes, colors: dict[str, object]) -> None:
    """Say below the picture what each colour is."""
    patches = [Rectangle((0, 0), 1, 1, facecolor=color, alpha=0.7) for color in colors.values()]
    axes.legend(patches, colors, loc="lower center", ncols=len(colors), fontsize=8,
                bbox_to_anchor=(0.5, -0.08))  # fmt: skip


def finish(name: str) -> None:
    """Write a small PNG: a palette is enough."""
    written = BytesIO()
    plt.savefig(written, dpi=110)
    plt.close()
    image = Image.open(written).convert("RGB").quantize(200, method=Image.Quantize.FASTOCTREE)
    image.save(DOCS / name, optimize=True)


if __name__ == "__main__":
    main()
