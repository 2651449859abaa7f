"""Read one annex: the grids of every page, the lines in their cells and around them."""

import logging
from collections.abc import Callable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.curation.annex_spec import check_pages
from pipeline.errors import NoTextError, UnopenableError
from pipeline.extract.ocr.dispatch import MISSING, read_pictured
from pipeline.extract.page import read_page
from pipeline.extract.page_choice import Verdict
from pipeline.extract.pdf.page_content import Drawing
from pipeline.extract.pdf.parallel import read_ahead
from pipeline.extract.pdf.repair import rewrite_pdf
from pipeline.extract.tables.carry_over import CarryOver
from pipeline.model import (
    UNMAPPED,
    AnnexHeader,
    Extracted,
    Issue,
    Page,
    PageOrigin,
    Severity,
    Stage,
)
from pipeline.vocabulary.header_roles import HeaderRoles

_LOG = logging.getLogger(__name__)

_MAX_UNREAD = 0.05  # share of the ink; judgement: so much may be dirt, a seal or a signature


Watch = Callable[[int, int], None]
"""Called with the number of each page once it is parsed, and the number of pages."""


def extract_annex(
    header: AnnexHeader, data: bytes, jobs: int = 1, watch: Watch | None = None
) -> Extracted:
    """Read the pages of one PDF.

    Pages that the annex's spec leaves out are not recognised, and no issue mentions them.

    Raises:
        AnnexError: The PDF cannot be read (see `Document`), or it needs text recognition, which is
            not installed, and no page has a text layer.
        SpecError: The spec names a page that the PDF does not have.
    """
    try:
        return _extract(header, data, jobs, watch)
    except UnopenableError:
        rewritten = rewrite_pdf(data)
        if rewritten is None:
            raise
    warning = Issue(
        Severity.WARNING,
        Stage.EXTRACT,
        "rewritten",
        "the PDF's table of objects is broken, and PDFium rebuilt it; compare the pages",
    )
    return _extract(header.with_issues(warning), rewritten, jobs, watch)


def _extract(header: AnnexHeader, data: bytes, jobs: int, watch: Watch | None) -> Extracted:
    spec = header.spec
    pages = _Pages(HeaderRoles.from_spec(spec))
    issues: list[Issue] = []
    unread = False
    wanted = spec.reads if spec is not None else lambda _: True
    count, drawings = read_ahead(data, jobs)
    for drawing, verdict in read_pictured(data, drawings, jobs, wanted):
        if watch is not None:
            watch(drawing.number, count)
        if drawing.source != PageOrigin.TEXT_LAYER:
            _LOG.info("%s: page %d recognised", header.annex, drawing.number)
        pages.add(drawing)
        if wanted(drawing.number):
            issues += _page_issues(drawing, verdict)
            unread = unread or _is_unread(drawing, verdict)
    if unread and not any(page.header.glyphs for page in pages.read):
        raise NoTextError(
            f"has no text layer on any of its {len(pages.read)} pages (a scan); {MISSING}"
        )
    check_pages(spec, len(pages.read))
    return Extracted(header.with_issues(*issues), tuple(pages.read))


class _Pages(Struct):
    """The pages read so far. What a page tells the next one is a value that is passed on."""

    roles: HeaderRoles
    read: list[Page] = field(default_factory=list)
    carried: CarryOver = field(default_factory=CarryOver)
    previous: tuple[Drawing, CarryOver] | None = None
    """The page before, and what had been carried over to it."""

    def add(self, drawing: Drawing) -> None:
        """Read the next page.

        If the page before ends with a header, only this page shows its columns: the page before is
        then read again with them.
        """
        reading = read_page(drawing, self.carried, self.roles)
        self.read.append(reading.page)
        if reading.foot_columns is not None and self.previous is not None:
            before, carried = self.previous
            carried = replace(carried, foot_columns=reading.foot_columns)
            self.read[-2] = read_page(before, carried, self.roles).page
        self.previous = drawing, self.carried
        self.carried = reading.carried


def _page_issues(drawing: Drawing, verdict: Verdict) -> Iterator[Issue]:
    """Report what a person should know about how a page was read."""

    def warn(code: str, message: str) -> Issue:
        return Issue(Severity.WARNING, Stage.EXTRACT, code, message, page=drawing.number)

    if _is_unread(drawing, verdict):
        yield warn("page_without_text", f"{verdict.why}, and its picture was not read; {MISSING}")
    elif drawing.believed:
        _LOG.info(
            "page %d: %d characters of its OCR layer are believed; a sample of its lines, "
            "recognised anew, reads the same",
            drawing.number,
            drawing.believed,
        )
    elif verdict.doubted:
        yield warn("recognised", f"{verdict.why}; its picture was read instead, compare the page")
    if drawing.unread_ink is not None and drawing.unread_ink > _MAX_UNREAD:
        ink = f"{drawing.unread_ink:.0%}"
        yield warn("unread_ink", f"{ink} of the ink was not read; look for text in it")
    beside = sum(bool(glyph.text.strip()) for glyph in drawing.overlays)
    if beside and drawing.source == PageOrigin.OCR:
        what = f"{beside} characters beside the table are taken for comments on it"
        yield warn("beside_table", f"{what}; compare the page")
    if drawing.covered:
        what = f"{drawing.covered} characters stand under areas that were painted over them"
        advice = (
            "they are in no record, but the file still holds them: whoever has it can read them"
        )
        yield warn("covered_text", f"{what}; {advice}")
    if unmapped := drawing.columns.unmapped:
        what = f"{unmapped} glyphs have no Unicode value in the PDF and stand as {UNMAPPED}"
        yield warn("unmapped_glyphs", f"{what}; compare the page")


def _is_unread(drawing: Drawing, verdict: Verdict) -> bool:
    """Whether a page should have been recognised from its picture and was not."""
    return verdict.source != drawing.source
