"""What every stage hands on unchanged: of an annex, and of each of its pages."""

from dataclasses import dataclass, replace

from pipeline.model.annex_spec import AnnexSpec
from pipeline.model.enums import PageOrigin, Severity, Stage
from pipeline.model.geometry import Box, Warp


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing a person should know."""

    level: Severity
    stage: Stage
    code: str
    message: str
    page: int | None = None
    record_id: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it kept the annex from being read."""
        return self.level == Severity.ERROR


@dataclass(frozen=True, slots=True)
class AnnexHeader:
    """An annex on its way through the stages."""

    annex: str
    """Its id: the file's stem."""
    source_sha256: str
    """Of the PDF; "" where it could not be read."""
    parameters_sha256: str = ""
    """Of what besides the PDF decides what its records say: the spec, then corrections too."""
    spec: AnnexSpec | None = None
    """What a person said that no stage should guess; None: nothing."""
    issues: tuple[Issue, ...] = ()
    """What the stages so far have to say."""

    @property
    def failed(self) -> bool:
        """Whether an error kept the annex from being read."""
        return any(issue.is_error for issue in self.issues)

    def with_issues(self, *issues: Issue) -> "AnnexHeader":
        """The same annex with more to say about it."""
        return replace(self, issues=(*self.issues, *issues))


@dataclass(frozen=True, slots=True)
class PageHeader:
    """A page on its way through the stages."""

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
    """Of these, those a reader does not see."""
    turn: int = 0
    """Places are those of the page turned upright: 0 as displayed; 90 where the displayed lines
    run down, 180 to the left, 270 up (sideways text, vertical writing)."""
    unread_ink: float | None = None
    """Share of the picture's ink that no glyph covers, 0-1; None where the text layer was read."""
    warp: Warp | None = None
    """Of a scan that was straightened: places are those of the straightened page."""

    def displayed(self, box: Box) -> Box:
        """The box on the page as displayed, of one on the page turned upright and straightened.

        Of a cell that is drawn over the edge of the page it is what a reader sees.
        """
        scanned = self.warp.box_on_scan(box) if self.warp else box
        return scanned.turned_back(self.turn, self.width, self.height).cut_to(
            self.width, self.height
        )
