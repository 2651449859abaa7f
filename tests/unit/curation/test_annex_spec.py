"""`<annex>.yml` beside a PDF: what a person knows is heeded, and what is wrong fails the annex."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from benchmarks.factory.scans import PRESETS, scan_pdf
from pipeline.curation.annex_spec import KEYS, parse_annex_spec
from pipeline.extract.ocr import dispatch as pictured
from pipeline.extract.pdf.page_content import Drawing
from pipeline.files import digest
from pipeline.files.parquet import read_rows
from pipeline.files.stage_json import read_stage
from pipeline.model import ROLES, Extracted
from tests.support.annexes import (
    BUDGET,
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    assert_whole,
    besshi,
    comments_of,
    files_of,
    issues_of,
    picture,
    ruled_table,
)
from tests.support.pdfs import FONT, OTA, Draw, MakePdf
from tests.unit.test_docs import DATA, section, table

ODD = ("連番", "住民の声", "所管の見立て")  # words that the vocabulary does not have
ODD_TABLE = ruled_table(ODD, FIRST, SECOND)
ODD_ROLES = "roles: {連番: number, 住民の声: comment, 所管の見立て: response}"


def prose(sheet: canvas.Canvas) -> None:
    sheet.drawString(50, 500, "担当 総務課")


class Folder:
    """A folder with the good annex, and another with a `.yml` beside it; what a run makes of it."""

    def __init__(self, make_pdf: MakePdf, path: Path) -> None:
        self.make_pdf, self.path = make_pdf, path
        self.out = path / "out"
        (path / "in").mkdir()
        make_pdf(COMMENTS, name="in/good.pdf")
        self.pdf = path / "in" / "other.pdf"
        self.yml = path / "in" / "other.yml"

    def write(self, said: str | bytes, *pages: Draw) -> None:
        self.make_pdf(*(pages or (COMMENTS,)), name="in/other.pdf")
        self.yml.write_bytes(said.encode() if isinstance(said, str) else said)

    def run(self, said: str, *pages: Draw) -> str:
        """What a run says that succeeds."""
        self.write(said, *pages)
        result = besshi("run", self.path / "in", "--out", self.out)
        assert result.exit_code == 0, result.stderr
        assert_whole(self.out, "good")
        assert all(row["unaccounted"] == 0 for row in self.pages)
        return result.stderr

    def fail(self, said: str | bytes, *pages: Draw, stage: str = "extract") -> str:
        """The message of a run in which the annex fails, at this stage, and no other does."""
        self.write(said, *pages)
        result = besshi("run", self.path / "in", "--out", self.out)
        assert result.exit_code == 4
        assert result.stderr.splitlines()[-1] == "besshi: not read: other; all others are done"
        (issue,) = [row for row in self.issues if row["level"] == "error"]
        code = {"extract": "bad_yml", "segment": "not_as_known"}[stage]
        assert (issue["stage"], issue["code"]) == (stage, code)
        assert f"besshi: error: {issue['message']}" in result.stderr.splitlines()
        assert files_of(self.out, "other") == []
        assert issues_of(self.out, "good") == []
        assert_whole(self.out, "good")
        file, message = issue["message"].split(": ", 1)
        assert file == str(self.yml)
        return str(message)

    @property
    def issues(self) -> list[dict[str, Any]]:
        return issues_of(self.out, "other")

    @property
    def records(self) -> list[dict[str, Any]]:
        return read_rows(self.out / "records" / "other.parquet")

    @property
    def pages(self) -> list[dict[str, Any]]:
        return read_rows(self.out / "pages" / "other.parquet")

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.issues]


@pytest.fixture
def folder(make_pdf: MakePdf, tmp_path: Path) -> Folder:
    return Folder(make_pdf, tmp_path)


# ---------------------------------------------------------------- what is wrong in the file


@pytest.mark.parametrize(
    ("said", "expected", "found", "advice"),
    [
        ("rolls: {}", "the key 'rolls' is unknown", "title, publisher, source", "write roles"),
        ("Pages: 1", "the key 'Pages' is unknown", "", "write pages"),
        ("licence: MIT", "the key 'licence' is unknown", "", "take it out"),
        ("<<: {title: a}", "the key '<<' is unknown", "", "take it out"),
        ("title: [a, b]", "title: expected a text", "found ['a', 'b']", "correct it"),
        ("retrieved: 昨日", "retrieved: expected a date", "found '昨日'", "correct it"),
        ("retrieved: 2026-13-01", "expected a date", "found '2026-13-01'", "correct it"),
        ("sha256: 39e8a3", "sha256: expected 64 hexadecimal digits", "found '39e8a3'", "correct"),
        ("roles: comment", "roles: expected lines of", "found 'comment'", "correct it"),
        ("roles: {回答: answer}", "number, category, ", "found 'answer' for '回答'", "correct it"),
        ("roles: {回答: }", "number, category, ", "found None for '回答'", "correct it"),
        ("roles: {回答: [comment]}", "response", "found ['comment'] for '回答'", "correct it"),
        ("pages: all", "pages: expected pages such as 2-5, 8", "found 'all'", "correct it"),
        ("pages: 0", "pages: expected pages", "found '0'", "correct it"),
        ("pages: 5-2", "pages: expected pages", "found '5-2'", "correct it"),
        ("pages: []", "pages: expected pages", "found []", "correct it"),
        ("pages: {first: 1}", "pages: expected pages", "found {'first': '1'}", "correct it"),
        ("pages: 1-99999999", "pages: expected pages", "found '1-99999999'", "correct it"),
        ("records: many", "records: expected the number", "found 'many'", "correct it"),
        ("records: -1", "records: expected the number", "found '-1'", "correct it"),
        ("records: 2.5", "records: expected the number", "found '2.5'", "correct it"),
        ("records: [2, x]", "with that of each table", "found ['2', 'x']", "correct it"),
        ("- title", "expected lines of `key: value`", "found ['title']", "see docs/data.md"),
        ("title: a: b", "is no YAML", "(line 1: mapping values", "correct it there"),
        ("title: a\n\tnote: b", "is no YAML", "(line 2: ", "correct it there"),
        ("pages: 1\npages: 2", "is no YAML", "the key 'pages' stands here again", "correct it"),
        ("? [a]\n: b", "is no YAML", "(line 1: a key is no text)", "correct it there"),
        ("note: !!python/name:os.system x", "is no YAML", "python/name:os.system", "correct it"),
        ("note: \x00", "is no YAML", "#x0000", "correct it there"),
        ("title: 別紙".encode("cp932"), "is not UTF-8", "", "save it in that encoding"),
    ],
)
def test_what_is_wrong_in_the_file_fails_its_annex(
    said: str | bytes, expected: str, found: str, advice: str, folder: Folder
) -> None:
    message = folder.fail(said)
    assert expected in message
    assert found in message
    assert advice in message


def test_a_page_that_the_pdf_does_not_have(folder: Folder) -> None:
    assert folder.fail("pages: 2-4", COMMENTS, prose) == (
        "pages: expected page 3, the PDF has 2 pages; correct the pages"
    )


def test_a_file_about_another_pdf(folder: Folder) -> None:
    other = hashlib.sha256(b"another").hexdigest()
    message = folder.fail(f"sha256: {other}")
    found = hashlib.sha256(folder.pdf.read_bytes()).hexdigest()
    assert message.startswith(f"sha256: expected {other}, the PDF's is {found}; get the PDF ")


def test_a_file_that_the_system_refuses(folder: Folder) -> None:
    folder.write("")
    folder.yml.unlink()
    folder.yml.mkdir()
    result = besshi("run", folder.path / "in", "--out", folder.out)
    assert result.exit_code == 4
    assert f"{folder.yml}: is a folder; put the file itself there" in result.stderr
    assert_whole(folder.out, "good")


def test_what_was_wrong_is_forgotten_when_it_is_mended(folder: Folder) -> None:
    folder.fail("page: 1")
    folder.run("pages: 1")
    assert folder.issues == []
    assert_whole(folder.out, "other")


def test_a_pdf_that_cannot_be_read_is_named_itself(folder: Folder) -> None:
    folder.write("title: 別紙")
    folder.pdf.write_bytes(b"no PDF")
    result = besshi("run", folder.path / "in", "--out", folder.out)
    assert result.exit_code == 4
    assert f"besshi: error: {folder.pdf}: is no PDF" in result.stderr


# ---------------------------------------------------------------- where the PDF is from


def test_provenance_alone_changes_nothing(folder: Folder) -> None:
    folder.write("")
    digest = hashlib.sha256(folder.pdf.read_bytes()).hexdigest()
    folder.yml.unlink()
    pdf, out = folder.pdf, folder.out
    assert besshi("extract", pdf, "--out", out / "1").exit_code == 0
    folder.yml.write_text(
        "title: 意見の聴取結果について\npublisher: 大田区\nsource: https://example.jp/a.pdf\n"
        "retrieved: 2026-11  # the day was not recorded\ntypeset: null\n"
        f"sha256: {digest.upper()}\nnote: >-\n  two\n  lines\nroles:\npages:\nrecords:\n",
        encoding="utf-8-sig",
    )
    assert besshi("extract", pdf, "--out", out / "2").exit_code == 0
    assert (out / "1" / "other.json").read_bytes() == (out / "2" / "other.json").read_bytes()


def test_an_empty_file_is_none(folder: Folder) -> None:
    folder.run("")
    folder.run("# nothing yet\n")
    assert_whole(folder.out, "other")


def test_the_files_of_the_archive_are_right() -> None:
    files = sorted(OTA.parent.glob("*.yml"))
    assert files
    for file in files:
        parse_annex_spec(
            str(file), file.read_bytes(), digest(file.with_suffix(".pdf").read_bytes())
        )


def test_every_key_is_documented() -> None:
    rows = table(section(DATA, "`raw_pdfs/<annex>.yml`"), "key")
    assert tuple(key for key, _ in rows) == KEYS


# ---------------------------------------------------------------- roles


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
    rows = [("受付日", "住民の声", "付記"), ("4/1", "遠い。", ""), ("4/2", "狭い。", "済")]
    folder.run("roles: {受付日: extra, 住民の声: comment}", ruled_table(*rows))
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


# ---------------------------------------------------------------- pages


def test_tables_are_read_on_the_pages_alone(folder: Folder) -> None:
    pages = (ruled_table(HEADER, FIRST), ruled_table(HEADER, THIRD), ruled_table(SECOND))
    folder.run("pages: 1, 3", *pages)
    assert comments_of(folder.out, "other") == [FIRST[1], SECOND[1]]
    left_out = folder.pages[1]
    assert left_out["glyphs"] == left_out["in_furniture"] > 0
    assert [row["tables"] for row in folder.pages] == [1, 0, 1]


@pytest.mark.parametrize("said", ["2", "[2]", "2-2", "'２'", "[2-3]", "2 - 3", "2、3"])
def test_pages_are_written_in_many_ways(said: str, folder: Folder) -> None:
    pages = (ruled_table(HEADER, FIRST), ruled_table(HEADER, THIRD), prose)
    folder.run(f"pages: {said}", *pages)
    assert comments_of(folder.out, "other") == [THIRD[1]]


def test_a_page_that_is_left_out_names_no_table(folder: Folder) -> None:
    def cover(sheet: canvas.Canvas) -> None:
        sheet.setFont(FONT, 20)
        sheet.drawString(50, 400, "送付状")

    folder.run("", cover, COMMENTS)
    assert {r["title"] for r in folder.records} == {"送付状"}
    folder.run("pages: 2", cover, COMMENTS)
    assert {r["title"] for r in folder.records} == {None}


def test_nobody_has_to_look_at_a_page_that_is_left_out(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictured, "is_installed", lambda: False)
    folder.run("", picture, ruled_table(*BUDGET), COMMENTS)
    assert folder.codes == ["page_without_text", "not_a_comment_table"]
    folder.run("pages: 3", picture, ruled_table(*BUDGET), COMMENTS)
    assert folder.issues == []
    assert len(folder.pages) == 3


def test_every_glyph_of_the_mission_is_accounted_for_without_half_its_pages(
    folder: Folder,
) -> None:
    folder.write("pages: 1-3, 7, 9")
    folder.pdf.write_bytes(OTA.read_bytes())
    assert besshi("run", folder.pdf, "--out", folder.out).exit_code == 0
    whole = read_rows(folder.out / "pages" / "other.parquet")
    assert [row["page"] for row in whole if not row["in_records"]] == [4, 5, 6, 8, 10]
    assert sum(row["unaccounted"] for row in whole) == 0
    folder.yml.unlink()
    assert besshi("run", folder.pdf, "--out", folder.out).exit_code == 0
    glyphs = [row["glyphs"] for row in folder.pages]
    assert [row["glyphs"] for row in whole] == glyphs


# ---------------------------------------------------------------- records

TWO_TABLES = (COMMENTS, ruled_table(("番号", "ご意見", "区の見解"), FIRST, SECOND, THIRD))


@pytest.mark.parametrize("said", ["5", "[2, 3]", "2, 3", "[2,３]"])
def test_numbers_of_records_that_are_right(said: str, folder: Folder) -> None:
    folder.run(f"records: {said}", *TWO_TABLES)
    assert len(folder.records) == 5


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("6", "records: expected 6 in all, found 5 (table by table: 2, 3)"),
        ("[5]", "records: expected 5 table by table, found 2, 3"),
        ("[3, 2]", "records: expected 3, 2 table by table, found 2, 3"),
        ("[2, 3, 1]", "records: expected 2, 3, 1 table by table, found 2, 3"),
    ],
)
def test_numbers_of_records_that_are_not(said: str, message: str, folder: Folder) -> None:
    found = folder.fail(f"records: {said}", *TWO_TABLES, stage="segment")
    assert found.startswith(f"{message}; look on the pages for rows that are missing")


def test_no_records_are_a_number_too(folder: Folder) -> None:
    folder.run("records: 0", prose)
    assert folder.codes == ["no_comment_table"]
    folder.run("records: []", prose)
    assert folder.codes == ["no_comment_table"]
    message = folder.fail("records: 2", prose, stage="segment")
    assert message.startswith("records: expected 2 in all, found 0 (table by table: no table)")


def test_a_row_that_is_missing_is_shown_beside_the_number(folder: Folder) -> None:
    """The warnings of an annex whose numbers differ say where to look."""
    folder.fail("records: 3", ruled_table(HEADER, FIRST, THIRD), stage="segment")
    assert folder.codes == ["number_gap", "not_as_known"]


def test_only_pages_that_are_read_count(folder: Folder) -> None:
    folder.run("pages: 2\nrecords: [3]", *TWO_TABLES)
    assert len(folder.records) == 3


# ---------------------------------------------------------------- stages


def test_segment_needs_the_stage_file_only(folder: Folder) -> None:
    folder.write(f"{ODD_ROLES}\npages: 2\nrecords: 2", prose, ODD_TABLE)
    one, two, out = (folder.path / name for name in ("1", "2", "3"))
    assert besshi("extract", folder.pdf, "--out", one).exit_code == 0
    known = read_stage(one / "other.json", Extracted).header.spec
    assert known is not None
    assert (known.pages, known.records) == ((2,), 2)
    assert list(known.roles) == list(ODD)
    folder.yml.unlink()
    folder.pdf.unlink()
    assert besshi("segment", one, "--out", two).exit_code == 0
    assert besshi("normalize", two, "--out", out).exit_code == 0
    assert comments_of(out, "other") == [FIRST[1], SECOND[1]]


def test_each_stage_says_what_it_finds(folder: Folder) -> None:
    folder.write("records: 3")
    one, two, out = (folder.path / name for name in ("1", "2", "3"))
    assert besshi("extract", folder.path / "in", "--out", one).exit_code == 0
    result = besshi("segment", one, "--out", two)
    assert result.exit_code == 4
    assert f"besshi: error: {folder.yml}: records: expected 3 in all" in result.stderr
    result = besshi("normalize", two, "--out", out, "--keep-going")
    assert result.exit_code == 0
    assert [row["code"] for row in issues_of(out, "other")] == ["not_as_known"]
    assert files_of(out, "other") == []
    assert_whole(out, "good")


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


# ---------------------------------------------------------------- what is said comes first


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


def test_a_page_that_is_left_out_is_not_recognised(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recognising a page takes ten seconds."""
    asked: list[int] = []

    class Reader:
        def __init__(self, _: bytes) -> None: ...

        def read(self, drawing: Drawing, _: str) -> Drawing:
            asked.append(drawing.number)
            return drawing

        def uncovered_ink(self, _: Drawing) -> float:
            return 1.0

        def close(self) -> None: ...

    monkeypatch.setattr(pictured, "_open", Reader)
    folder.run("pages: 2-3", picture, COMMENTS, picture)
    assert asked == [3]
