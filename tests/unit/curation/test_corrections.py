"""What readers corrected: applied once, marked, and an error as soon as the text is another."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.curation.corrections import parse_corrections
from pipeline.errors import CorrectionError, OutdatedCorrectionError
from pipeline.files.parquet import read_rows
from pipeline.model import Correction, Normalized, Segmented
from pipeline.normalize import normalize_annex
from tests.support.annexes import (
    COMMENTS,
    FIRST,
    HEADER,
    SECOND,
    THIRD,
    besshi,
    comments_of,
    contents,
    files_of,
    issues_of,
    ruled_table,
)
from tests.support.corrections import ENTRY, write
from tests.support.making import lay_out
from tests.support.pdfs import MakePdf


def correction(field: str, found: str, right: str, record: str = "made-t1-r1") -> Correction:
    return Correction(record, field, found, right, "why", "who")


def record_of(out: Path, annex: str = "made", place: int = 0) -> dict[str, Any]:
    return read_rows(out / "records" / f"{annex}.parquet")[place]


# --- reading the file


def test_an_entry_is_read_as_it_stands() -> None:
    text = """
- record: ota_annex-t1-r3
  field: No
  found: 010
  right: |
    一行目
    二行目
  why: "no: it is 10"
  who: 山田
"""
    (read,) = parse_corrections(text.encode())
    expected = ("ota_annex-t1-r3", "No", "010", "一行目\n二行目", "no: it is 10", "山田")
    assert read == Correction(*expected)


def test_what_json_quotes_is_read_back() -> None:
    """As the messages and the review page write a text."""
    found, right = '"「①」\\n\t：#\n- ', "　〔\u3000x〕's"
    text = "\n".join(
        ["- record: a-t1-r1", "  field: comment", "  why: y", "  who: w"]
        + [
            f"  {key}: {json.dumps(said, ensure_ascii=False)}"
            for key, said in (("found", found), ("right", right))
        ]
    )
    (read,) = parse_corrections(text.encode())
    assert (read.found, read.right) == (found.rstrip("\n"), right)


def test_blank_lines_are_not_kept() -> None:
    """Records have none; a block of YAML ends in a line break, and so does what somebody types."""
    text = '- {record: a, field: b, found: x, right: "\\n一\\n \\n\\n　二\\n", why: y, who: w}'
    (read,) = parse_corrections(text.encode())
    assert read.right == "一\n　二"


def test_a_file_without_entries_corrects_nothing() -> None:
    assert (
        parse_corrections(b"")
        == parse_corrections(b"# none yet\n")
        == parse_corrections(b"[]")
        == ()
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff", "is not UTF-8"),
        (b"- record: [", "is no YAML (line 1"),
        (b"record: a", "expected a list of entries"),
        (b"- a", "entry 1: expected the keys record, field"),
        (b"- {record: a, record: b}", "the key 'record' occurs again here"),
        (b"- {record: a, field: b, found: c, right: d, why: e}", "entry 1 has no who; its keys"),
        (
            b"- {record: a, field: b, found: c, rigth: d, why: e, who: f}",
            "entry 1 has no right and has the unknown rigth",
        ),
        (
            b"- {record: a, field: b, found: , right: d, why: e, who: f}",
            'found: expected a text, found nothing; write "" for an empty one',
        ),
        (b"- {record: a, field: b, found: [c], right: d, why: e, who: f}", "found ['c']"),
        (b"- {record: a, field: b, found: c, right: d, why: ' ', who: f}", "why is empty"),
        (b"- {record: a, field: b, found: c, right: c, why: e, who: f}", "changes nothing"),
        (
            b"- {record: a, field: b, found: c, right: d, why: e, who: f}\n"
            b"- {record: a, field: b, found: d, right: e, why: e, who: f}",
            "2 entries are about b of a",
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_said(text: bytes, said: str) -> None:
    with pytest.raises(CorrectionError) as raised:
        parse_corrections(text)
    assert said in str(raised.value)


# --- correcting an annex


@pytest.fixture
def segmented() -> Segmented:
    roles = ("original_text", "revision", "comment")
    rows = [
        ["現行の文。", "改正後の文。", "意見である。"],
        ["甲とする。", "乙とする。", "質問だ。"],
    ]
    return lay_out(rows, roles, (20.0, 20.0, 20.0))


def normalized(segmented: Segmented, *corrections: Correction) -> Normalized:
    return normalize_annex(segmented, corrections)


def test_all_that_hangs_on_a_text_is_made_from_the_right_one(segmented: Segmented) -> None:
    right = "第１章　総則\n現行の条文。"
    corrections = (
        correction("original_text", "現行の文。", right),
        correction("revision", "改正後の文。", right),
    )
    before, after = normalized(segmented), normalized(segmented, *corrections)
    record = after.records[0]
    assert (record.original_text, record.revision, record.revision_kind) == (
        right,
        right,
        "unchanged",
    )
    assert (record.location, record.original_body) == (["第１章　総則"], "現行の条文。")
    assert record.redline is not None
    assert [(run.op, run.text) for run in record.redline] == [("equal", right)]
    tokens = {(t.record_id, t.field): "".join(m.surface for m in t.morphemes) for t in after.tokens}
    assert tokens[record.record_id, "revision"] == right
    assert record.flags == [*before.records[0].flags, "corrected"]
    assert record.comment == "意見である。"
    assert after.records[1] == before.records[1]


def test_a_correction_leaves_a_receipt_and_the_account_closes(segmented: Segmented) -> None:
    """The glyphs of the page still spell what was found: they stay counted in the records."""
    before = normalized(segmented)
    after = normalized(segmented, correction("comment", "意見である。", "長い意見であった。"))
    (receipt,) = after.receipts
    told = (receipt.record_id, receipt.field, receipt.step, receipt.found, receipt.made)
    assert told == ("made-t1-r1", "comment", "correction", "意見である。", "長い意見であった。")
    assert after.pages == before.pages
    assert after.pages[0].unaccounted == 0
    assert after.breaks == before.breaks


def test_a_text_may_be_taken_out(segmented: Segmented) -> None:
    record = normalized(segmented, correction("comment", "意見である。", "")).records[0]
    assert (record.comment, record.flags) == ("", ["corrected"])


def test_a_field_that_a_person_has_read_is_sure() -> None:
    """Of the two lines nobody knows whose break it is."""
    lines = [["あいうえおかきくけこ。\nさしすせそ。" * 2]]
    unsure = lay_out(lines, ("comment",), (11.0,))
    read = normalized(unsure).records[0]
    assert read.comment is not None
    right = read.comment.replace("\n", "")
    record = normalized(unsure, correction("comment", read.comment, right)).records[0]
    assert record.confidence == 1.0 > read.confidence


@pytest.mark.parametrize(
    ("outdated", "said"),
    [
        (
            correction("comment", "ご意見である。", "意見。"),
            [
                "made-t1-r1, comment: the text has changed",
                'expected "ご意見である。"',
                'now "意見である。"',
            ],
        ),
        (
            correction("備考", "x", "y"),
            ["made-t1-r1: has no field '備考'; it has original_text, rev"],
        ),
        (
            correction("comment", "x", "y", record="made-t1-r9"),
            ["made-t1-r9: there is no such record; there are 2, made-t1-r1 to made-t1-r2"],
        ),
    ],
)
def test_a_correction_expires_when_its_text_is_gone(
    segmented: Segmented, outdated: Correction, said: Sequence[str]
) -> None:
    with pytest.raises(OutdatedCorrectionError) as raised:
        normalized(segmented, outdated)
    assert all(part in str(raised.value) for part in said)


def test_all_that_have_expired_are_told_at_once(segmented: Segmented) -> None:
    outdated = [correction(field, "x", "y") for field in ("comment", "revision")]
    with pytest.raises(OutdatedCorrectionError) as raised:
        normalized(segmented, *outdated)
    assert str(raised.value).count("the text has changed") == 2


# --- the commands


def test_a_run_applies_what_was_corrected(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, out = make_pdf(COMMENTS), tmp_path / "out"
    folder = write(tmp_path / "corrections", ENTRY)
    assert besshi("run", path, "--out", out, "--corrections", folder).exit_code == 0
    assert comments_of(out, "made") == [ENTRY["right"], SECOND[1]]
    assert record_of(out)["flags"] == ["corrected"]
    assert record_of(out, place=1)["flags"] == []


def test_stages_apply_what_a_run_applies(make_pdf: MakePdf, tmp_path: Path) -> None:
    path, folder = make_pdf(COMMENTS), write(tmp_path / "corrections", ENTRY)
    one, two, three, out = (tmp_path / name for name in ("1", "2", "3", "out"))
    besshi("extract", path, "--out", one)
    besshi("segment", one, "--out", two)
    assert besshi("normalize", two, "--out", three, "--corrections", folder).exit_code == 0
    assert besshi("run", path, "--out", out, "--corrections", folder).exit_code == 0
    kinds = ("records", "tokens", "pages", "breaks", "receipts")
    for kind in kinds:
        assert contents(three / kind) == contents(out / kind)


def test_a_correction_that_comes_or_goes_does_its_annex_again(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/made.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="in/other.pdf")
    folder, out = tmp_path / "corrections", tmp_path / "out"
    folder.mkdir()

    def run() -> str:
        return besshi("run", tmp_path / "in", "--out", out, "--corrections", folder).stderr

    run()
    assert "unchanged 2" in run()
    write(folder, ENTRY)
    assert "unchanged 1" in run()
    assert comments_of(out, "made")[0] == ENTRY["right"]
    (folder / "made.yml").unlink()
    assert "unchanged 1" in run()
    assert comments_of(out, "made")[0] == FIRST[1]


@pytest.mark.parametrize(
    ("entry", "code", "said"),
    [
        ({**ENTRY, "found": "別の文"}, "outdated_correction", 'expected "別の文"'),
        ({**ENTRY, "note": "x"}, "bad_corrections", "entry 1 has the unknown note"),
    ],
)
def test_a_wrong_correction_costs_its_annex_only(
    entry: dict[str, str], code: str, said: str, make_pdf: MakePdf, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    make_pdf(COMMENTS, name="in/made.pdf")
    make_pdf(ruled_table(HEADER, THIRD), name="in/other.pdf")
    out, folder = tmp_path / "out", tmp_path / "corrections"
    assert besshi("run", tmp_path / "in", "--out", out).exit_code == 0
    write(folder, entry)
    result = besshi("run", tmp_path / "in", "--out", out, "--corrections", folder)
    assert result.exit_code == 4
    assert f"besshi: error: {folder / 'made.yml'}: " in result.stderr
    assert said in result.stderr
    assert [(row["code"], row["stage"]) for row in issues_of(out, "made")] == [(code, "normalize")]
    assert files_of(out, "made") == []
    assert comments_of(out, "other") == [THIRD[1]]


def test_the_folder_of_the_project_is_read_unless_another_is_named(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, empty = make_pdf(COMMENTS), tmp_path / "empty"
    empty.mkdir()
    (empty / "README.md").write_text("none")
    monkeypatch.chdir(tmp_path)
    besshi("run", path, "--out", "none")
    write(tmp_path / "corrections", ENTRY)
    besshi("run", path, "--out", "some")
    besshi("run", path, "--out", "other", "--corrections", empty)
    firsts = [comments_of(Path(out), "made")[0] for out in ("none", "some", "other")]
    assert firsts == [FIRST[1], ENTRY["right"], FIRST[1]]


def test_a_folder_that_is_not_there_is_no_folder_without_corrections(
    make_pdf: MakePdf, tmp_path: Path
) -> None:
    path, folder = make_pdf(COMMENTS), tmp_path / "corrections"
    result = besshi("run", path, "--out", tmp_path / "out", "--corrections", folder)
    assert (result.exit_code, str(folder) in result.stderr) == (3, True)
    write(folder, ENTRY)
    (folder / "made.yml").rename(folder / "made.yaml")
    result = besshi("run", path, "--out", tmp_path / "out", "--corrections", folder)
    assert (result.exit_code, "rename it" in result.stderr) == (3, True)
