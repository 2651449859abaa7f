"""`besshi verify` names each thing that is broken, once, and nothing that is not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace
from reportlab.pdfgen import canvas

from pipeline.batch.issues_file import ISSUES_FILE, ISSUES_MARK_FILE
from pipeline.batch.manifest import read_manifest, write_entry
from pipeline.batch.process_pool import LostItem
from pipeline.commands.verify import entries
from pipeline.commands.verify.findings import Finding
from pipeline.commands.verify.folder import verify
from pipeline.errors import CrashedError
from pipeline.files import LocalFolder
from pipeline.files.parquet import DATASETS, read_rows
from tests.support.annexes import COMMENTS, besshi, ruled_table
from tests.support.broken_results import ANNEX, change_rows, seal
from tests.support.pdfs import OTA, MakePdf

FIRST = f"{ANNEX}-t1-r1"


@pytest.fixture
def parsed(ota_run: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ota_run, tmp_path / "parsed"))


def findings(folder: Path, *pdfs: Path) -> list[Finding]:
    return list(verify(str(folder), [str(pdf) for pdf in pdfs]))


def set_value(kind: str, name: str, value: Any, row: int = 0) -> Callable[[Path], None]:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[row][name] = value(rows[row][name]) if callable(value) else value

    return lambda folder: change_rows(folder, kind, change)


def change_first(kind: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    return lambda folder: change_rows(folder, kind, lambda rows: change(rows[0]))


def set_metadata(kind: str, key: str, value: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / kind / f"{ANNEX}.parquet" if kind else folder / ISSUES_FILE
        table = pq.read_table(path)
        metadata = table.schema.metadata | {key.encode(): value.encode()}
        pq.write_table(table.replace_schema_metadata(metadata), path)
        seal(folder)

    return change


def move_box(row: dict[str, Any]) -> None:
    row["boxes"][0]["x1"] = 5000.0


def on_another_page(row: dict[str, Any]) -> None:
    row["boxes"][0]["page"] = 99


def lose_text(row: dict[str, Any]) -> None:
    row["comment"] = row["comment"][1:]


def drop_column(folder: Path) -> None:
    path = folder / "pages" / f"{ANNEX}.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["unread_ink"]), path)
    seal(folder)


def flip(folder: Path) -> None:
    path = folder / "tokens" / f"{ANNEX}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(folder: Path) -> None:
    path = folder / "breaks" / f"{ANNEX}.parquet"
    path.write_bytes(path.read_bytes()[:-1])


def beside(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(b"x") and None


def change_issues(change: Callable[[pa.Table], pa.Table]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        path = folder / ISSUES_FILE
        pq.write_table(change(pq.read_table(path)), path)
        seal(folder)

    return write


def change_entry(**changes: Any) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        out = LocalFolder(folder)
        write_entry(out, replace(read_manifest(out)[ANNEX], **changes))

    return write


def lead_out(folder: Path) -> None:
    """An entry that names a file of somebody else."""
    data = (folder / "manifest" / f"{ANNEX}.json").read_text(encoding="utf-8")
    (folder / "manifest" / f"{ANNEX}.json").write_text(data.replace(R, f"../{R}"), encoding="utf-8")


def change_type(folder: Path) -> None:
    path = folder / R
    table = pq.read_table(path)
    at = table.schema.get_field_index("row_index")
    column = table.schema.field(at).with_type(pa.int64())
    pq.write_table(table.set_column(at, column, table.column(at).cast(pa.int64())), path)
    seal(folder)


def garble(folder: Path) -> None:
    path = folder / P
    data = path.read_bytes()
    path.write_bytes(data[:-60] + b"?" * 50 + data[-10:])
    seal(folder)


R, T, P = (f"{kind}/{ANNEX}.parquet" for kind in ("records", "tokens", "pages"))
BROKEN = {
    "a file is missing": (lambda f: (f / R).unlink(), R, "", "is missing"),
    "a file is cut": (cut, f"breaks/{ANNEX}.parquet", "", "bytes"),
    "a bit has flipped": (flip, T, "", "SHA-256"),
    "a file too many": (beside("records/old.parquet"), "records/old.parquet", "", "no entry"),
    "a file below": (
        lambda f: shutil.copytree(f / "records", f / "records" / "sub"),
        f"records/sub/{ANNEX}.parquet",
        "",
        "no entry",
    ),
    "a dataset too many": (beside("old.parquet"), "old.parquet", "", "no entry"),
    "a part of a dead run": (
        beside("pages/.besshi-x.part"),
        "pages/.besshi-x.part",
        "",
        "run that was stopped",
    ),
    "an entry of nobody": (beside("manifest/x.json"), "manifest/x.json", "", "no entry of this"),
    "no issues": (lambda f: (f / ISSUES_FILE).unlink(), "issues.parquet", "", "is missing"),
    "no mark of issues": (
        lambda f: (f / ISSUES_MARK_FILE).unlink(),
        ISSUES_MARK_FILE,
        "",
        "is missing",
    ),
    "issues are cut": (lambda f: (f / ISSUES_FILE).write_bytes(b""), ISSUES_FILE, "", "0 bytes"),
    "an issue is gone": (
        change_issues(lambda t: t[:0]),
        ISSUES_FILE,
        "",
        "lacks an issue of ota_annex",
    ),
    "an issue twice": (
        change_issues(lambda t: pa.concat_tables([t, t])),
        ISSUES_FILE,
        "",
        "that the manifest lacks",
    ),
    "an entry of others' files": (
        lead_out,
        f"manifest/{ANNEX}.json",
        "",
        "is no entry of this besshi",
    ),
    "an entry without files": (
        change_entry(files={}),
        f"manifest/{ANNEX}.json",
        "",
        "names no file of records",
    ),
    "an entry that was begun": (
        change_entry(done=False),
        f"manifest/{ANNEX}.json",
        "",
        "was being written",
    ),
    "a footer that is garbled": (garble, P, "", "is no Parquet file"),
    "a column of another type": (change_type, R, "", "has other columns: row_index int64"),
    "another schema": (set_metadata("pages", "besshi.schema", "0"), P, "", "has schema 0"),
    "another version": (set_metadata("tokens", "besshi.version", "0.0"), T, "", "besshi.version"),
    "another source": (
        set_metadata("records", "besshi.source_sha256", "0"),
        R,
        "",
        "besshi.source_sha256",
    ),
    "other parameters": (
        set_metadata("", "besshi.parameters_sha256", "0"),
        ISSUES_FILE,
        "",
        "besshi.parameters_sha256",
    ),
    "a column is gone": (drop_column, P, "", "has other columns: unread_ink"),
    "an id of another form": (
        set_value("records", "record_id", "x"),
        R,
        "x",
        f"should be {FIRST}",
    ),
    "an id twice": (set_value("records", "record_id", FIRST, row=1), R, FIRST, "twice"),
    "a gap in the rows": (
        set_value("records", "row_index", 7),
        R,
        FIRST,
        "in the place of t1-r1",
    ),
    "a row from 0": (set_value("records", "row_index", 0), R, FIRST, ">= 1 - at `$.row_index`"),
    "a record is gone": (
        lambda f: change_rows(f, "records", lambda rows: rows.pop()),
        R,
        "",
        "its entry says",
    ),
    "another PDF": (
        set_value("records", "source_sha256", "0" * 64),
        R,
        FIRST,
        "is of another PDF",
    ),
    "no hash": (set_value("records", "source_sha256", "x"), R, FIRST, "$.source_sha256"),
    "too sure": (set_value("records", "confidence", 1.5), R, FIRST, "$.confidence"),
    "a source of another name": (set_value("records", "source", "x"), R, FIRST, "$.source"),
    "pages that are not": (set_value("records", "page_last", 99), R, FIRST, "stands on pages"),
    "a box off its page": (change_first("records", move_box), R, FIRST, "box outside page"),
    "a box on no page": (change_first("records", on_another_page), R, FIRST, "not there"),
    "a redline of another text": (
        change_first("records", lambda row: row["redline"].pop()),
        R,
        FIRST,
        "redline does not",
    ),
    "an unknown operation": (
        change_first("records", lambda row: row["redline"][0].update(op="x")),
        R,
        FIRST,
        "].op`",
    ),
    "a revision without its kind": (
        set_value("records", "revision_kind", None),
        R,
        FIRST,
        "null together",
    ),
    "a body without its text": (
        set_value("records", "original_body", None),
        R,
        FIRST,
        "original_body are not null",
    ),
    "a body of another text": (
        set_value("records", "original_body", "x"),
        R,
        FIRST,
        "does not end in original_body",
    ),
    "a flag that is wrong": (
        change_first("records", lambda row: row["flags"].append("continued")),
        R,
        FIRST,
        "continued",
    ),
    "another source of text": (
        set_value("records", "source", "ocr"),
        R,
        FIRST,
        "is ocr, its pages are text_layer",
    ),
    "a break too sure": (
        set_value("breaks", "confidence", 7.0),
        f"breaks/{ANNEX}.parquet",
        FIRST,
        "confidence 7.0",
    ),
    "a text that lost a character": (
        change_first("records", lose_text),
        P,
        ANNEX,
        "in_records counts 21914 glyphs, the records have 21913 characters",
    ),
    "tokens of another text": (
        set_value("tokens", "surface", lambda text: text + "x"),
        T,
        FIRST,
        "do not spell",
    ),
    "tokens in another place": (set_value("tokens", "start", 5), T, FIRST, "do not follow"),
    "a break of no record": (
        set_value("breaks", "record_id", "x"),
        f"breaks/{ANNEX}.parquet",
        "x",
        "has no field",
    ),
    "glyphs nowhere": (
        change_first(
            "pages", lambda row: row.update(unaccounted=3, in_furniture=row["in_furniture"] - 3)
        ),
        P,
        f"{ANNEX}, page 1",
        "3 of",
    ),
    "a sum that is wrong": (
        set_value("pages", "in_headers", lambda n: n + 1),
        P,
        f"{ANNEX}, page 1",
        "its parts have",
    ),
    "a page that is gone": (
        set_value("pages", "page", 2),
        P,
        f"{ANNEX}, page 2",
        "in the place of page 1",
    ),
}


def test_nothing_is_wrong_with_what_a_run_wrote(parsed: Path, tmp_path: Path) -> None:
    (parsed / "metrics.json").write_text("{}")  # what `make run` leaves there
    assert findings(parsed, OTA) == []
    (tmp_path / "pdfs").mkdir()
    shutil.copy(OTA, tmp_path / "pdfs")
    result = besshi("verify", parsed, "--pdfs", tmp_path / "pdfs")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "verify: errors 0, warnings 0\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named(name: str, parsed: Path) -> None:
    damage, file, where, what = BROKEN[name]
    damage(parsed)
    found = findings(parsed)
    named = [f for f in found if f.file == file and f.where == where and what in f.what]
    assert len(named) == 1, "\n".join(map(str, found))
    assert named[0].level == "error"
    result = besshi("verify", parsed)
    assert result.exit_code == 10
    assert str(named[0]) in result.stdout.splitlines()


def test_tables_that_give_no_record_are_no_error(make_pdf: MakePdf, tmp_path: Path) -> None:
    pdf = make_pdf(ruled_table(("日付", "天気"), ("１日", "晴れ")))
    besshi("run", pdf, "--out", tmp_path)
    assert [row["code"] for row in read_rows(tmp_path / ISSUES_FILE)] == ["no_comment_table"]
    assert findings(tmp_path) == []


def test_a_table_over_the_edge_of_its_page_is_cut_off_by_it(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    """As a sheet is printed that is wider than its paper: what is seen of a cell has its box."""

    def draw(sheet: canvas.Canvas) -> None:
        sheet.translate(90, 0)  # the last column ends 40 points beyond the paper
        COMMENTS(sheet)

    path, out = make_pdf(draw, name="wide.pdf"), tmp_path / "out"
    assert besshi("run", path, "--out", out).exit_code == 0
    rows = read_rows(out / "records" / "wide.parquet")
    assert [box["x1"] for row in rows for box in row["boxes"] if box["field"] == "response"] == [
        595,
        595,
    ]
    assert list(verify(str(out))) == []


def test_numbers_out_of_order_are_a_warning(parsed: Path) -> None:
    rows = read_rows(parsed / R)
    assert [row["number"] for row in rows[:3]] == ["1", "2", "3"]
    out = parsed.parent / "gap"
    shutil.copytree(parsed, out)
    change_rows(out, "records", lambda rows: rows[1].update(number="9"))
    levels = {f.level for f in findings(out) if "number 9 follows 1" in f.what}
    assert levels == {"warning"}


@pytest.fixture(scope="module")
def made_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An annex of two records, with `out` beside it: what a run made of it."""
    path = tmp_path_factory.mktemp("made") / "made.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    COMMENTS(sheet)
    sheet.save()
    assert besshi("run", path, "--out", path.with_name("out")).exit_code == 0
    return path


@pytest.fixture
def made(made_pdf: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_pdf.with_name("out"), tmp_path / "made"))


def test_a_pdf_that_changed_is_named(made: Path, made_pdf: Path, tmp_path: Path) -> None:
    pdf = tmp_path / made_pdf.name
    pdf.write_bytes(made_pdf.read_bytes() + b"\n")
    (found,) = findings(made, pdf)
    assert (found.file, found.what) == (
        str(pdf),
        "is not the PDF that its records were made from",
    )


def test_what_is_known_and_changed_is_named(made: Path, made_pdf: Path, tmp_path: Path) -> None:
    shutil.copy(made_pdf, tmp_path)
    assert findings(made, tmp_path / made_pdf.name) == []  # where it is from does not matter
    for said in ("records: 2", "no such key: 1"):
        (tmp_path / "made.yml").write_text(said)
        (found,) = findings(made, tmp_path / made_pdf.name)
        assert "the .yml beside it or its corrections have changed" in found.what


def test_pdfs_and_results_that_have_no_other_are_named(
    made: Path, made_pdf: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pdf"
    shutil.copy(made_pdf, other)
    assert {f.file for f in findings(made, other)} == {str(other), "manifest/made.json"}


def test_of_pdfs_that_are_not_in_the_results_those_beside_are_told_of(
    made: Path, made_pdf: Path, tmp_path: Path
) -> None:
    """`--pdfs .`: a folder holds other PDFs too, and not all are a matter of these results."""
    for place in ("letters", "elsewhere"):
        (tmp_path / "all" / place).mkdir(parents=True)
        shutil.copy(made_pdf, tmp_path / "all" / place / f"{place}.pdf")
    shutil.copy(made_pdf, tmp_path / "all" / "letters")
    (found,) = findings(made, tmp_path / "all")
    assert (found.level, found.file) == ("warning", str(tmp_path / "all/letters/letters.pdf"))
    assert "PDFs beside it are; run it too" in found.what
    assert besshi("verify", made, "--pdfs", tmp_path / "all").exit_code == 0


def test_of_two_pdfs_of_one_name_the_one_that_was_read_is_taken(
    made: Path, made_pdf: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "pdfs" / "1" / made_pdf.name, tmp_path / "pdfs" / "2" / made_pdf.name
    for path in (one, other):
        path.parent.mkdir(parents=True)
        shutil.copy(made_pdf, path)
    assert findings(made, tmp_path / "pdfs") == []
    one.with_suffix(".yml").write_text("records: 2")  # of the other it is not known
    one.write_bytes(b"changed")
    assert findings(made, tmp_path / "pdfs") == []
    other.write_bytes(b"changed too")
    (found,) = findings(made, tmp_path / "pdfs")
    assert found.file == str(one)
    assert found.what == f"is not the PDF that its records were made from, nor is {other}"


def test_stages_and_parts_are_verified_too(made: Path, made_pdf: Path, tmp_path: Path) -> None:
    stage = tmp_path / "extract"
    assert besshi("extract", made_pdf, "--out", stage).exit_code == 0
    assert findings(stage, made_pdf) == []
    (stage / "other.json").write_bytes((stage / "made.json").read_bytes())
    assert [f.file for f in findings(stage)] == ["other.json"]
    (stage / "other.json").unlink()
    (stage / "made.json").write_bytes(b"{}")
    assert {f.file for f in findings(stage)} == {"made.json"}
    assert besshi("compact", made).exit_code == 0
    assert findings(made) == []
    assert findings(made / "dataset") == []
    part = made / "dataset" / "pages" / "part-1-of-1.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    assert {f.file for f in findings(made / "dataset")} == {"pages/part-1-of-1.parquet"}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run made of three annexes."""
    folder = tmp_path_factory.mktemp("several")
    for number in range(3):
        sheet = canvas.Canvas(str(folder / f"a{number}.pdf"), pagesize=(595, 842))
        COMMENTS(sheet)
        sheet.save()
    assert besshi("run", folder, "--out", folder / "out", "--jobs", 0).exit_code == 0
    return folder / "out"


def test_processes_find_the_same_in_the_same_order(
    several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(several, tmp_path / "out"))
    for number in (2, 0):
        path = folder / "records" / f"a{number}.parquet"
        path.write_bytes(path.read_bytes()[:-1])
    alone = findings(folder)
    assert [finding.file for finding in alone][::2] == ["records/a0.parquet", "records/a2.parquet"]
    monkeypatch.setattr(entries, "SHARE", 1)  # each annex is a share
    assert list(verify(str(folder), jobs=2)) == alone
    monkeypatch.setattr(entries, "run_in_processes", lambda _, shares, *__: map(lose, shares))
    lost = list(verify(str(folder), jobs=2))
    assert [finding.what for finding in lost] == [
        f"the files of a{number} to a{number} cannot be checked: it was lost" for number in range(3)
    ]


def lose(share: Any) -> LostItem[Any]:
    return LostItem(share, CrashedError("it was lost"))


def test_parts_are_checked_annex_by_annex(several: Path, tmp_path: Path) -> None:
    assert besshi("compact", several, "--out", tmp_path, "--jobs", 0).exit_code == 0
    assert findings(tmp_path) == []
    part = "part-1-of-1"

    def put_first_behind(rows: list[dict[str, Any]]) -> None:
        rows.sort(key=lambda row: str(row.get("record_id") or row["annex"]).startswith("a0"))

    for kind in DATASETS:
        change_rows(tmp_path, kind, put_first_behind, part)
    records = f"records/{part}.parquet"
    assert findings(tmp_path) == [
        Finding(records, "its rows do not stand together, in order", "a0")
    ]
    change_rows(tmp_path, "pages", lambda rows: rows.pop(), part)
    found = {(finding.file, finding.where) for finding in findings(tmp_path)}
    assert {(f"pages/{part}.parquet", ""), (records, "a0-t1-r1")} <= found


def test_a_folder_that_no_run_wrote_is_said(tmp_path: Path) -> None:
    result = besshi("verify", tmp_path)
    assert result.exit_code == 3
    assert "no run has written here; do `besshi run" in result.stderr


def test_every_kind_of_file_is_broken_once() -> None:
    files = {file.partition("/")[0] for _, file, _, _ in BROKEN.values()}
    assert {*DATASETS, ISSUES_FILE} - {"receipts"} <= files


@pytest.mark.slow
def test_corrected_records_are_as_they_must_be(ota_run: Path, tmp_path: Path) -> None:
    """Their glyphs spell what was found, which the receipt keeps."""
    before = read_rows(ota_run / R)[0]
    entry = {"record": FIRST, "field": "comment", "found": before["comment"], "right": "短い。"}
    folder, out = tmp_path / "corrections", tmp_path / "out"
    folder.mkdir()
    said = folder / f"{ANNEX}.yml"
    said.write_text(json.dumps([entry | {"why": "y", "who": "w"}], ensure_ascii=False))
    assert besshi("run", OTA, "--out", out, "--corrections", folder).exit_code == 0
    assert list(verify(str(out), [str(OTA)], str(folder))) == []
    said.write_text("")
    (found,) = verify(str(out), [str(OTA)], str(folder))
    assert "or its corrections have changed" in found.what
