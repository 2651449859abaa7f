"""Find a table's header where a later page, or a row, prints it again."""

import unicodedata
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from msgspec.structs import replace

from pipeline.model import Cell, Grid, TableRow, remove_white_space
from pipeline.segment.headers.header_rows import Header, find_depths
from pipeline.vocabulary.header_roles import LONGEST_HEADER
from pipeline.vocabulary.header_words import strip_header

_UNSURE = 0.9  # confidence; judgement: a misread character of a header is hardly surer
_SPECKS = str.maketrans("", "", ".．,・、。'")
"""What dirt beside a word is read as."""
LEAST_REPEATED = 2  # texts in a repeated header; judgement: one may be a record's label


def find_repeated_header(grid: Grid, header: Header) -> Header | None:
    """Read a table's header where a later page prints it again, perhaps shortened; else None.

    One cell may lack its last lines (LibreOffice cuts some of those over two rows), or be misread.
    """
    found = None
    for depth in find_depths(grid):
        cells = [cell for cell in grid.cells if cell.row < depth and not cell.is_blank]
        ends = any(cell.row_end == depth for cell in cells)
        # Most rows are a record's: their first cell settles it, and the others need not be folded.
        cut: set[str] = set()
        known = partial(_is_printed, header, cut)
        texts = [strip_header(cell.text) for cell in takewhile(known, cells)] if ends else []
        if ends and len(texts) < len(cells):
            break
        if len(set(texts)) >= LEAST_REPEATED and _are_in_order(cells, header):
            lines = tuple(line for cell in cells for line in cell.lines)
            found = replace(header, depth=depth, lines=lines)
    return found


def _is_printed(header: Header, cut: set[str], cell: Cell) -> bool:
    """Whether a text is in a header, or is most of the only one that is cut; `cut` holds that.

    On a scan that may be one with a doubtful character: N№ is No. Dirt may stand in each of them.
    """
    text = strip_header(cell.text)
    bare = text.translate(_SPECKS)
    if header.has_text(text) or (bare and bare in [o.translate(_SPECKS) for o in header.texts]):
        return True
    doubtful = min((c for line in cell.lines for c in line.confidences), default=1.0) < _UNSURE
    starts = any(own.startswith(text) and 2 * len(text) > len(own) for own in header.texts)
    if starts or (doubtful and header.resembles(unicodedata.normalize("NFKC", text))):
        cut.add(text)
    return cut == {text}


def _are_in_order(cells: Sequence[Cell], header: Header) -> bool:
    """Whether header cells name columns as the table does: 改正後 | 改正前 may head another one."""
    names = header.names
    texts = [strip_header(cell.text) for cell in sorted(cells, key=lambda cell: cell.column)]
    places = [names.index(text) for text in texts if names.count(text) == 1]
    return places == sorted(places)


def is_header_again(row: TableRow, header: Header) -> bool:
    """Whether a row prints the table's header again: each of its cells is one of the header's.

    Their numbers may count the records: 意見2 | 回答2. One cell may have characters that were read
    differently (意見Ｎ0 for 意見No), or a speck before them (・大項目).
    """
    cells = [part.lines for field in row.fields for part in field.parts if part.lines]
    texts: set[str] = set()
    unlike = 0
    for lines in cells:  # most rows are a record's: their first cell settles it
        text = remove_white_space("".join([line.text for line in lines]))
        if len(text) > LONGEST_HEADER:
            return False
        stripped = strip_header(text)
        if header.has_text(stripped) or header.has_text_but_number(stripped):
            texts.add(stripped)
        elif not unlike and header.resembles(stripped):
            unlike += 1
        else:
            return False
    return len(texts) >= LEAST_REPEATED
