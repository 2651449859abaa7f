"""Where a passage stands in the document it is from: the headings that lead `original_text`."""

import re
from functools import lru_cache

from pipeline.normalize.tokenizer import PREDICATES, analyze
from pipeline.vocabulary.eras import ERA
from pipeline.vocabulary.line_marks import KEPT_LINES, LineStart, classify_line_start, ends_sentence

# 【システム】 labels a part of the passage; ＜監査＞ names a section, as do numbers.
_PART_LABELS = "【〔《"
_REMARK = re.compile(r"(?<=.)[（(][^（()）]*[）)]$")
# A law with its year is what a passage cites, not where it stands (ota_annex, records 29, 36).
_CITATION = re.compile(
    rf"(?:{ERA}|\d{{4}}|[０-９]{{4}})[\d０-９元一二三四五六七八九十]*年.*"
    r"(?:法律|政令|省令|条例|規則|告示|訓令)第"
)


def split_location(text: str) -> tuple[list[str], str]:
    """Split a passage into its leading headings and its body.

    A heading is a line that is no sentence, no list item and no label of a part, and cites no
    law. All lines before the body are headings.

    Returns:
        The headings, outermost first, and the lines behind them ("" where there are none).
    """
    lines = text.split("\n") if text else []
    count = 0
    while count < len(lines) and _is_heading(lines[count]):
        count += 1
    return [line.strip() for line in lines[:count]], "\n".join(lines[count:])


@lru_cache(KEPT_LINES)
def _is_heading(line: str) -> bool:
    bare = line.strip()
    if not bare or bare[0] in _PART_LABELS or bare[0] in "：:※":
        return False
    # The remark behind ５．提供・移転（委託に伴うものを除く。） makes no sentence of it.
    if classify_line_start(bare) is LineStart.BULLET or ends_sentence(_REMARK.sub("", bare)):
        return False
    if _opens_bracket(bare):
        return False
    return not _CITATION.search(bare) and not _ends_in_predicate(bare)


def _opens_bracket(line: str) -> bool:
    """Whether a bracket goes on in the next line: the line is a remark, not a heading."""
    return line.count("（") + line.count("(") > line.count("）") + line.count(")")


def _ends_in_predicate(line: str) -> bool:
    if line[-1] in "）)」：:":
        return False
    kinds = [morpheme.part_of_speech[0] for morpheme in analyze(line)]
    words = [kind for kind in kinds if kind not in ("補助記号", "空白")]
    return bool(words) and words[-1] in PREDICATES
