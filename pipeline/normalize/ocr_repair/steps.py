"""What was recognised on pictures, repaired by what the whole document shows.

A line alone does not tell デー夕 from データ where the line ends between the two, nor ② from ②
misread as ③. The document does: words go on over the line's end, sentences stand in it twice,
brackets close, numbers follow each other. Characters are exchanged one for one, each with a
receipt, and only where the recogniser itself was in doubt. Text of the PDF is a witness here and
is never touched.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from unicodedata import normalize

from pipeline.model import Field, FieldPart, Line, Segmented, Table, TableRow
from pipeline.normalize.ocr_repair.characters import Sign, Text, beside, read_signs, write_lines
from pipeline.normalize.ocr_repair.sequences import (
    close_brackets,
    continue_marks,
    continue_numbers,
    settle_dates,
    settle_marks,
)
from pipeline.normalize.ocr_repair.voting import let_twins_vote
from pipeline.normalize.tokenizer import known_word
from pipeline.vocabulary.character_widths import full_form, is_ideograph, is_katakana
from pipeline.vocabulary.lookalikes import lookalikes

_SPELLED = 0.9985  # a character that is surer stands, whatever it spells
_UNSURE = 0.98  # below this a longer word is believed rather than a shorter one
_WORD = 3  # characters; shorter words are found in any text
_TOLD = 0.7  # how sure a character is that its neighbours tell

_Lines = tuple[Line, ...]
Step = Callable[[Sequence[Text]], Sequence[Text]]


def repair_recognition(segmented: Segmented) -> Segmented:
    """An annex whose recognised texts are repaired; places and counts are as before."""
    fields = list(_fields(segmented))
    if not any(line.confidences for field in fields for line in field.lines):
        return segmented
    # A merged cell stands in every record that it spans: one text.
    unique = list(dict.fromkeys(field.lines for field in fields if field.lines))
    texts: Sequence[Text] = [read_signs(lines) for lines in unique]
    steps: tuple[Step, ...] = (
        go_on_over_lines,
        spell_words,
        let_twins_vote,
        close_brackets,
        settle_dates,
        settle_marks,
        continue_marks,
    )
    for step in steps:
        texts = step(texts)
    by_lines = dict(zip(unique, texts, strict=True))
    for column in _number_columns(segmented):
        told = continue_numbers([by_lines[lines] for lines in column])
        by_lines.update(zip(column, told, strict=True))
    made = {lines: write_lines(lines, text) for lines, text in by_lines.items()}
    return replace(
        segmented, tables=tuple(_repaired_table(table, made) for table in segmented.tables)
    )


def sureness(lines: Iterable[Line]) -> float:
    """How sure it is that all characters of some lines are right, 0-1."""
    sure = 1.0
    for line in lines:
        for character, own in zip(line.text, line.confidences, strict=False):
            sure *= own if not character.isspace() else 1.0
    return sure


def _fields(segmented: Segmented) -> Iterator[Field]:
    for table in segmented.tables:
        for row in table.rows:
            yield from row.fields


def _number_columns(segmented: Segmented) -> Iterator[list[_Lines]]:
    """The lines of the printed numbers, table by table."""
    for table in segmented.tables:
        for index, column in enumerate(table.columns):
            if column.role == "number":
                yield [row.fields[index].lines for row in table.rows if row.fields[index].lines]


def _repaired_table(table: Table, made: dict[_Lines, _Lines]) -> Table:
    return replace(table, rows=tuple(_repaired_row(row, made) for row in table.rows))


def _repaired_row(row: TableRow, made: dict[_Lines, _Lines]) -> TableRow:
    return replace(row, fields=tuple(_repaired_field(field, made) for field in row.fields))


def _repaired_field(field: Field, made: dict[_Lines, _Lines]) -> Field:
    lines = iter(made.get(field.lines, field.lines))
    return Field(
        tuple(FieldPart(p.page, p.box, tuple(next(lines) for _ in p.lines)) for p in field.parts)
    )


# --- words that go on over a line's end -------------------------------------------------------


def go_on_over_lines(texts: Sequence[Text]) -> list[Text]:
    """Tell カ from 力 by the run of katakana that goes on behind or before a line's end."""
    return [_gone_on(text) for text in texts]


def _gone_on(text: Text) -> Text:
    told = list(text)
    for index, sign in enumerate(text):
        lines = {s.line for s in text[max(0, index - 1) : index + 2]}
        if len(lines) > 1 and sign.sure < 1.0:
            kana = _by_run(sign, *beside(told, index))
            if kana != sign.text:
                told[index] = sign.made("katakana", kana, max(sign.sure, _TOLD))
    return told


def _by_run(sign: Sign, before: str, after: str) -> str:
    """What a twin of katakana is between two characters."""
    known = lookalikes()
    kana = known.katakana.get(sign.text)
    if kana is None:
        return sign.text
    left, right = is_katakana(before), is_katakana(after)
    drawn_out = after == "ー" and kana != "ー"
    in_run = left and (right or sign.text in known.rare or kana in sign.others[:1])
    if drawn_out or (in_run and not (kana == "ー" and is_ideograph(after))):
        return kana
    return sign.text


# --- the dictionary ----------------------------------------------------------------------------


def spell_words(texts: Sequence[Text]) -> list[Text]:
    """Read a doubtful character so that it spells a word: データ, where デーク is none."""
    return [_spelled(text) for text in texts]


def _spelled(text: Text) -> Text:
    told = list(text)
    for index, sign in enumerate(text):
        if sign.sure < _SPELLED and sign.text.strip():
            made = _spelling(told, index)
            if made != sign.text:
                told[index] = sign.made("dictionary", made, max(sign.sure, 1 - sign.sure))
    return told


def _spelling(text: Sequence[Sign], index: int) -> str:
    """The one reading with which a character is part of a known word; else as it is."""
    around = [s for s in text[max(0, index - 12) : index + 13] if s.text.strip()]
    place = around.index(text[index])
    before = "".join(s.text for s in around[:place])
    after = "".join(s.text for s in around[place + 1 :])
    own = known_word(before, text[index].text, after)
    fitting = [
        other
        for other in dict.fromkeys(text[index].others + _resized(text[index].text))
        if _is_letter(other) and known_word(before, other, after) >= max(_WORD, own + 1)
    ]
    # A shorter word may stand there all the same, but where only the dots of a kana are lost, or
    # its size: 改 and さん, where 改ざん is meant.
    if fitting and (own == 0 or text[index].sure < _UNSURE or _is_kin(fitting[0], text[index])):
        return fitting[0]
    return text[index].text


def _resized(text: str) -> str:
    """The small form of a large kana, the large one of a small; "" for all else."""
    known = lookalikes()
    return known.large.get(text) or (known.small[text][0] if text in known.small else "")


def _is_kin(kana: str, sign: Sign) -> bool:
    """Whether two kana differ by their dots or their size only."""
    voiced = normalize("NFD", kana)[0] == normalize("NFD", sign.text)[0]
    return voiced or kana == _resized(sign.text)


def _is_letter(text: str) -> bool:
    return text.isalpha() and full_form(text) is None
