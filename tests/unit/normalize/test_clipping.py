"""Text that its cell cuts off."""

from msgspec.structs import replace

from pipeline.model import Field
from pipeline.normalize.clipping import is_clipped
from tests.support.making import lay_out


def test_only_unfinished_text_that_fills_its_cell_is_clipped() -> None:
    cut = "区が行う点検については、毎年度その結果を公表することとし、関係機関か"
    whole = "情報提供ネットワークシステムとの接続に伴うその他のリスクに対する措置の実施"
    for text, clipped in ((cut, True), (whole, False), (cut + "ら。", False)):
        segmented = lay_out([[text]], ("revision",), (len(cut) / 2,))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped


def test_a_short_item_at_a_list_s_end_is_whole() -> None:
    text = "・規定\n・ポスターの掲示、チラシの配布は市内"
    for width, clipped in ((30.0, False), (18.0, True)):
        segmented = lay_out([[text]], ("response",), (width,))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped


def test_one_line_as_long_as_its_cell_is_clipped_where_its_sentence_is_open() -> None:
    cut = "年間で数百万円の負担増となり、経営に影響が生じ"
    for text, width, clipped in ((cut, 0.0, True), (cut, 5.0, False), (cut + "る。", 0.0, False)):
        segmented = lay_out([[text]], ("comment",), (len(text) + width,))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped


def test_one_line_as_long_as_its_cell_is_clipped_where_a_bracket_is_open() -> None:
    for text, clipped in (("住民票の写しの交付を「発災後3", True), ("写しの交付（発災後）", False)):
        segmented = lay_out([[text]], ("comment",), (len(text),))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped


def test_english_that_ends_without_a_full_stop_is_not_clipped() -> None:
    text = "Replace it as proposed, see also clause 5, table 2"
    segmented = lay_out([[text]], ("comment",), (len(text) / 2,))
    assert not is_clipped(segmented.tables[0].rows[0].fields[0], text)


def test_an_ellipsis_at_the_side_of_its_cell_stands_for_what_is_cut_off() -> None:
    for width, clipped in ((0.0, True), (5.0, False)):
        text = "第2章 計画の期間及び…"
        segmented = lay_out([[text]], ("original_text",), (len(text) + width,))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped


def test_a_text_whose_last_character_stands_on_the_side_of_its_cell_is_clipped() -> None:
    """A stop hangs out of a line, and a Latin word that nothing wraps runs out."""
    for text, clipped in (("一覧の３番", True), ("一覧です。", False), ("Wakamiya", False)):
        segmented = lay_out([[text]], ("original_text",), (len(text) + 1,))
        (part,) = segmented.tables[0].rows[0].fields[0].parts
        side = part.lines[0].x1 - 2.0
        cut = Field((replace(part, box=replace(part.box, x1=side)),))
        assert is_clipped(cut, text) is clipped
