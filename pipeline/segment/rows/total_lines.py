"""Split a row at a line that sums up the others, where no ruling separates it."""

from collections.abc import Sequence

from pipeline.model import Line, TableRow
from pipeline.segment.rows.cut_texts import is_cut_off
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
            uppers = (None, *pieces[:-1])
            if any(map(_is_own_total, uppers, pieces)):
                return pieces
    return [row]


def _is_own_total(upper: TableRow | None, row: TableRow) -> bool:
    """Whether a piece of a row is a sum, and not the end of a name above it: …みどり設 / 計."""
    if not is_total(row):
        return False
    column, *others = row.filled
    if upper is None or others:  # there is a figure beside the word
        return True
    name, word = (own.fields[column] for own in (upper, row))
    is_name = bool(name.lines) and name.lines[-1].text[-1].isalpha()
    return not (is_name and is_cut_off(name, word.lines[0]))


def _is_stack(lines: Sequence[Line]) -> bool:
    """Whether a label's characters stand one below another (計, 画): it holds no sum."""
    return len(lines) > 1 and all(len(line.text.strip()) == 1 for line in lines)
