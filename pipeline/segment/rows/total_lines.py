"""Split a row at a line that sums up the others, where no ruling separates it."""

import itertools
from collections.abc import Sequence

from pipeline.model import Line, TableRow
from pipeline.segment.rows.full_lines import is_cut_off
from pipeline.segment.rows.other_rows import is_total, is_total_word
from pipeline.segment.rows.unruled_rows import cut_row, cuts_around


def split_by_totals(row: TableRow) -> list[TableRow]:
    """Cut a row above and below a line that sums up the others (合計 | | 12)."""
    fields = [field.lines for field in row.fields if not _is_stack(field.lines)]
    totals = [line for lines in fields for line in lines if is_total_word(line.text)]
    for total in sorted(totals, key=lambda line: line.top):
        above, below = cuts_around(row, total)
        # A narrow column wraps its figure (1,4 | 46件): a cut below the word would part it.
        for cuts in ((above,), (above, below)):
            pieces = cut_row(row, [y for y in cuts if y is not None])
            pairs = itertools.pairwise((None, *pieces))
            if any(
                is_total(own) and not (upper and _ends_name(upper, own)) for upper, own in pairs
            ):
                return pieces
    return [row]


def _ends_name(upper: TableRow, total: TableRow) -> bool:
    """Whether a word for a sum, and no figure beside it, ends a full line above: みどり設 / 計."""
    filled = [(a, b) for a, b in zip(upper.fields, total.fields, strict=True) if b.lines]
    name, word = filled[0]
    alone = len(filled) == 1 and bool(name.lines) and name.lines[-1].text[-1].isalpha()
    return alone and is_cut_off(name, word.lines[0])


def _is_stack(lines: Sequence[Line]) -> bool:
    """Whether a label's characters stand one below another (計, 画): it holds no sum."""
    return len(lines) > 1 and all(len(line.text.strip()) == 1 for line in lines)
