"""Signs at the ends of a field: it begins or ends in mid-sentence, and its neighbour goes on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.judge.column_signs import has_end
from pipeline.judge.grammar import CASE
from pipeline.judge.reading import Passage, TableReading
from pipeline.judge.row_signs import find_number_cells
from pipeline.judge.signs import Sign, quote_end, quote_start
from pipeline.model import Morpheme
from pipeline.vocabulary.line_marks import begins_with_mark, ends_sentence

_OPEN_END = re.compile(rf"(?:[KM{CASE}Nzmbkpr,(v]|[KM{CASE}][ou])$")
"""Last classes that leave a sentence open: particles, an inflection that asks for more."""
_MILD_ENDS = frozenset(("へ", "と", "から", "より", "まで", "で", "に", "など"))
"""Particles that titles and notes end in: 各所属へ."""
_OPEN_START = re.compile(rf"^[{CASE}KMSNEAabx).,]")
_MILD_STARTS = frozenset(("など", "ほか", "なお", "で", "が", "と"))
_KANA_START = re.compile(r"(?!いただ)[ぁ-ゖー]")  # いただいたご意見は begins an answer
_TORN_WORD = re.compile(r"[A-Za-z/.:][a-z/.:]|.[ーぁぃぅぇぉっゃゅょ々]")
"""An address, or a word, over a cut."""
_TORN_NUMBER = re.compile(r"[0-9０-９][0-9０-９年月日条項号件円％%]")
"""A number over a cut; one that ends a note (p.77) is whole."""
_CLAUSE = re.compile(rf"[{CASE}KM,][^.AV/]*$")
"""A sentence that has begun and has no predicate yet."""
_INFLECTED = "vVzmkAab"
"""Classes of words that a sentence hardly begins with when they are written in kana."""
_NOTE = 20  # morphemes; judgement: two short sentences
_MILD = 0.5  # strength of a doubtful end; judgement: half of what a sure one weighs


def find_edge_signs(tables: Sequence[TableReading]) -> Iterator[Sign]:
    """Find the fields that begin or end in mid-sentence."""
    for table in tables:
        yield from _find_edges(table)


def _find_edges(table: TableReading) -> Iterator[Sign]:
    for row in table.rows:
        for passage in row.values():
            if passage.is_text and passage.text:
                yield from _find_open_edges(passage)
    for (above, below), (upper, lower) in zip(table.pairs(), pairwise(table.records), strict=True):
        # The page, and not its reader, has cut a clipped text, unless both stand beside one number.
        is_clipped = "clipped" in upper.flags
        if not is_clipped or find_number_cells(upper) & find_number_cells(lower):
            yield from _find_cuts(above, below, is_clipped)


def _find_open_edges(passage: Passage) -> Iterator[Sign]:
    end, start = _open_end(passage), _open_start(passage)
    if end:
        yield passage.sign("ends_open", f"ends in mid-sentence {quote_end(passage.text)}", end)
    if start:
        reason = f"begins in mid-sentence {quote_start(passage.text)}"
        yield passage.sign("begins_open", reason, start)


def _open_end(passage: Passage) -> float:
    """How surely a text ends in mid-sentence, 0-1."""
    # A noun follows this form: 必要な.
    if passage.morphemes and _leads_to_noun(passage.morphemes[-1]):
        return 1.0
    if len(passage.classes) < 2 or not _OPEN_END.search(passage.classes[-2:]):
        return 0.0
    last = passage.morphemes[-1].surface
    return _MILD if last in _MILD_ENDS or passage.classes[-1] in "vou" else 1.0


def _leads_to_noun(last: Morpheme) -> bool:
    return last.surface == "な" and last.part_of_speech[5].startswith("連体形")


def _open_start(passage: Passage) -> float:
    """How surely a text begins in mid-sentence, 0-1."""
    if not _OPEN_START.match(passage.classes) or begins_with_mark(passage.text):
        return 0.0
    return _MILD if passage.morphemes[0].surface in _MILD_STARTS else 1.0


def _find_cuts(
    above: Mapping[str, Passage], below: Mapping[str, Passage], is_clipped: bool
) -> Iterator[Sign]:
    """Find fields that go on in the row below: one sentence, cut in two.

    A sentence may end in a noun (未確認); that two columns do so at once tells of a cut.

    Args:
        is_clipped: The upper row has no room for all of a text, so that the lower one has the rest.
    """
    left_open = [n for n, upper in above.items() if _is_left_open(upper, below.get(n))]
    for name, upper in above.items():
        lower = below.get(name)
        if lower is None or not upper.is_text or upper.text == lower.text:
            continue
        is_rest = is_clipped and not has_end(upper.text) and bool(lower.text)
        strength = 1.0 if is_rest else _goes_on(upper, lower)
        if not strength and len(left_open) > 1 and name in left_open:
            strength = _MILD
        if strength:
            whole = f"{quote_end(upper.text)}{quote_start(lower.text)}"
            yield upper.sign("cut", f"runs on in the record below: {whole}", strength)
            # The lower text may be whole where only the upper one is cut off.
            is_begun = is_rest or _open_start(lower) or _begins_in_kana(lower)
            begun = strength if is_begun else _MILD * strength
            yield lower.sign("cut", f"goes on from the record above: {whole}", begun)
            for record in (upper.record, lower.record):
                reason = f"its {name} is cut: {whole}"
                yield Sign("cut_beside", record, None, reason, strength)


def _begins_in_kana(passage: Passage) -> bool:
    """Whether a text begins with an inflected word in kana: a part of one, most likely."""
    return bool(_KANA_START.match(passage.text)) and passage.classes[0] in _INFLECTED


def _is_left_open(upper: Passage, lower: Passage | None) -> bool:
    """Whether a text may stop in mid-sentence, and one follows that may go on."""
    if lower is None or not upper.is_text or not lower.is_running or upper.text == lower.text:
        return False
    if has_end(upper.text) or begins_with_mark(lower.text) or lower.text[0].isspace():
        return False
    return _CLAUSE.search(upper.classes) is not None and len(upper.classes) > _NOTE


def _goes_on(upper: Passage, lower: Passage) -> float:
    """How surely a text runs on in the one below it, 0-1."""
    if not upper.text or not lower.text or ends_sentence(upper.text):
        return 0.0
    if begins_with_mark(lower.text) or lower.text[:1].isspace():
        return 0.0
    seam = upper.text[-1] + lower.text[0]
    if upper.is_running and _TORN_WORD.search(seam):
        return 1.0
    if _CLAUSE.search(upper.classes) and _TORN_NUMBER.search(seam):
        return 1.0
    open_end, open_start = _open_end(upper), _open_start(lower)
    if open_end and open_start:
        return 1.0
    kana = _begins_in_kana(lower)
    if (open_end or open_start) and (upper.is_running or lower.is_running):
        return 1.0 if kana or ends_sentence(lower.text) else _MILD
    if has_end(upper.text):
        return 0.0
    return _MILD if kana and upper.is_running and ends_sentence(lower.text) else 0.0
