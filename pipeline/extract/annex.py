"""One annex: every page's grids, their cells' lines, and the lines around them."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipeline.errors import NoTextError
from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.lines.ruby import lift_ruby
from pipeline.extract.ocr.dispatch import MISSING, read_pictured
from pipeline.extract.ocr.page_choice import Verdict
from pipeline.extract.ocr.registration import find_move, move_drawing
from pipeline.extract.pdf.glyphs import Glyphs
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.pdf.parallel import read_ahead
from pipeline.extract.tables.borderless import Memory, find_aligned
from pipeline.extract.tables.fills import shade_edges
from pipeline.extract.tables.grid import fill_frames, find_frames, frame_of
from pipeline.extract.tables.rulings import Rulings, Segment, merge_rulings, split_strokes
from pipeline.model import UNMAPPED, Box, Extracted, Issue, Page

_LOG = logging.getLogger(__name__)

# Shares of the page's font size. A row of text is at least one font size high, a column one wide.
_RULING = 0.3  # thickness of a ruling, and how far apart its strokes and pieces may be
_GAP = 0.6  # between the borders of neighbouring cells, where each cell has its own
_UNREAD = 0.05  # share of the ink that may be dirt, a seal or a signature
_DEFAULT_SIZE = 10.0  # points; only for a page of rulings without any text


def extract_annex(
    annex: str, data: bytes, jobs: int = 1, watch: Callable[[int], None] | None = None
) -> Extracted:
    """Read what is on the pages of one PDF.

    Args:
        annex: The annex's id.
        data: The bytes of the PDF.
        jobs: Processes for the pages.
        watch: Is told the number of each page once it is parsed.

    Raises:
        AnnexError: The PDF cannot be read (see `Document`), or it shows pictures of
            text, no page has a text layer, and what recognises pictures is not installed.
    """
    pages: list[Page] = []
    issues: list[Issue] = []
    pictured = False
    memory = Memory()
    before: tuple[Drawing, Memory] | None = None
    for drawing, verdict in read_pictured(data, read_ahead(data, jobs), jobs):
        if watch is not None:
            watch(drawing.number)
        if drawing.source != "text_layer":
            _LOG.info("%s: page %d recognised", annex, drawing.number)
        earlier = replace(memory)
        pages.append(_read_page(drawing, memory))
        if memory.foot is not None and before is not None:
            pages[-2] = _read_page(before[0], replace(before[1], foot=memory.foot))
        memory.foot, before = None, (drawing, earlier)
        issues += _page_issues(drawing, verdict)
        pictured = pictured or _is_unread(drawing, verdict)
    if pictured and not any(page.glyphs for page in pages):
        raise NoTextError(f"has no text layer on any of its {len(pages)} pages (a scan); {MISSING}")
    digest = hashlib.sha256(data).hexdigest()
    return Extracted(annex, digest, tuple(pages), tuple(issues))


def _read_page(drawing: Drawing, memory: Memory) -> Page:
    drawing = _register(drawing, memory)
    text, ruby = lift_ruby(drawing.columns)
    size = _small_size(text)
    levels = _find_levels(drawing, size)
    frames, boxes = find_frames(levels, _GAP * size, memory.ruled)
    memory.ruled = frames[-1].column_edges if frames else ()
    held = [text.inside(frame.box) for frame in frames]
    rest = text.take(~np.any(held, axis=0)) if held else text
    free = [s for s in levels.horizontal if not any(_crosses(f.box, s) for f in frames)]
    imagined = find_aligned(tuple(rest), free, boxes, size, memory)
    frames += [frame_of(table, _GAP * size) for table in imagined]
    frames.sort(key=lambda frame: frame.box.top)
    grids, loose = fill_frames(frames, text, drawing.number)
    return Page(
        number=drawing.number,
        width=drawing.width,
        height=drawing.height,
        source=drawing.source,
        glyphs=drawing.count,
        hidden=drawing.hidden,
        turn=drawing.turn,
        grids=tuple(grids),
        loose=loose,
        ruby=build_lines(ruby, drawing.number),
        unread_ink=drawing.unread_ink,
        warp=drawing.warp,
    )


def _find_levels(drawing: Drawing, size: float) -> Rulings:
    """The rulings, and the edges of shades that part rows as rulings do."""
    bars = [shade.box for shade in drawing.shades]
    thickness = _RULING * size
    rulings = merge_rulings(split_strokes([*drawing.strokes, *bars], thickness), thickness)
    edges = shade_edges(drawing.shades, size)
    return merge_rulings(Rulings((*rulings.horizontal, *edges), rulings.vertical), thickness)


def _register(drawing: Drawing, memory: Memory) -> Drawing:
    """A scanned page laid over the page before, where its first table may go on from there."""
    if drawing.warp is None or not memory.ruled:
        return drawing
    size = _small_size(drawing.columns)
    frames, _ = find_frames(_find_levels(drawing, size), _GAP * size)
    move = find_move(frames[0].column_edges, memory.ruled, size) if frames else None
    return move_drawing(drawing, move) if move else drawing


def _crosses(box: Box, level: Segment) -> bool:
    return box.top <= level.position <= box.bottom and level.start < box.x1 and level.end > box.x0


def _small_size(glyphs: Glyphs) -> float:
    """The size that most of the page's text has at least: a table may be set in a smaller one."""
    sizes = np.sort(glyphs.size[glyphs.inked])
    return float(sizes[len(sizes) // 4]) if len(sizes) else _DEFAULT_SIZE


def _page_issues(drawing: Drawing, verdict: Verdict) -> list[Issue]:
    issues = _reading_issues(drawing, verdict)
    unmapped = drawing.columns.unmapped
    if unmapped:
        issues.append(
            Issue(
                "warning",
                "extract",
                "unmapped_glyphs",
                f"{unmapped} glyphs have no Unicode value in the PDF and stand as {UNMAPPED}; "
                "compare the page",
                page=drawing.number,
            )
        )
    return issues


def _is_unread(drawing: Drawing, verdict: Verdict) -> bool:
    """Whether a page was to be recognised from its picture and was not."""
    return verdict.source != drawing.source


def _reading_issues(drawing: Drawing, verdict: Verdict) -> list[Issue]:
    """What a person should know of how a page was read."""
    issues = []
    if _is_unread(drawing, verdict):
        issues.append(
            Issue(
                "warning",
                "extract",
                "page_without_text",
                f"{verdict.why}, and its picture was not read; {MISSING}",
                page=drawing.number,
            )
        )
    elif verdict.doubted:
        issues.append(
            Issue(
                "warning",
                "extract",
                "recognised",
                f"{verdict.why}; its picture was read instead, compare the page",
                page=drawing.number,
            )
        )
    if drawing.unread_ink is not None and drawing.unread_ink > _UNREAD:
        issues.append(
            Issue(
                "warning",
                "extract",
                "unread_ink",
                f"{drawing.unread_ink:.0%} of the ink was not read; look for text in it",
                page=drawing.number,
            )
        )
    return issues
