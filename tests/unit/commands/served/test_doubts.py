"""Doubtful characters of scans: where they stand in the text, and where on the page."""

import pytest
from msgspec.structs import replace

from pipeline.commands.review.served.doubts import Doubt, find_doubts
from pipeline.model import Correction, Segmented, Table
from pipeline.normalize import RecordWriter
from tests.support.making import lay_out


@pytest.fixture
def scanned() -> Segmented:
    """A record of two lines in each of which a character is doubtful."""
    made = lay_out([["個人情報の保護に\n関する方針である。"]], ("comment",), (9.0,))
    (table,) = made.tables
    (row,) = table.rows
    (part,) = row.fields[0].parts
    lines = tuple(
        replace(
            line,
            confidences=tuple(0.5 if letter in "報針" else 0.999 for letter in line.text),
            alternatives=tuple("幸服" if letter in "報針" else "" for letter in line.text),
        )
        for line in part.lines
    )
    fields = (replace(row.fields[0], parts=(replace(part, lines=lines),)),)
    recognised: Table = replace(table, rows=(replace(row, fields=fields),))
    return replace(made, tables=(recognised,))


def doubts_of(segmented: Segmented) -> tuple[list[Doubt], str]:
    entry = RecordWriter(segmented).find_fields("made-t1-r1")["comment"]
    return find_doubts(entry, segmented.pages), entry.text.value


def test_each_doubtful_character_has_its_place(scanned: Segmented) -> None:
    doubts, text = doubts_of(scanned)
    assert [doubt.character for doubt in doubts] == ["報", "針"]
    assert [text[doubt.at] for doubt in doubts] == ["報", "針"]
    assert [doubt.alternatives for doubt in doubts] == ["幸服", "幸服"]
    assert [doubt.confidence for doubt in doubts] == [0.5, 0.5]
    page = scanned.pages[0].header
    for doubt, line in zip(doubts, scanned.tables[0].rows[0].fields[0].lines, strict=True):
        place = line.text.index(doubt.character)
        assert doubt.page == line.page
        assert doubt.x * page.width / 100 == pytest.approx(line.edges[place])
        assert doubt.width * page.width / 100 == pytest.approx(line.size)
        assert doubt.y * page.height / 100 == pytest.approx(line.top)


def test_characters_of_the_pdf_and_of_people_are_not_doubted(scanned: Segmented) -> None:
    entry = RecordWriter(scanned).find_fields("made-t1-r1")["comment"]
    right = Correction("made-t1-r1", "comment", entry.text.value, "x", "y", "z")
    assert find_doubts(replace(entry, correction=right), scanned.pages) == []
    typed = lay_out([["個人情報の保護に関する方針である。"]], ("comment",), (9.0,))
    assert doubts_of(typed)[0] == []
