"""Facts about an annex and about each of its pages that every stage hands on unchanged."""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.curation import AnnexSpec
from pipeline.model.enums import PageOrigin, Severity, Stage
from pipeline.model.geometry import Box, Warp


class Issue(Struct, frozen=True):
    """One thing that a person should know: a row of `issues.parquet`."""

    level: Severity
    stage: Stage
    code: str
    message: str
    page: int | None = None
    record_id: str | None = None
    characters: int | None = None
    """How many characters stand in tables that gave no record; None: it is about something else."""

    @property
    def is_error(self) -> bool:
        """Whether it kept the annex from being read."""
        return self.level == Severity.ERROR


class AnnexHeader(Struct, frozen=True):
    """What every stage knows about an annex."""

    annex: str
    """Its id: the file's stem."""
    source_sha256: str
    """Hash of the PDF; "" if it could not be read."""
    parameters_sha256: str = ""
    """Hash of what people said about it: the spec and, from normalize on, the corrections."""
    spec: AnnexSpec | None = None
    """What a person said about it, so that no stage guesses; None: nothing."""
    issues: tuple[Issue, ...] = ()
    """The issues of all stages so far."""

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.is_error for issue in self.issues)

    def with_issues(self, *issues: Issue) -> "AnnexHeader":
        """The same header with more issues."""
        return replace(self, issues=(*self.issues, *issues))


class PageHeader(Struct, frozen=True):
    """What every stage knows about a page."""

    number: int
    """From 1."""
    width: float
    """Of the displayed page, in points."""
    height: float
    """Of the displayed page, in points."""
    source: PageOrigin
    glyphs: int
    """Every drawn character that is not white space, hidden ones included."""
    hidden: int
    """Those of them that a reader does not see."""
    turn: int = 0
    """Direction of the displayed lines in degrees: 0 to the right; 90 down, 180 left, 270 up
    (sideways text, vertical writing). Coordinates are those of the page turned upright."""
    unread_ink: float | None = None
    """Share of the picture's ink that no glyph covers, 0-1; None: the text layer was read."""
    warp: Warp | None = None
    """How a scan was straightened, if it was: coordinates are those of the straightened page."""

    def displayed(self, box: Box) -> Box:
        """This box of the upright, straightened page on the page as displayed.

        A cell that is drawn over the edge of the page is cut to what a reader sees.
        """
        scanned = self.warp.box_on_scan(box) if self.warp else box
        return scanned.turned_back(self.turn, self.width, self.height).cut_to(
            self.width, self.height
        )
