"""Repair text that was recognised on pictures by what the whole document shows.

A single line does not tell デー夕 from データ where it ends inside the word. The document does:
words go on over the line's end. The repairs exchange characters one for one, each with a receipt,
and only where the recogniser itself was in doubt; the indents of paragraphs are added. Text of the
PDF is evidence here and never changes.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.model import Field, InkShape, Line, Mark, Repair, Segmented
from pipeline.normalize.line_ends.candidates import list_fields
from pipeline.normalize.ocr_repair.characters import (
    Character,
    FieldText,
    is_letter,
    read_characters,
    write_lines,
)
from pipeline.normalize.ocr_repair.number_widths import settle_numbers
from pipeline.normalize.ocr_repair.shape_widths import share_widths
from pipeline.normalize.tokenizer import measure_known_word
from pipeline.vocabulary.character_widths import half_form
from pipeline.vocabulary.line_marks import begins_with_mark

_SPELLED = 0.9985  # confidence; judgement: a character that is surer stays, whatever it spells
# Confidence; judgement: below it a longer word is likelier than a shorter one, and what stands
# elsewhere likelier than what was read.
_UNSURE = 0.98
_WORD = 3  # characters; judgement: shorter words turn up in any text, but mend what is in doubt
_AROUND = 12  # characters on each side that the dictionary sees; judgement: words are shorter
_SURE = 0.99  # confidence; judgement: of the words that are read elsewhere
_REACH = 2  # characters on each side; judgement: three that are alike are words
# A form that the recogniser does not know, and what it reads; measured: of 30 令 with マ below, as
# Noto Serif draws it, 29 have two of these.
_UNSEEN = {"令": "今全仝金受"}
_STOPS = frozenset("。、")
_SPACE = "\u3000"
_FLUSH = 0.2  # em; judgement: lines that begin at one place on a scan differ by less
_EM = (0.75, 1.25)  # em that a paragraph begins further in; judgement: as `_FLUSH`, the box aside
_FEW = 2  # lines at the left; judgement: a single one may be the set-out mark of an item

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
    seen = text[index].text + text[index].others
    unseen = "".join(own for own, alike in _UNSEEN.items() if len({*alike} & {*seen}) > 1)
    # A hiragana spells some rare word nearly everywhere: しそ in 不足している.
    letters = (o for o in text[index].others + unseen if is_letter(o) and not "ぁ" <= o <= "ん")
    fitting = (other for other in letters if measure_known_word(before, other, after) >= least)
    return next(fitting, text[index].text)


def read_same_words(texts: Sequence[FieldText]) -> list[FieldText]:
    """Read each doubtful character of the texts that fits nowhere as one that does; digits stay.

    Comments and answers quote each other: 庁内横断的 stands in several cells, 庁丙横断的 in none,
    and ました is followed by 。, not by 、.
    """
    written = [[character for character in text if character.text.strip()] for text in texts]
    known = {
        tuple(character.text for character in word)
        for text in written
        for word in zip(text, text[1:], text[2:], strict=False)
        if min(character.confidence for character in word) >= _SURE
    }
    return [_read_text(text, known) for text in texts]


def _read_text(text: FieldText, known: set[tuple[str, ...]]) -> FieldText:
    read = list(text)
    written = [index for index, character in enumerate(text) if character.text.strip()]
    for place, index in enumerate(written):
        character = text[index]
        if character.confidence < _UNSURE and not (half_form(character.text) or "").isdigit():
            around = written[max(place - _REACH, 0) : place + _REACH + 1]
            others = (o for o in character.others if is_letter(o) or o in _STOPS)
            for letter in (character.text, *others):
                spelled = [letter if i == index else read[i].text for i in around]
                if known.intersection(zip(spelled, spelled[1:], spelled[2:], strict=False)):
                    if letter != character.text:
                        read[index] = character.read_as("same words", letter)
                    break
    return read


def restore_indents(field: Field) -> Field:
    """Restore the indents of a field's recognised lines; all other lines stay as they are.

    A paragraph that begins one em further in than its cell's lines has an ideographic space before
    it. A picture shows no white space, only where a line begins. Lines that hang below an item's
    mark begin further in too, and have no space.
    """
    parts = (replace(part, lines=tuple(_indent_lines(part.lines))) for part in field.parts)
    return Field(tuple(parts))


def _indent_lines(lines: Sequence[Line]) -> Iterator[Line]:
    left = min((line.x0 for line in lines), default=0.0)
    flush = [line.x0 - left < _FLUSH * line.size for line in lines]
    if sum(flush) < _FEW:
        yield from lines
        return
    hangs = False
    for line, is_flush in zip(lines, flush, strict=True):
        hangs = begins_with_mark(line.text) if is_flush else hangs
        inside = _EM[0] < (line.x0 - left) / line.size < _EM[1]
        is_plain = bool(line.confidences) and not line.text[:1].isspace()
        yield _indent(line) if inside and is_plain and not hangs else line


def _indent(line: Line) -> Line:
    return replace(
        line,
        text=_SPACE + line.text,
        edges=(line.x0 - line.size, *line.edges),
        confidences=(line.confidences[0], *line.confidences),
        alternatives=("", *line.alternatives),
        shapes=(InkShape(), *line.shapes),
        repairs=(*line.repairs, Repair("indent", "", _SPACE)),
        marks=tuple(Mark(mark.start + 1, mark.end + 1, mark.kind) for mark in line.marks),
    )
