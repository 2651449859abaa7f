"""Cells of labels that are merged over rows which only stripes part."""

from pipeline.extract.tables.borderless.gutters import Gutter
from pipeline.extract.tables.borderless.inferred_rulings import infer_rulings
from pipeline.extract.tables.borderless.merged_labels import find_label_levels
from pipeline.extract.tables.borderless.regions import Columns, Region
from pipeline.extract.tables.borderless.words import TextLine, Word
from pipeline.extract.tables.rulings import Segment
from pipeline.model import Box
from pipeline.vocabulary.header_roles import VOCABULARY_ROLES

SIZE = 10.0


def text_line(top: float, *words: tuple[str, float]) -> TextLine:
    own = tuple(Word(t, Box(x, top, x + SIZE * len(t), top + SIZE)) for t, x in words)
    return TextLine(own, tuple((w.box.x0, w.box.x1) for w in own), top, top + SIZE)


def test_a_ruling_inside_the_header_ends_no_label() -> None:
    """Below the header nothing is drawn: 該当箇所 over 頁 | 章, and 総務課 beside two rows."""
    body = (
        text_line(100, ("この案に賛成です", 110), ("直します", 310)),
        text_line(115, ("総務課", 10)),
        text_line(130, ("この案に反対です", 110), ("直しません", 310)),
        text_line(200, ("道路課", 10), ("歩道がせまい", 110), ("広げます", 310)),
    )
    columns = Columns((0, 100, 300, 500), tuple[Gutter, ...]())
    region = Region(columns, (50.0, 90.0), (text_line(70, ("部署", 10), ("意見", 110)),), body)
    whole = [Segment(y, 0, 500) for y in (50.0, 90.0)]
    partial = [Segment(75.0, 100, 500)]
    assert not list(find_label_levels(region, partial, whole, SIZE, VOCABULARY_ROLES))


def test_rulings_show_where_a_merged_label_ends_between_a_number_and_texts_that_they_part() -> None:
    """Each number begins a row, as the first label does, but 総務課 is merged over two rows."""
    body = (
        text_line(100, ("1", 10), ("総務課", 60), ("賛成です", 160)),
        text_line(130, ("2", 10), ("反対です", 160)),
        text_line(160, ("3", 10), ("道路課", 60), ("せまいです", 160)),
    )
    columns = Columns((0, 50, 150, 500), tuple[Gutter, ...]())
    region = Region(columns, (50.0, 90.0), (), body)
    whole = [Segment(y, 0, 500) for y in (50.0, 90.0, 155.0, 180.0)]
    texts = [Segment(125.0, 150, 500)]
    numbers = [Segment(125.0, 0, 50)]
    assert list(find_label_levels(region, texts, whole, SIZE, VOCABULARY_ROLES))
    assert not list(find_label_levels(region, [*texts, *numbers], whole, SIZE, VOCABULARY_ROLES))


def test_a_heading_alone_between_two_rulings_is_no_label() -> None:
    """その他 heads the rows below it, which one label in their middle is merged over."""
    body = (
        text_line(56, ("その他", 10)),
        text_line(80, ("賛成です", 110), ("直します", 310)),
        text_line(130, ("反対です", 110), ("直しません", 310)),
        text_line(152, ("水道の普及", 10)),
        text_line(180, ("せまいです", 110), ("広げます", 310)),
        text_line(220, ("古いです", 110), ("直します", 310)),
    )
    columns = Columns((0, 100, 300, 500), tuple[Gutter, ...]())
    region = Region(columns, (50.0, 70.0, 240.0), (), body)
    whole = [Segment(y, 0, 500) for y in (50.0, 70.0, 240.0)]
    partial = [Segment(y, 100, 500) for y in (110.0, 150.0, 200.0)]
    assert not list(find_label_levels(region, partial, whole, SIZE, VOCABULARY_ROLES))


def test_a_ruling_below_the_last_text_closes_cells_beside_a_merged_label() -> None:
    """The page's end cuts the label 総務課, whose first row ends there."""
    body = (
        text_line(100, ("総務課", 10), ("賛成です", 110), ("直します", 310)),
        text_line(115, ("歩道がせまい", 110)),
    )
    columns = Columns((0, 100, 300, 500), tuple[Gutter, ...]())
    region = Region(columns, (70.0, 90.0), (text_line(75, ("部署", 10), ("意見", 110)),), body)
    whole = [Segment(y, 0, 500) for y in (70.0, 90.0)]
    found = infer_rulings(region, [*whole, Segment(128.0, 103, 500)], SIZE, VOCABULARY_ROLES)
    assert found.horizontal[-1] == Segment(128.0, 103, 500)
    assert {line.end for line in found.vertical} == {90.0, 128.0}
    found = infer_rulings(region, [*whole, Segment(150.0, 103, 500)], SIZE, VOCABULARY_ROLES)
    assert found.horizontal[-1].position == 90.0
