"""Repair text that was recognised on pictures by what the whole document shows.

A single line does not tell デー夕 from データ where it ends inside the word. The document does:
words go on over the line's end. The repairs exchange characters one for one, each with a receipt,
and only where the recogniser itself was in doubt; the indents of paragraphs are added. Text of the
PDF is evidence here and never changes.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.model import Field, Line, Segmented
from pipeline.normalize.line_ends.candidates import list_fields
from pipeline.normalize.ocr_repair.characters import (
    Character,
    FieldText,
    is_letter,
    read_characters,
    write_lines,
)
from pipeline.normalize.ocr_repair.indents import restore_indents
from pipeline.normalize.ocr_repair.number_widths import settle_numbers
from pipeline.normalize.ocr_repair.same_words import read_same_words
from pipeline.normalize.ocr_repair.shape_widths import share_widths
from pipeline.normalize.tokenizer import measure_known_word

_SPELLED = 0.9985  # confidence; judgement: a character that is surer stays, whatever it spells
_UNSURE = 0.98  # confidence; judgement: below it a longer word is likelier than a shorter one
_WORD = 3  # characters; judgement: shorter words turn up in any text, but mend what is in doubt
_AROUND = 12  # characters on each side that the dictionary sees; judgement: words are shorter

_Lines = tuple[Line, ...]


def repair_recognition(segmented: Segmented) -> Segmented:
    """Repair the recognised texts of an annex; positions and counts of glyphs stay as they are."""
    # A merged cell is a field of every record that it spans, but one text.
    fields = list_fields(segmented)
    unique = list(dict.fromkeys(field.lines for _, field in fields if field.lines))
    texts = [read_characters(lines) for lines in unique]
    texts = [spell_words(text) for text in read_same_words(texts)]
    texts = settle_numbers(share_widths(texts))
    repaired = {lines: write_lines(lines, own) for lines, own in zip(unique, texts, strict=True)}
    tables = []
    for table in segmented.tables:
        made = (tuple(_repair_field(field, repaired) for field in row.fields) for row in table.rows)
        rows = (replace(row, fields=own) for row, own in zip(table.rows, made, strict=True))
        tables.append(replace(table, rows=tuple(rows)))
    return replace(segmented, tables=tuple(tables))


def _repair_field(field: Field, repaired: dict[_Lines, _Lines]) -> Field:
    lines = iter(repaired.get(field.lines, field.lines))
    parts = (replace(part, lines=tuple(next(lines) for _ in part.lines)) for part in field.parts)
    return restore_indents(Field(tuple(parts)))


def spell_words(text: FieldText) -> FieldText:
    """Read a doubtful character so that it spells a word: データ, where デーク is none."""
    repaired = list(text)
    for index, character in enumerate(text):
        if character.confidence < _SPELLED and character.text.strip():
            letter = _find_spelling(repaired, index)
            if letter != character.text:
                repaired[index] = character.read_as("dictionary", letter)
    return repaired


def _find_spelling(text: Sequence[Character], index: int) -> str:
    """The reading with which a character is part of a longer known word; else as it is."""
    around = [s for s in text[max(0, index - _AROUND) : index + _AROUND + 1] if s.text.strip()]
    place = around.index(text[index])
    before = "".join(s.text for s in around[:place])
    after = "".join(s.text for s in around[place + 1 :])
    own = measure_known_word(before, text[index].text, after)
    # A shorter word may be right all the same.
    is_unsure = text[index].confidence < _UNSURE
    if own and not is_unsure:
        return text[index].text
    least = max(_WORD - is_unsure, own + 1)
    letters = filter(is_letter, text[index].others)
    fitting = (other for other in letters if measure_known_word(before, other, after) >= least)
    return next(fitting, text[index].text)
