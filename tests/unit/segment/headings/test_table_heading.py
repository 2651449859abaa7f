"""What stands on a page and is no record."""

from pipeline.model import Page
from pipeline.segment.headings.heading_blocks import read_blocks
from pipeline.segment.headings.table_heading import read_heading
from tests.support.grids import grid, page, segment
from tests.support.making import line


def test_a_table_of_other_meaning_is_left_out_and_reported() -> None:
    segmented = segment(page(1, [grid([["年度", "予算額"], ["令和５年度", "1,000"]])]))
    assert segmented.tables == ()
    assert [issue.code for issue in segmented.header.issues] == ["no_comment_table"]
    assert len(segmented.pages[0].furniture_lines) == 4


def test_a_page_number_that_falls_into_a_cell_is_lifted_out() -> None:
    def of(number: int) -> Page:
        piece = grid([["No", "意見", "回答"], [str(number), "あ", f"い\n{number}/3"]], page=number)
        return page(number, [piece])

    segmented = segment(of(1), of(2), of(3))
    texts = [[li.text for li in row.fields[2].lines] for row in segmented.tables[0].rows]
    assert texts == [["い"], ["い"], ["い"]]
    assert [len(frame.furniture_lines) for frame in segmented.pages] == [1, 1, 1]


def test_a_frame_without_text_is_above_no_line() -> None:
    title = line("寄せられた意見", x0=10, top=20)
    assert [block.text for block in read_blocks([title], [[]], 0, 500)] == ["寄せられた意見"]


def test_facts_on_the_paper_are_no_caption() -> None:
    """The last of them, 提出された方の数　12人, became the caption of the table below."""
    facts = ("意見の提出方法　郵送、窓口", "提出された方の数　12人")
    lines = [line("１　計画の目標に関する意見", x0=60, top=0)]
    lines += [line(text, x0=10, top=30 + 12 * at) for at, text in enumerate(facts)]
    assert read_heading(lines, 0, 500).texts == {"１　計画の目標に関する意見"}
    alone = read_heading([lines[0], lines[2]], 0, 500)
    assert alone.caption == facts[1]


def test_the_word_that_closes_the_table_above_is_no_caption() -> None:
    lines = [line("計画の改正案", x0=60, top=0), line("（以上）", x0=10, top=30)]
    assert read_heading(lines, 0, 500).caption is None
