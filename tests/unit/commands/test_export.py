"""Exports hold every text to the letter, and nothing in them is calculated or cut in silence."""

import csv
import hashlib
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.commands.export.comments import split_items
from pipeline.commands.export.sheets import CELL, SheetNames, row_height, utf16_length
from pipeline.commands.marked_text import Piece
from pipeline.files.parquet import read_rows
from pipeline.files.parquet.meanings import read_meanings
from pipeline.model import (
    ROLES,
    AnnexHeader,
    FieldBox,
    FieldMark,
    MarkKind,
    Normalized,
    Record,
    RedlineRun,
)
from tests.support.annexes import COMMENTS, besshi, record
from tests.support.pdfs import OTA, MakePdf
from tests.support.reviewing import write_files

ACTIVE = ("=1+1", "=\n1", '=HYPERLINK("x")', "+81", "-5", "@SUM(A1)", "\t=1", "＝1", "\u3000＋1")
PLAIN = ("-", "007", "1-2", "1e5", "TRUE", "#N/A", "<r>x</r>", "_x0041_", " 前後 ", "'x", "𠮷")


def made(row: int, annex: str = "a", **fields: object) -> Record:
    values = {"annex": annex, "record_id": f"{annex}-t1-r{row}", "row_index": row}
    return replace(record(**{**values, **fields}))


def write_records(folder: Path, *records: Record) -> Path:
    annexes = dict.fromkeys(one.annex for one in records)
    for annex in annexes:
        own = [one for one in records if one.annex == annex]
        write_files(Normalized(AnnexHeader(annex, "0" * 64), records=own), folder)
    return folder


def export_workbook(run: Path, out: Path, *options: str) -> Workbook:
    result = besshi("export", "--to", "xlsx", run, "--out", out, *options)
    assert (result.exit_code, result.stdout) == (0, f"{out}\n")
    return load_workbook(out, rich_text=True)


def column(sheet: Worksheet, name: str) -> list[object]:
    (at,) = (i for i, cell in enumerate(sheet[1], start=1) if str(cell.value) == name)
    return [sheet.cell(down, at).value for down in range(2, sheet.max_row + 1)]


@pytest.fixture(scope="session")
def ota_full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, as `run` writes it."""
    folder = tmp_path_factory.mktemp("full")
    assert besshi("run", OTA, "--out", folder).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def ota_run(ota_normalized: Normalized, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_files(ota_normalized, folder)
    return folder


# --- a workbook


def test_headers_are_printed_ones_in_japanese(ota_run: Path, tmp_path: Path) -> None:
    book = export_workbook(ota_run, tmp_path / "x.xlsx", "--labels", "ja")
    (row, *_) = read_rows(ota_run / "records" / "ota_annex.parquet")
    labels = [cell.value for cell in book["ota_annex t1"][1]]
    assert labels[: len(row["headers"])][0] == row["headers"]["number"]
    assert {row["headers"]["comment"], "見え消し", "確信度"} <= set(labels)
    assert "comment" not in labels
    assert [cell.value for cell in book["besshi"][1]][:3] == ["シート", "別紙", "表"]


def test_a_wide_table_prints_on_a3_without_what_is_technical(ota_run: Path, tmp_path: Path) -> None:
    book = export_workbook(ota_run, tmp_path / "x.xlsx")
    sheet = book["ota_annex t1"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    last = sheet.print_area.rpartition("$")[0].rpartition("$")[2]
    assert sheet[f"{last}1"].value in ROLES
    assert book["besshi"].page_setup.paperSize == 9


def test_every_record_of_every_table(ota_run: Path, tmp_path: Path) -> None:
    book = export_workbook(ota_run, tmp_path / "x.xlsx")
    rows = read_rows(ota_run / "records" / "ota_annex.parquet")
    tables = sorted({row["table_index"] for row in rows})
    assert book.sheetnames == ["besshi", *(f"ota_annex t{table}" for table in tables)]
    for table in tables:
        sheet = book[f"ota_annex t{table}"]
        own = [row for row in rows if row["table_index"] == table]
        for role in ROLES:
            if own[0][role] is not None:
                assert [value or "" for value in column(sheet, role)] == [row[role] for row in own]
        assert column(sheet, "confidence") == [row["confidence"] for row in own]
        assert column(sheet, "record_id") == [row["record_id"] for row in own]
        assert column(sheet, "page_first") == [row["page_first"] for row in own]


def test_a_redline_is_coloured(ota_run: Path, tmp_path: Path) -> None:
    book = export_workbook(ota_run, tmp_path / "x.xlsx")
    sheet = book["ota_annex t1"]
    rows = read_rows(ota_run / "records" / "ota_annex.parquet")
    seen = 0
    for row, cell in zip(rows, column(sheet, "redline"), strict=False):
        if row["revision_kind"] in ("none", "note"):
            assert cell is None
            continue
        assert isinstance(cell, CellRichText)
        blocks = [(str(part), part.font) for part in cell if isinstance(part, TextBlock)]
        for run, (text, font) in zip(row["redline"], blocks, strict=True):
            assert text == run["text"]
            assert bool(font.strike) == (run["op"] == "delete")
            assert bool(font.u) == (run["op"] == "insert")
            assert (font.color.type == "rgb") == (run["op"] != "equal")
        seen += 1
    assert seen > 20


def test_marks_are_shown_in_texts_and_in_the_redline(tmp_path: Path) -> None:
    runs = [RedlineRun("delete", "旧い"), RedlineRun("insert", "新しい"), RedlineRun("equal", "文")]
    marks = [
        FieldMark("revision", 0, 3, MarkKind.STRIKE),
        FieldMark("revision", 3, 4, MarkKind.EMPHASIS),
    ]
    one = made(
        1, original_text="旧い文", revision="新しい文", redline=runs, revision_kind="modified",
        marks=marks, section=["第１章"],
    )  # fmt: skip
    book = export_workbook(write_records(tmp_path, one), tmp_path / "x.xlsx")
    (text,) = column(book["a"], "revision")
    (redline,) = column(book["a"], "redline")
    assert isinstance(text, CellRichText)
    assert isinstance(redline, CellRichText)
    looks = [(str(p), bool(p.font.strike), bool(p.font.b)) for p in text]
    assert looks == [("新しい", True, False), ("文", False, True)]
    looks = [(str(p), bool(p.font.strike), bool(p.font.b)) for p in redline]
    assert looks == [("旧い", True, False), ("新しい", True, False), ("文", False, True)]
    assert column(book["a"], "original_text") == ["旧い文"]
    assert column(book["a"], "section") == ["第１章"]


def test_it_is_filterable_frozen_wrapped_and_high_enough(ota_run: Path, tmp_path: Path) -> None:
    book = export_workbook(ota_run, tmp_path / "x.xlsx")
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).coordinate[:-1]}" + (
            str(sheet.max_row)
        )
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet for cell in row)
        for down in range(2, sheet.max_row + 1):
            breaks = max(str(cell.value).count("\n") for cell in sheet[down])
            assert sheet.row_dimensions[down].height >= min(409, 14 * (breaks + 1))


def test_texts_stay_texts(tmp_path: Path) -> None:
    texts = [*ACTIVE, *PLAIN]
    records = [made(i, number=text, extra={text: text}) for i, text in enumerate(texts, start=1)]
    book = export_workbook(write_records(tmp_path / "run", *records), tmp_path / "x.xlsx")
    assert [str(value) for value in column(book["a"], "number")] == texts
    for row in book["a"].iter_rows(min_row=2, max_col=1):
        assert row[0].data_type == "s"  # no formula, number, truth value or error
    for text in texts:
        assert text in map(str, column(book["a"], text))


@settings(deadline=None, max_examples=50)  # each writes and reads a workbook
@given(st.lists(st.sampled_from(["甲", "乙\n", "=<b>&", " ", "_x0041_", "\x0b"]), max_size=5))
def test_any_redline_is_whole(texts: list[str]) -> None:
    ops = ("delete", "insert", "equal")
    runs = [RedlineRun(ops[i % 3], text) for i, text in enumerate(texts)]
    with TemporaryDirectory() as name:
        one = made(1, original_text="", revision="", redline=runs, revision_kind="modified")
        book = export_workbook(write_records(Path(name), one), Path(name) / "x.xlsx")
        (found,) = column(book["a"], "redline")
    spelt = str(found or "")
    for mark in ("[-", "-]", "{+", "+}"):
        spelt = spelt.replace(mark, "")
    # openpyxl leaves a control character as the file spells it; Excel does not.
    assert spelt == "".join(texts).replace("\x0b", "_x000B_")


def test_a_text_beyond_a_cell_is_cut_and_said(tmp_path: Path) -> None:
    fits, long = "𠮷" * (CELL // 2), "𠮷" * (CELL // 2) + "あい"
    runs = [RedlineRun("delete", long), RedlineRun("insert", "い")]
    records = [
        made(1, comment=fits),
        made(2, comment=long, original_text=long, revision="い", redline=runs),
    ]
    run = write_records(tmp_path / "run", *records)
    result = besshi("export", "--to", "xlsx", run, "--out", tmp_path / "x.xlsx")
    assert result.exit_code == 0
    said = [line for line in result.stderr.splitlines() if "do not fit into a cell" in line]
    assert len(said) == 3
    assert said[0].startswith(f"besshi: warning: a-t1-r2, original_text: {CELL + 1} characters")
    sheet = load_workbook(tmp_path / "x.xlsx")["a"]
    whole, cut = column(sheet, "comment")
    assert whole == fits
    assert str(cut).endswith("…[cut: the cell's limit]")
    assert utf16_length(str(cut)) in (CELL - 1, CELL)
    assert str(cut)[:1000] == long[:1000]


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("あa[]:*?/\\'𠮷."), max_size=40)
        | st.sampled_from(["History", "BESSHI", "x" * 40]),
        max_size=12,
    ),
    st.sampled_from(["", " t12"]),
)
def test_names_of_sheets_are_valid_and_differ(wanted: list[str], ending: str) -> None:
    names = SheetNames("besshi")
    taken = [names.take(name, ending) for name in wanted]
    assert len({name.casefold() for name in taken} | {"besshi", "history"}) == len(taken) + 2
    for name in taken:
        assert 1 <= utf16_length(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")


def test_the_list_leads_to_each_table(ota_run: Path, tmp_path: Path) -> None:
    listed = export_workbook(ota_run, tmp_path / "x.xlsx")["besshi"]
    assert [cell.hyperlink.location for cell in listed["A"][1:]] == [
        f"'ota_annex t{table}'!A1" for table in range(1, 5)
    ]
    assert sum(cell.value for cell in listed["F"][1:]) == 51


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    one = row_height([("あ" * 10, 30.0), (1, 10.0)])
    assert row_height([("あ" * 14 * 3, 30.0)]) == row_height([("あ\nい\nう", 30.0)]) > one
    assert row_height([([Piece("あ\n" * 999)], 30.0)]) == 409


def test_the_same_records_give_the_same_bytes(ota_run: Path, tmp_path: Path) -> None:
    digests = set()
    for name in ("1.xlsx", "2.xlsx"):
        export_workbook(ota_run, tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    with ZipFile(tmp_path / "1.xlsx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


# --- lines


def read_csv(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_every_record(ota_run: Path) -> None:
    result = besshi("export", "--to", "csv", ota_run)
    assert result.exit_code == 0
    rows = read_rows(ota_run / "records" / "ota_annex.parquet")
    for found, row in zip(read_csv(result.stdout_bytes), rows, strict=True):
        for role in ROLES:
            assert found[role] == (row[role] or "")
        runs = [f"[-{r['text']}-]" for r in row["redline"] if r["op"] == "delete"]
        assert all(run in found["redline"] for run in runs)
        assert found["location"] == " › ".join(row["location"])
        assert float(found["confidence"]) == row["confidence"]


def test_headers_of_a_csv_in_japanese(ota_run: Path) -> None:
    result = besshi("export", "--to", "csv", ota_run, "--labels", "ja")
    (first, *_) = read_csv(result.stdout_bytes)
    rows = read_rows(ota_run / "records" / "ota_annex.parquet")
    headers = {row["headers"]["comment"] for row in rows}
    assert first[headers.pop() if len(headers) == 1 else "意見"] == rows[0]["comment"]
    assert first["レコードID"] == rows[0]["record_id"]


def test_no_cell_of_a_csv_is_calculated(tmp_path: Path) -> None:
    texts = [*ACTIVE, *PLAIN]
    records = [made(i, comment=text, extra={"=x": text}) for i, text in enumerate(texts, start=1)]
    run, out = write_records(tmp_path / "run", *records), tmp_path / "x.csv"
    result = besshi("export", "--to", "csv", run, "--out", out)
    assert result.stdout == f"{out}\n"
    assert result.stderr.startswith(f"besshi: warning: {2 * len(ACTIVE)} cells begin like formulas")
    found = read_csv(out.read_bytes())
    assert [row["comment"] for row in found] == [*(f"'{text}" for text in ACTIVE), *PLAIN]
    assert [row["extra: =x"] for row in found] == [row["comment"] for row in found]


def test_jsonl_is_all_there_is(tmp_path: Path) -> None:
    records = [
        made(1, comment="一\n二\u2028三\x85\v=1", extra={"": "x", "備考": ""}, flags=["clipped"]),
        made(1, annex="b", redline=[RedlineRun("insert", "乙")], location=["Ⅲ"], confidence=0.25),
    ]
    run = write_records(tmp_path, *records)
    result = besshi("export", "--to", "jsonl", run)
    lines = result.stdout_bytes.decode().splitlines()
    assert [json.loads(line) for line in lines] == to_builtins(records)
    chosen = besshi("export", "--to", "jsonl", run, "--annex", "b")
    assert chosen.stdout_bytes.decode().splitlines() == lines[1:]


# --- comments


def read_comments(run: Path, *options: object) -> list[dict[str, str]]:
    result = besshi("export", "--to", "comments", run, *options)
    assert result.exit_code == 0, result.stderr
    assert not result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_a_row_for_each_comment(tmp_path: Path) -> None:
    shared = [FieldBox("comment", 1, 0, 0, 9, 9)]
    records = [
        made(1, comment="道が狭い。", section=["第１章", "１"], submitter="市民", disposition="◎"),
        made(2, comment="-"),
        made(3, comment=None),
        made(4, comment="暗い。\n危ない。", boxes=shared, response="甲"),
        made(5, comment="暗い。\n危ない。", boxes=shared, response="乙"),
        made(6, comment="暗い。\n危ない。"),  # somebody else says the same
        made(1, annex="b", comment="=1+1"),
    ]
    run = write_records(tmp_path, *records)
    rows = read_comments(run)
    assert list(rows[0].values()) == ["a-t1-r1", "道が狭い。", "a", "第１章 › １", "市民", "◎"]
    assert [(row["comment-id"], row["comment-body"]) for row in rows[1:]] == [
        ("a-t1-r4", "暗い。\n危ない。"),
        ("a-t1-r6", "暗い。\n危ない。"),
        ("b-t1-r1", "'=1+1"),
    ]
    assert "3 records are no rows of their own" in besshi("export", "--to", "comments", run).stderr
    assert len(read_comments(run, "--annex", "b")) == 1


@pytest.mark.parametrize(
    ("comment", "pieces"),
    [
        ("〇道が狭い。\n〇暗い。", ["〇道が狭い。", "〇暗い。"]),
        ("・道が\n狭い。\n・暗い。", ["・道が\n狭い。", "・暗い。"]),
        ("次のとおり。\n（１）道\n・幅\n（２）灯", ["次のとおり。", "（１）道\n・幅", "（２）灯"]),
        ("①道\n②灯", ["①道", "②灯"]),
        ("　○道\n　○灯", ["　○道", "　○灯"]),
        ("道が狭い。\n暗い。", ["道が狭い。\n暗い。"]),
        ("第１章について\n賛成", ["第１章について\n賛成"]),
        ("", [""]),
    ],
)
def test_items_of_a_list_are_rows_on_request(
    comment: str, pieces: list[str], tmp_path: Path
) -> None:
    assert split_items(comment) == pieces
    assert "\n".join(pieces) == comment
    if len(pieces) > 1:
        run = write_records(tmp_path, made(1, comment=comment))
        rows = read_comments(run, "--split")
        assert [row["comment-body"] for row in rows] == pieces
        assert [row["comment-id"] for row in rows][:2] == ["a-t1-r1-1", "a-t1-r1-2"]
        assert len(read_comments(run)) == 1


# --- a data package

READ = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "object": json.loads,
    "array": json.loads,
}


def test_a_data_package_holds_what_it_describes(ota_full: Path, tmp_path: Path) -> None:
    out = tmp_path / "open"
    assert besshi("export", "--to", "package", ota_full, "--out", out).stdout == f"{out}\n"
    described = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in described["resources"]}
    assert described["sources"] == [{"title": "ota_annex"}]
    assert len(resources) == 12
    assert {path.name for path in out.iterdir()} == {
        "datapackage.json",
        *(resource["path"] for resource in resources.values()),
    }
    meanings = read_meanings()
    for name, resource in resources.items():
        data = (out / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        kind, form = name.split("-")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(meanings[kind])
        assert all("](" not in field["description"] for field in fields)
        stored = read_rows(out / f"{kind}.parquet")
        if form == "csv":
            types = {field["name"]: READ[field["type"]] for field in fields}
            table = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
            for found, row in zip(table, stored, strict=True):
                for column, text in found.items():
                    value = types[column](text) if text else None
                    assert value == row[column] or not value or str(value)[0] == "'", column
        key = resource["schema"].get("primaryKey")
        assert key is None or len({tuple(row[part] for part in key) for row in stored}) == len(
            stored
        )
        for reference in resource["schema"].get("foreignKeys", ()):
            target = resources[reference["reference"]["resource"]]
            known = {
                row["record_id"]
                for row in read_rows(out / target["path"].replace("csv", "parquet"))
            }
            assert {row[reference["fields"]] for row in stored} <= known


def test_a_data_package_has_the_annexes_that_are_asked_for(
    tmp_path: Path, make_pdf: MakePdf
) -> None:
    for name in "ab":
        make_pdf(COMMENTS, name=f"{name}.pdf")
    run, out = tmp_path / "run", tmp_path / "open"
    besshi("run", tmp_path / "a.pdf", tmp_path / "b.pdf", "--out", run)
    assert besshi("export", "--to", "package", run, "--out", out, "--annex", "b").exit_code == 0
    for kind in ("records", "pages"):
        assert {row["annex"] for row in read_rows(out / f"{kind}.parquet")} == {"b"}
    besshi("compact", run, "--out", tmp_path / "compact")
    assert besshi("export", "--to", "package", tmp_path / "compact", "--out", out).exit_code == 0
    assert {row["annex"] for row in read_rows(out / "records.parquet")} == {"a", "b"}
    one = besshi("export", "--to", "jsonl", tmp_path / "compact", "--annex", "b").stdout
    assert {json.loads(line)["annex"] for line in one.splitlines()} == {"b"}
    unknown = besshi("export", "--to", "csv", tmp_path / "compact", "--annex", "c")
    assert "has no annex c; it has a, b" in unknown.stderr
    part = besshi("export", "--to", "package", tmp_path / "compact", "--out", out, "--annex", "b")
    assert (part.exit_code, "has merged its annexes; make" in part.stderr) == (3, True)


# --- what can go wrong


def test_a_data_package_lacks_no_annex_in_silence(tmp_path: Path) -> None:
    run = write_records(tmp_path / "run", made(1))  # without a manifest, as a draft is
    result = besshi("export", "--to", "package", run, "--out", tmp_path / "package")
    assert (result.exit_code, "the manifest lacks a, and a package" in result.stderr) == (3, True)
    assert not (tmp_path / "package").exists()


def test_options_that_do_not_go_together(tmp_path: Path) -> None:
    run = write_records(tmp_path / "run", made(1))
    (tmp_path / "x").write_text("")
    for arguments in (
        ("csv", "--split"),
        ("csv", "--out", tmp_path),
        ("package", "--out", tmp_path / "x"),
    ):
        assert besshi("export", run, "--to", *arguments).exit_code == 2, arguments


def test_nothing_to_export(tmp_path: Path) -> None:
    result = besshi("export", "--to", "csv", tmp_path)
    assert result.exit_code == 3
    assert result.stderr == (
        f"besshi: {tmp_path}: no run has written here; do `besshi run PDF… --out {tmp_path}`\n"
    )
    (tmp_path / "records").mkdir()  # as after a run that could read no annex
    result = besshi("export", "--to", "csv", tmp_path)
    assert (result.exit_code, result.stderr) == (
        3,
        f"besshi: {tmp_path}: holds no records; `besshi summary {tmp_path}` says why\n",
    )


def test_an_annex_that_is_not_there(tmp_path: Path) -> None:
    run = write_records(tmp_path / "run", made(1), made(1, annex="b"))
    out = tmp_path / "x.xlsx"
    result = besshi("export", "--to", "xlsx", run, "--annex", "c", "--annex", "a", "--out", out)
    assert result.exit_code == 3
    assert result.stderr == f"besshi: {run}: has no annex c; it has a, b\n"
    assert not out.exists()


def test_no_record_at_all_is_a_list_without_rows(tmp_path: Path) -> None:
    write_files(Normalized(AnnexHeader("a", "0" * 64)), tmp_path / "run")
    book = export_workbook(tmp_path / "run", tmp_path / "x.xlsx")
    assert (book.sheetnames, book["besshi"].max_row) == (["besshi"], 1)
    assert besshi("export", "--to", "jsonl", tmp_path / "run").stdout == ""


def test_another_form_is_refused(tmp_path: Path) -> None:
    assert besshi("export", "--to", "ods", tmp_path).exit_code == 2
    assert besshi("export", tmp_path).exit_code == 2
