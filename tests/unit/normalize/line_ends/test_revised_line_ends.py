"""An original and its revision break their lines alike."""

from pipeline.model import Break
from pipeline.normalize import normalize_annex
from tests.support.making import lay_out

FIRST = "関係機関と連携しながら定期的に記録し、"
SECOND = "年度の途中に必要な見直しを行い周知しています。"
WRAPPED = "職員が操作の記録を毎日取得し不正な利用がないことを確かめたうえで課長に報告している。"


def read(original: str, revision: str, ems: tuple[float, float]) -> tuple[list[Break], list[str]]:
    others = [[WRAPPED * 3, WRAPPED * 3]] * 8
    made = lay_out([[original, revision], *others], ("original_text", "revision"), ems)
    found = normalize_annex(made)
    first = found.records[0]
    breaks = [b for b in found.breaks if b.record_id == first.record_id]
    return breaks, [first.original_text or "", first.revision or ""]


def test_a_short_line_shows_that_the_full_one_was_ended_too() -> None:
    """The original fills its column with its first line; the revision's column is wider."""
    text = f"{FIRST}\n{SECOND}"
    full = float(len(FIRST))
    breaks, texts = read(text, text, (full, full + 9))
    assert texts == [text, text]
    at_end = [b for b in breaks if b.before == FIRST]
    assert [b.kept for b in at_end] == [True, True]
    assert at_end[0].geometry < 0 < at_end[1].geometry


def test_other_characters_behind_the_line_are_another_place() -> None:
    revised = FIRST + "また、" + SECOND
    full = float(len(FIRST))
    _, texts = read(FIRST + SECOND, revised, (full, full + 9))
    assert texts == [FIRST + SECOND, revised]
