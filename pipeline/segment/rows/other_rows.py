"""Tell the rows of a table that are no records: totals, closing words, notes."""

import re
from collections.abc import Collection

from pipeline.model import TableRow, remove_white_space
from pipeline.segment.rows.grid_rows import find_only_field
from pipeline.vocabulary.counts import COUNTED, COUNTER, counts_records, is_figure
from pipeline.vocabulary.folding import fold, fold_width
from pipeline.vocabulary.line_marks import begins_note, closes_document

_TOTAL = re.compile(r"(?:合|小|総|累)?計|総合計|合計[(（].*[)）]|延べ(?:件数|人数)")
_SUM = (
    r"(?:(?:合|小|総|累)?計|総合計|総数|延べ(?:件数|人数|意見数)?"
    r"|(?:(?:ご|御)?意見)?(?:提出)?(?:者|人|件|団体)?(?:総)?数|意見(?:件|総)?数|意見合計)"
)
# 合計１２件, 提出者数：３人　意見数：５件, 意見総数　８人　12件, １　意見提出者数　24名
# A scan may not show the figure: a ruling runs through it.
_SUMS = re.compile(
    rf"(?:\(?\d{{1,2}}[).、]?(?=\D))?(?:[・、]?{_SUM}[:：]?[(（]?{COUNTED}[)）]?(?:[・、]?\d+{COUNTER})*)+|[合小総累]計\W?{COUNTER}"
)
# （意見なし）, この章に対する御意見はありませんでした。
_NOTHING = re.compile(
    r"[(（]?[^。]{0,20}(?:意見|質問|要望|指摘|提案|提出|該当)[^。]{0,8}"
    r"(?:なし|無し|(?:あり|ござい|寄せられ)ません(?:でした)?|なかった)。?[)）]?"
)
_CLOSING_LINES = 2  # in a cell; judgement: such a row says one thing or two


def is_total(row: TableRow) -> bool:
    """Whether a row adds up the others (合計 | | 12) and is no record."""
    texts = filter(None, (field.text for field in row.fields))
    return is_total_word(next(texts, "")) and all(map(is_figure, texts))


def is_total_word(text: str) -> bool:
    """Whether a text is a word for a sum: 合計, 計, 延べ件数."""
    if "計" not in text and "延" not in text:  # NFKC folds nothing else to these two
        return False
    return bool(_TOTAL.fullmatch(fold_width(remove_white_space(text))))


def is_tally(row: TableRow, texts: Collection[int]) -> bool:
    """Whether a row only counts records of a kind: ○ | 反映したもの | | 5件."""
    cells = [row.fields[column] for column in texts]
    if any(len(cell.lines) > 1 for cell in cells):
        return False
    filled = [cell.text for cell in cells if cell.lines]
    return bool(filled) and all(map(counts_records, filled))


def is_closing(row: TableRow) -> bool:
    """Whether a row closes a table or a part of it: 合計 | | 12, 以上, 提出者数 ３人."""
    if is_total(row):
        return True
    if any(len(cell.lines) > _CLOSING_LINES for cell in row.fields):
        return False
    return is_closing_text("".join(field.text for field in row.fields))


def is_closing_text(text: str) -> bool:
    """Whether a text closes a table or a part of it: 以上, 提出者数 ３人."""
    return closes_document(text) or is_sum_text(text)


def is_sum_text(text: str) -> bool:
    """Whether a text says how many there are above it: 計 ３件, 提出者数 ３人."""
    return bool(_SUMS.fullmatch(fold(text)))


def is_note_row(row: TableRow) -> bool:
    """Whether a row over all columns is a note (※ …), or says that no record stands there."""
    field = find_only_field(row)
    if field is None:
        return False
    text = field.text
    return begins_note(text) or says_nothing_came(text)


def says_nothing_came(text: str) -> bool:
    """Whether a text only says that nobody said anything: （意見なし）."""
    return bool(_NOTHING.fullmatch(text))
