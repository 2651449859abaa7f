"""Headings of words alone: how they are set tells their levels."""

import pytest

from pipeline.segment.headings.section_levels import Look, SectionLevels

CHAPTER = Look(72, 132, 12)
INDENTED = Look(96, 156, 12)
SMALLER = Look(72, 122, 10)
WITH_ONE_MIDDLE = Look(66, 138, 12)


@pytest.mark.parametrize(
    ("look", "path"),
    [
        (CHAPTER, ("緑化",)),
        (WITH_ONE_MIDDLE, ("緑化",)),
        (INDENTED, ("防災", "緑化")),
        (SMALLER, ("防災", "緑化")),
    ],
)
def test_a_heading_set_in_or_smaller_stands_below(look: Look, path: tuple[str, ...]) -> None:
    levels = SectionLevels()
    levels.add("防災", CHAPTER)
    levels.add_record()
    levels.add("緑化", look)
    assert levels.path == path


def test_headings_of_two_scanned_pages_differ_in_size_by_a_pixel() -> None:
    """Those of the second page stood below the last one of the first."""
    levels = SectionLevels()
    for text, size in (("福祉", 8.1356), ("環境", 7.7288), ("防災", 7.7288 * 16 / 17)):
        levels.add(text, Look(32, 72, size))
        levels.add_record()
    assert levels.path == ("防災",)


def test_a_heading_set_out_closes_the_one_above_it() -> None:
    levels = SectionLevels()
    for text, look in (("避難所", INDENTED), ("緑化", CHAPTER)):
        levels.add(text, look)
    assert levels.path == ("緑化",)


def test_a_heading_that_the_next_page_prints_again_in_another_width_is_open() -> None:
    """A scan is read page by page: its digits may be wide on one page and not on the next."""
    levels = SectionLevels()
    for text in ("Ⅱ 窓口サービス（11 件）", "Ⅱ 窓口サービス（１１件）（続き）"):
        levels.add(text, CHAPTER)
        levels.add_record()
    assert levels.path == ("Ⅱ 窓口サービス（11 件）",)


def test_a_heading_with_the_words_of_the_one_above_it_is_another_one() -> None:
    levels = SectionLevels()
    for text, look in (("1 公園", CHAPTER), ("①公園", INDENTED)):
        levels.add(text, look)
    assert levels.path == ("1 公園", "①公園")


def test_a_kind_that_first_stands_right_below_another_is_inside_it() -> None:
    """By the usual order 第１節 stands over Ⅰ, which would then head nothing."""
    levels = SectionLevels()
    for text in ("Ⅰ　総論", "第１節　目的"):
        levels.add(text, CHAPTER)
    levels.add_record()
    assert levels.path == ("Ⅰ　総論", "第１節　目的")
    for text in ("Ⅱ　各論", "第１節　公園"):
        levels.add(text, CHAPTER)
    assert levels.path == ("Ⅱ　各論", "第１節　公園")


def test_a_number_says_of_which_heading_one_is_a_part() -> None:
    levels = SectionLevels()
    for text in ("１　全般", "２－４　届出", "２－５　公表", "３　その他", "３－１　附則"):
        levels.add(text, CHAPTER)
        levels.add_record()
        found = levels.path
    assert found == ("３　その他", "３－１　附則")
    levels.add("４－１　別表", CHAPTER)
    assert levels.path == ("４－１　別表",)
