"""What heads each table: its title and its caption, running heads told apart."""

from collections import Counter
from collections.abc import Sequence

from pipeline.model import Grid, Line, Page
from pipeline.segment.furniture import Heading, is_label, read_heading
from pipeline.vocabulary.line_marks import is_page_number

_RUNNING = 0.85  # share of the pages; judgement: the first page may lack its running head


class Headings:
    """Finds the heading of each piece of a table, page by page in order."""

    def __init__(self, pages: Sequence[Page]) -> None:
        """Look for running heads.

        Args:
            pages: All pages that tables are looked for on.
        """
        self._running = _running_heads(pages)
        self._titles = ""
        self._seen: set[str] = set()
        self._trailing: Sequence[Line] = ()

    @property
    def seen(self) -> set[str]:
        """What stood around the tables of earlier pages: a running head opens no new table."""
        return self._seen

    def read(self, page: Page, grid: Grid, top: float) -> Heading:
        """The heading of a piece.

        Args:
            page: Its page.
            grid: The piece.
            top: The y where the piece above it ends, in points; 0 at the page's top.
        """
        above = [line for line in page.loose_lines if top <= line.box.center[1] < grid.box.top]
        if all(is_page_number(line.text) for line in above):
            fresh = above = list(self._trailing)
        else:
            # What stood on earlier pages and headed no table there is a running head.
            fresh = [
                line
                for line in above
                if line.text.strip() not in self._seen or line.text.strip() in self._titles
            ]
        right = max([grid.box.x1, *(line.x1 for line in above)])
        own = read_heading([line for line in fresh if _place(line) not in self._running], right)
        # An annex may have its title nowhere but in the head of each page.
        return own if own.title is not None else read_heading(fresh, right)

    def add_title(self, heading: Heading) -> None:
        """Note that a heading heads a table: it is no running head where it stands again."""
        self._titles += (heading.title or "") + (heading.caption or "")

    def end_piece(self) -> None:
        """Note that a piece was read: what trailed on the page before heads no other."""
        self._trailing = ()

    def end_page(self, page: Page, bottom: float) -> None:
        """Note what stands around the tables of a page.

        Args:
            page: The page.
            bottom: The y where its last piece ends, in points.
        """
        self._trailing = [line for line in page.loose_lines if line.top >= bottom]
        self._seen |= {line.text.strip() for line in page.loose_lines}


def _running_heads(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """Labels, and what stands at the right, at one height on all pages but a few.

    At the left an annex may have its title in the head of each page, at the right the name of the
    group that most of its pages are about.
    """
    places = Counter(
        place
        for page in pages
        for place in {
            _place(line)
            for line in page.loose_lines
            if is_label(line.text) or line.x0 > page.header.width / 2
        }
    )
    return {place for place, count in places.items() if count >= max(2, _RUNNING * len(pages))}


def _place(line: Line) -> tuple[str, int]:
    return line.text.strip(), round(line.top)
