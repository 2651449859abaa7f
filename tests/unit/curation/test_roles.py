"""`roles:` of an annex's file: what a person says of a header comes first."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from benchmarks.factory.scans import PRESETS, scan_pdf
from pipeline.curation.annex_spec import parse_annex_spec
from pipeline.model import ROLES
from tests.support.annex_folder import ODD, ODD_ROLES, ODD_TABLE, Folder, prose
from tests.support.annexes import (
    BUDGET,
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    ruled_table,
)
from tests.support.pdfs import FONT, Draw


def test_a_header_row_is_known_through_the_person_alone(folder: Folder) -> None:
    assert "no table" in folder.run("", ODD_TABLE)
    assert folder.records == []
    folder.run(ODD_ROLES, ODD_TABLE)
    assert folder.issues == []
    assert [(r["number"], r["comment"], r["response"]) for r in folder.records] == [FIRST, SECOND]
    assert [p["in_headers"] for p in folder.pages] == [sum(map(len, ODD))]


def test_the_person_comes_before_the_vocabulary(folder: Folder) -> None:
    """意見内容 is a comment by its word and 回答 a response: both are what the person says."""
    folder.run("roles: {意見内容: original_text, 回答: comment}")
    assert [(r["original_text"], r["comment"], r["response"]) for r in folder.records] == [
        (FIRST[1], FIRST[2], None),
        (SECOND[1], SECOND[2], None),
    ]


def test_a_role_that_was_given_is_taken_from_the_vocabularys_column(folder: Folder) -> None:
    folder.run("roles: {回答: comment}")
    assert [(r["comment"], r["extra"]) for r in folder.records] == [
        (FIRST[2], {"意見内容": FIRST[1]}),
        (SECOND[2], {"意見内容": SECOND[1]}),
    ]
    assert folder.codes == ["unknown_header"]


def test_extra_is_no_role_and_no_news(folder: Folder) -> None:
    rows = [(*HEADER[:2], "付記"), FIRST, SECOND]
    assert "unknown_header" not in folder.run("", ruled_table(*rows))
    assert folder.codes == ["unknown_header"]
    folder.run("roles: {付記: extra}", ruled_table(*rows))
    assert folder.issues == []
    assert [r["extra"] for r in folder.records] == [{"付記": FIRST[2]}, {"付記": SECOND[2]}]


def test_extra_takes_a_column_from_its_role(folder: Folder) -> None:
    folder.run("roles: {No: extra}")
    assert folder.issues == []
    assert [(r["number"], r["extra"]) for r in folder.records] == [
        (None, {"No": "1"}),
        (None, {"No": "2"}),
    ]


def test_an_empty_header_is_named_by_an_empty_text(folder: Folder) -> None:
    folder.run("roles: {'': response}", ruled_table((*HEADER[:2], ""), FIRST))
    assert folder.issues == []
    assert [r["response"] for r in folder.records] == [FIRST[2]]


def test_one_text_is_enough_where_a_person_says_it(folder: Folder) -> None:
    rows = [("受付日", "町民のつぶやき", "付記"), ("4/1", "遠い。", ""), ("4/2", "狭い。", "済")]
    folder.run("roles: {受付日: extra, 町民のつぶやき: comment}", ruled_table(*rows))
    assert [r["comment"] for r in folder.records] == ["遠い。", "狭い。"]


@pytest.mark.parametrize("header", ["ＮＯ．", "No .", "ｎｏ．", "'no.'"])
def test_headers_are_compared_without_white_space_and_width(header: str, folder: Folder) -> None:
    folder.run(f"roles: {{{header}: category}}", ruled_table(("No.", *HEADER[1:]), FIRST))
    assert [(r["number"], r["category"]) for r in folder.records] == [(None, "1")]


def test_a_header_that_reads_like_a_sentence(folder: Folder) -> None:
    asked = "どう思いますか。"
    rows = [("No", asked, "回答"), FIRST]
    folder.run("", ruled_table(*rows))
    assert folder.records == []
    folder.run(f"roles: {{{asked}: comment}}", ruled_table(*rows))
    assert [r["comment"] for r in folder.records] == [FIRST[1]]


def test_no_is_a_header_and_not_false(folder: Folder) -> None:
    folder.run("roles:\n  No: category\n")
    assert [r["category"] for r in folder.records] == ["1", "2"]


def test_a_role_holds_on_every_page(folder: Folder) -> None:
    pages = (ruled_table(ODD, FIRST), ruled_table(SECOND), ruled_table(ODD, THIRD))
    folder.run(f"{ODD_ROLES}\nrecords: [3]", *pages)
    assert comments_of(folder.out, "other") == [FIRST[1], SECOND[1], THIRD[1]]


def test_a_header_that_is_not_there(folder: Folder) -> None:
    assert folder.fail("roles: {意見欄: comment}", stage="segment") == (
        "roles: expected a column headed '意見欄' in a comment table, found 'No', '意見内容', "
        "'回答'; write the header as it is printed, or take it out"
    )


def test_a_header_where_there_is_no_comment_table(folder: Folder) -> None:
    message = folder.fail("roles: {意見欄: comment}", ruled_table(*BUDGET), stage="segment")
    assert "in a comment table, found '款', '使途', '金額'; write" in message
    message = folder.fail("roles: {意見欄: comment}", prose, stage="segment")
    assert "in a comment table, found none; write" in message


def test_a_header_of_a_table_with_too_few_roles(folder: Folder) -> None:
    message = folder.fail("roles: {使途: comment}", ruled_table(*BUDGET), stage="segment")
    assert message == (
        "roles: expected a column headed '使途' in a comment table, found it over a ruled table "
        "that is not one; name the roles of its other headers too"
    )
    folder.run("roles: {使途: comment, 款: number}", ruled_table(*BUDGET))
    assert [r["comment"] for r in folder.records] == [row[1] for row in BUDGET[1:]]


def test_a_header_written_twice(folder: Folder) -> None:
    message = folder.fail("roles: {意見内容: comment, 意見 内容: response}", stage="segment")
    assert message == ("roles: '意見内容' and '意見 内容' are the same header; remove one of them")


def test_two_headers_of_one_table_with_one_role(folder: Folder) -> None:
    message = folder.fail("roles: {意見内容: comment, 回答: comment}", stage="segment")
    assert message == (
        "roles: expected one comment a table, found '意見内容' and '回答' in table 1; "
        "give one of them another role, or extra"
    )


def test_two_tables_may_print_one_role_differently(folder: Folder) -> None:
    second = ruled_table(("番号", "住民の声", "回答"), FIRST, SECOND)
    folder.run("roles: {意見内容: comment, 住民の声: comment}", COMMENTS, second)
    assert [r["table_index"] for r in folder.records] == [1, 1, 2, 2]
    assert [r["comment"] for r in folder.records] == [FIRST[1], SECOND[1]] * 2


def test_messages_name_the_file_in_which_to_say_it(folder: Folder) -> None:
    folder.run("", ruled_table(*BUDGET))
    (none,) = folder.issues
    assert "say the roles of its headers in other.yml beside the PDF" in none["message"]
    folder.run("", ruled_table(*BUDGET), ruled_table((*HEADER[:2], "付記"), FIRST))
    left_out, unknown = folder.issues
    assert "say so in other.yml beside the PDF" in unknown["message"]
    assert "say the roles of its headers in the .yml beside the PDF" in left_out["message"]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_given(role: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_text(f"roles: {{備考: {role}}}", encoding="utf-8")
    known = parse_annex_spec(str(file), file.read_bytes(), "")
    assert known is not None
    assert known.roles == {"備考": role}


def levels_table(*rows: Sequence[str]) -> Draw:
    """As `ruled_table`, with horizontal rulings alone."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 10)
        for i in range(len(rows) + 1):
            sheet.line(50, 770 - i * 30, 545, 770 - i * 30)
        for i, row in enumerate(rows):
            for x, text in zip((54, 94, 324), row, strict=True):
                sheet.drawString(x, 770 - i * 30 - 18, text)

    return draw


def scanned(path: Path) -> None:
    """Replace a PDF by its scan."""
    path.write_bytes(scan_pdf(path.read_bytes(), replace(PRESETS["clean"], resolution=200), seed=1))


@pytest.mark.parametrize("layout", ["ruled", "without verticals", "scan"])
def test_a_role_counts_in_every_layout(layout: str, folder: Folder) -> None:
    draw = levels_table if layout == "without verticals" else ruled_table
    for said, texts in (("", []), (ODD_ROLES, [FIRST[1], SECOND[1]])):
        folder.write(said, draw(ODD, FIRST, SECOND))
        if layout == "scan":
            scanned(folder.pdf)
        assert besshi("run", folder.path / "in", "--out", folder.out).exit_code == 0
        assert [row["comment"] for row in folder.records] == texts
