"""`<annex>.yml` beside a PDF: what a person knows is heeded, and what is wrong fails the annex."""

import hashlib

import pytest

from pipeline.curation.annex_spec import KEYS, parse_annex_spec
from pipeline.files import digest
from pipeline.files.stage_json import decode_stage
from pipeline.model import Extracted
from tests.support.annex_folder import ODD, ODD_ROLES, ODD_TABLE, Folder, prose
from tests.support.annexes import (
    FIRST,
    SECOND,
    assert_whole,
    besshi,
    comments_of,
    files_of,
    issues_of,
)
from tests.support.documents import DATA, section, table
from tests.support.pdfs import OTA


@pytest.mark.parametrize(
    ("said", "expected", "found", "advice"),
    [
        ("rolls: {}", "the key 'rolls' is unknown", "title, publisher, source", "write roles"),
        ("Pages: 1", "the key 'Pages' is unknown", "", "write pages"),
        ("licence: MIT", "the key 'licence' is unknown", "", "remove it"),
        ("<<: {title: a}", "the key '<<' is unknown", "", "remove it"),
        ("title: [a, b]", "title: expected a text", "found ['a', 'b']", "correct it"),
        ("retrieved: 昨日", "retrieved: expected a date", "found '昨日'", "correct it"),
        ("retrieved: 2026-13-01", "expected a date", "found '2026-13-01'", "correct it"),
        ("sha256: 39e8a3", "sha256: expected 64 hexadecimal digits", "found '39e8a3'", "correct"),
        ("roles: comment", "roles: expected lines of", "found 'comment'", "correct it"),
        ("roles: {回答: answer}", "number, category, ", "found '回答': 'answer'", "correct it"),
        ("roles: {回答: }", "number, category, ", "found '回答': None", "correct it"),
        ("roles: {回答: [comment]}", "response", "found '回答': ['comment']", "correct it"),
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
        ("pages: 1\npages: 2", "is no YAML", "the key 'pages' occurs again here", "correct it"),
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


def test_a_file_about_another_pdf(folder: Folder) -> None:
    other = hashlib.sha256(b"another").hexdigest()
    message = folder.fail(f"sha256: {other}")
    found = hashlib.sha256(folder.pdf.read_bytes()).hexdigest()
    assert message.startswith(f"sha256: expected {other}, the PDF has {found}; get the PDF ")


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


def test_a_file_with_another_ending_is_refused(folder: Folder) -> None:
    """It would not be read, and nobody would notice."""
    folder.write("pages: 1")
    folder.yml.rename(folder.yml.with_suffix(".yaml"))
    for path in (folder.pdf, folder.pdf.parent):
        result = besshi("run", path, "--out", folder.out)
        assert result.exit_code == 3
        assert "other.yaml: what is known of an annex is in <annex>.yml; rename" in result.stderr


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


def test_segment_needs_the_stage_file_only(folder: Folder) -> None:
    folder.write(f"{ODD_ROLES}\npages: 2\nrecords: 2", prose, ODD_TABLE)
    one, two, out = (folder.path / name for name in ("1", "2", "3"))
    assert besshi("extract", folder.pdf, "--out", one).exit_code == 0
    stage_file = one / "other.json"
    known = decode_stage(str(stage_file), stage_file.read_bytes(), Extracted).header.spec
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
