"""The evidence of known lines: a heading that is a line of its own elsewhere is one here too.

Authors use the same headings again, under other numbers: 1.2　現状と課題 on a full line, and 3.1
現状と課題 on one that ends early. Twins (see repeats.py) need twelve characters in a row.
"""

from collections.abc import Sequence

from pipeline.model import remove_white_space
from pipeline.normalize.line_ends.candidates import Candidate
from pipeline.normalize.line_ends.line_endings import LineEnding
from pipeline.normalize.line_ends.odds_of_many import SETTLED
from pipeline.vocabulary.line_marks import begins_with_mark, is_page_mark, remove_mark

# Log-odds. measured: of 66 full lines of made annexes that their author ended behind a noun 28 are
# known, and 5 of 2,070 that the layout did; less than the logarithm, for authors who cite.
_KNOWN = 4.0
_SHORTEST = 4  # characters; judgement: two or three are a word that any line may end with
_NOUNS = (LineEnding.PHRASE, LineEnding.CLOSING)


def weigh_known_lines(
    candidates: Sequence[Candidate],
    witnesses: Sequence[float],
    odds: Sequence[float],
    twins: Sequence[float],
) -> list[float]:
    """Weigh each full line that looks like a heading: did its author end such a line elsewhere?

    Args:
        twins: What the twins of each show; a twin that ends a line elsewhere may be the known line.

    Returns:
        Log-odds of the twins and known lines together, for each candidate.
    """
    known = {
        _bare(candidate)
        for candidate, seen, own in zip(candidates, witnesses, odds, strict=True)
        if seen >= SETTLED and own >= SETTLED
    }
    return [
        max(twin, _KNOWN + min(twin, 0.0))
        if seen < 0 and _may_be_known(c) and _bare(c) in known
        else twin
        for c, seen, twin in zip(candidates, witnesses, twins, strict=True)
    ]


def _may_be_known(candidate: Candidate) -> bool:
    """Whether a line may be a heading. A page goes with its place: 第１章　現状　P.43.

    So does what the author put behind white space: Ⅲ　リスク対策　全項目評価書.
    """
    ending, after = candidate.context.ending, candidate.after.text.strip()
    if candidate.before.tail:
        return False
    marked = ending in _NOUNS and begins_with_mark(candidate.before.text)
    if not (marked or ending is LineEnding.TITLE) or is_page_mark(after):
        return False
    return len(_bare(candidate)) >= _SHORTEST


def _bare(candidate: Candidate) -> str:
    """The characters of the line before, without its mark."""
    return remove_white_space(remove_mark(candidate.before.text))
