"""What was recognised on pictures, repaired by what the whole document shows.

A line alone does not tell デー夕 from データ where the line ends between the two, nor ② from ②
misread as ③. The document does: words go on over the line's end, sentences stand in it twice,
brackets close, numbers follow each other. Characters are exchanged one for one, each with a
receipt, and only where the recogniser itself was in doubt. Text of the PDF is a witness here and
is never touched.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log

from pipeline.model import Field, Line, Part, Repair, Row, Segmented, Table
from pipeline.normalize.morphemes import known_word
from pipeline.vocabulary.lookalikes import lookalikes
from pipeline.vocabulary.widths import full_form, half_form, is_ideograph, is_katakana

_DOUBTED = 0.995  # a character that is surer is left to itself
_WINDOW = 4  # characters on each side that make a place the same; fewer recur by chance
_ONE_VOTE = 3.0  # log-odds; no single reading counts for more
_MARGIN = 1.0  # log-odds by which the others must outweigh a reading to replace it
_AGREED = 0.3  # of the doubt that is left where the same stands elsewhere: fonts err alike
_UNSURE = 0.98  # below this a longer word is believed rather than a shorter one
_WORD = 3  # characters; shorter words are found in any text


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of a field, on its way through the repairs."""

    text: str
    sure: float
    """1.0 where it is text of the PDF."""
    others: str
    line: int
    """Index of its physical line in the field."""
    repairs: tuple[Repair, ...] = ()

    def made(self, step: str, text: str, sure: float) -> "Sign":
        """The character read as another one."""
        receipt = Repair(step, self.text, text)
        others = self.text + self.others.replace(text, "")
        return Sign(text, sure, others, self.line, (*self.repairs, receipt))

    @property
    def doubted(self) -> bool:
        """Whether knowledge may change it."""
        return self.sure < _DOUBTED


Text = list[Sign]
"""All characters of one field."""
Step = Callable[[Sequence[Text]], Sequence[Text]]


def repair_recognition(segmented: Segmented) -> Segmented:
    """An annex whose recognised texts are repaired; places and counts are as before."""
    fields = list(_fields(segmented))
    if not any(line.sure for field in fields for line in field.lines):
        return segmented
    # A merged cell stands in every record that it spans: one text.
    unique = list(dict.fromkeys(field.lines for field in fields if field.lines))
    texts: Sequence[Text] = [_signs(lines) for lines in unique]
    steps: tuple[Step, ...] = (go_on_over_lines, spell_words, let_twins_vote, close_brackets)
    for step in steps:
        texts = step(texts)
    made = {lines: _lines(lines, text) for lines, text in zip(unique, texts, strict=True)}
    return replace(
        segmented, tables=tuple(_repaired_table(table, made) for table in segmented.tables)
    )


def sureness(lines: Iterable[Line]) -> float:
    """How sure it is that all characters of some lines are right, 0-1."""
    sure = 1.0
    for line in lines:
        for character, own in zip(line.text, line.sure, strict=False):
            sure *= own if not character.isspace() else 1.0
    return sure


# --- from lines to signs and back -------------------------------------------------------------


def _fields(segmented: Segmented) -> Iterator[Field]:
    for table in segmented.tables:
        for row in table.rows:
            yield from row.fields


def _signs(lines: Sequence[Line]) -> Text:
    signs = []
    for index, line in enumerate(lines):
        sure = line.sure or (1.0,) * len(line.text)
        others = line.others or ("",) * len(line.text)
        signs += [
            Sign(text, own, other, index)
            for text, own, other in zip(line.text, sure, others, strict=True)
        ]
    return signs


def _lines(lines: Sequence[Line], text: Sequence[Sign]) -> tuple[Line, ...]:
    by_line: dict[int, Text] = defaultdict(list)
    for sign in text:
        by_line[sign.line].append(sign)
    return tuple(
        _rewritten(line, by_line[index]) if line.sure else line for index, line in enumerate(lines)
    )


def _rewritten(line: Line, signs: Sequence[Sign]) -> Line:
    return replace(
        line,
        text="".join(sign.text for sign in signs),
        sure=tuple(sign.sure for sign in signs),
        others=tuple(sign.others for sign in signs),
        repairs=(*line.repairs, *(repair for sign in signs for repair in sign.repairs)),
    )


def _repaired_table(table: Table, made: dict[tuple[Line, ...], tuple[Line, ...]]) -> Table:
    return replace(table, rows=tuple(_repaired_row(row, made) for row in table.rows))


def _repaired_row(row: Row, made: dict[tuple[Line, ...], tuple[Line, ...]]) -> Row:
    return replace(row, fields=tuple(_repaired_field(field, made) for field in row.fields))


def _repaired_field(field: Field, made: dict[tuple[Line, ...], tuple[Line, ...]]) -> Field:
    lines = iter(made.get(field.lines, field.lines))
    return Field(
        tuple(Part(p.page, p.box, tuple(next(lines) for _ in p.lines)) for p in field.parts)
    )


def _beside(text: Sequence[Sign], index: int) -> tuple[str, str]:
    """The characters before and behind one, over white space and the ends of lines."""
    before = next((s.text for s in reversed(text[:index]) if s.text.strip()), "")
    after = next((s.text for s in text[index + 1 :] if s.text.strip()), "")
    return before, after


# --- words that go on over a line's end -------------------------------------------------------


def go_on_over_lines(texts: Sequence[Text]) -> list[Text]:
    """Tell カ from 力 by the run of katakana that goes on behind or before a line's end."""
    return [_gone_on(text) for text in texts]


def _gone_on(text: Text) -> Text:
    told = list(text)
    for index, sign in enumerate(text):
        lines = {s.line for s in text[max(0, index - 1) : index + 2]}
        if len(lines) > 1 and sign.sure < 1.0:
            kana = _by_run(sign, *_beside(told, index))
            if kana != sign.text:
                told[index] = sign.made("katakana", kana, max(sign.sure, _AGREED))
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
        if sign.doubted and sign.others and sign.text.strip():
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
        for other in text[index].others
        if _is_letter(other) and known_word(before, other, after) >= max(_WORD, own + 1)
    ]
    # A shorter word may stand there all the same: 改 and さん, where 改ざん is meant.
    surely = own == 0 or text[index].sure < _UNSURE
    return fitting[0] if fitting and surely else text[index].text


def _is_letter(text: str) -> bool:
    return text.isalpha() and full_form(text) is None


# --- twins -------------------------------------------------------------------------------------


def let_twins_vote(texts: Sequence[Text]) -> list[Text]:
    """Let the same place of the same sentence elsewhere outvote a doubtful reading.

    Errors of recognition are random, repetition is not: an answer quotes its question, a revision
    repeats its original. Where two texts really differ, both are sure.
    """
    places = _places(texts)
    return [[_voted(text, index, texts, places) for index in range(len(text))] for text in texts]


_Places = dict[tuple[str, str], list[tuple[int, int]]]
"""Folded characters before and behind a place → the places, by text and index."""


def _places(texts: Sequence[Text]) -> _Places:
    places: _Places = defaultdict(list)
    for number, text in enumerate(texts):
        for key, index in _windows(text):
            places[key].append((number, index))
    return places


def _windows(text: Sequence[Sign]) -> Iterator[tuple[tuple[str, str], int]]:
    inked = [index for index, sign in enumerate(text) if sign.text.strip()]
    folded = "".join(_folded(text[index].text) for index in inked)
    for at in range(_WINDOW, len(inked) - _WINDOW):
        key = folded[at - _WINDOW : at], folded[at + 1 : at + 1 + _WINDOW]
        yield key, inked[at]


def _folded(text: str) -> str:
    """A character without what scans confuse: width, and the twins of katakana."""
    half = half_form(text) or text
    return lookalikes().twins.get(half, half)


def _voted(text: Text, index: int, texts: Sequence[Text], places: _Places) -> Sign:
    sign = text[index]
    if not sign.doubted or not sign.text.strip():
        return sign
    key = _key(text, index)
    found = [texts[n][i] for n, i in places.get(key, ()) if texts[n][i] is not sign]
    weights: dict[str, float] = defaultdict(float)
    for other in found:
        weights[other.text] += _weight(other.sure)
    possible = {other: weights[other] for other in _may_be(sign) if other in weights}
    own = weights.get(sign.text, 0.0) + _weight(sign.sure)
    best = max(possible, key=lambda other: possible[other], default="")
    if best and possible[best] > own + _MARGIN:
        return sign.made("twins", best, 1 - _AGREED * (1 - _likely(possible[best] - own)))
    if weights.get(sign.text, 0.0) > sum(possible.values()):
        return replace(sign, sure=1 - _AGREED * (1 - sign.sure))
    return sign


def _key(text: Sequence[Sign], index: int) -> tuple[str, str]:
    before = [s for s in text[max(0, index - 3 * _WINDOW) : index] if s.text.strip()]
    after = [s for s in text[index + 1 : index + 1 + 3 * _WINDOW] if s.text.strip()]
    return (
        "".join(_folded(s.text) for s in before[-_WINDOW:]),
        "".join(_folded(s.text) for s in after[:_WINDOW]),
    )


def _weight(sure: float) -> float:
    """What a reading is worth, in log-odds."""
    return min(_ONE_VOTE, max(0.0, -log(max(1 - sure, 1e-9)) + log(max(sure, 1e-9))))


def _likely(odds: float) -> float:
    return 1 - float(0.5 ** (1 + odds))


# --- brackets ----------------------------------------------------------------------------------

_CLOSES = dict(zip("（「『【〔《〈([［", "）」』】〕》〉)]］", strict=True))


def close_brackets(texts: Sequence[Text]) -> list[Text]:
    """Give two brackets that close each other one kind and one width: the surer one's."""
    return [_closed(text) for text in texts]


def _closed(text: Text) -> Text:
    told = list(text)
    opened: list[int] = []
    for index, sign in enumerate(text):
        if sign.text in _CLOSES:
            opened.append(index)
        elif sign.text in _CLOSES.values() and opened:
            first = opened.pop()
            _agree(told, first, index)
    return told


def _agree(text: Text, first: int, last: int) -> None:
    """Make the less sure of two brackets fit the other, where it may be that."""
    opening, closing = text[first], text[last]
    if _CLOSES[opening.text] == closing.text:
        return
    opens = {close: bracket for bracket, close in _CLOSES.items()}
    sure = max(opening.sure, closing.sure)
    if closing.sure <= opening.sure and _CLOSES[opening.text] in _may_be(closing):
        text[last] = closing.made("bracket", _CLOSES[opening.text], sure)
    elif opens[closing.text] in _may_be(opening) and opening.sure < 1.0:
        text[first] = opening.made("bracket", opens[closing.text], sure)


def _may_be(sign: Sign) -> str:
    """What else a character may be: what the recogniser thought of, and its other width."""
    if sign.sure >= 1.0:
        return ""
    widths = "".join(filter(None, (full_form(sign.text), half_form(sign.text))))
    return (sign.others + widths).replace(sign.text, "")
