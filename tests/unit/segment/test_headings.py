"""What stands above a table: title, caption, notes."""

from pipeline.model import Segmented
from pipeline.segment.furniture import read_heading
from tests.support.making import line


def test_a_label_is_the_caption_and_notes_are_neither() -> None:
    lines = [
        line("別紙１", top=10),
        line("「留意事項について」の一部改正について", top=40),
        line("（傍線の部分は改正部分）", top=70),
    ]
    heading = read_heading(lines, right=400)
    assert (heading.title, heading.caption) == ("「留意事項について」の一部改正について", "別紙１")


def test_a_wrapped_title_is_one(ota_segmented: Segmented) -> None:
    lines = [line("「長い題名の留意事", top=10), line("項について」", top=22)]
    assert read_heading(lines, right=92).title == "「長い題名の留意事項について」"
    assert [len(table.rows) for table in ota_segmented.tables] == [40, 5, 2, 4]
