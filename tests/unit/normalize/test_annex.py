"""normalize, step by step: characters, marks, line-break rules, location, redline, account."""

from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Field, Segmented
from pipeline.normalize import normalize_annex
from pipeline.normalize.clipping import is_clipped
from pipeline.normalize.kinsoku import Kinsoku
from pipeline.normalize.line_end_context import classify_line_end
from pipeline.normalize.location import split_location
from pipeline.normalize.redline import classify_revision, redline
from pipeline.normalize.tokenizer import analyze
from pipeline.vocabulary.character_repairs import repair_text
from pipeline.vocabulary.line_marks import (
    begins_with_mark,
    ends_sentence,
    find_inner_places,
    read_ordinal,
)
from tests.support.making import lay_out
from tests.support.pdfs import DATA

REVISIONS = yaml.safe_load((DATA / "revisions.yml").read_text("utf-8"))
LOCATIONS = yaml.safe_load((DATA / "locations.yml").read_text("utf-8"))
MARKS = yaml.safe_load((DATA / "marks.yml").read_text("utf-8"))
UNTOUCHED = yaml.safe_load((DATA / "untouched.yml").read_text("utf-8"))
JAPANESE = st.text(st.sampled_from("個人情報のをはが①・。、「」Ⅲ１2ab \n"), max_size=60)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_authors_type_stays(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("found", "made"),
    [("⼈⼝⾏", "人口行"), ("市⺠⻑", "市民長"), ("システム‧データ", "システム・データ")],
)
def test_what_producers_exchanged_is_mapped_back(found: str, made: str) -> None:
    assert repair_text(found) == made


@given(st.text(max_size=40))
def test_repair_is_idempotent_and_keeps_the_length(text: str) -> None:
    assert repair_text(repair_text(text)) == repair_text(text)
    assert len(repair_text(text)) == len(text)


def test_an_exchange_leaves_a_receipt() -> None:
    normalized = normalize_annex(lay_out([["⼈の意見⼈"]], ("comment",), (20.0,)))
    assert normalized.records[0].comment == "人の意見人"
    (receipt,) = normalized.receipts
    assert (receipt.step, receipt.found, receipt.made, receipt.count) == (
        "kangxi_radical",
        "⼈",
        "人",
        2,
    )


@pytest.mark.parametrize("text", MARKS["marks"])
def test_marks(text: str) -> None:
    assert begins_with_mark(text)


@pytest.mark.parametrize("text", MARKS["others"])
def test_no_marks(text: str) -> None:
    assert not begins_with_mark(text)


def test_sentence_ends() -> None:
    assert ends_sentence("した。")
    assert ends_sentence("（以下同じ。）")
    assert not ends_sentence("（Ⅲ．")
    assert not ends_sentence("記載している")


def test_ordinals() -> None:
    assert [read_ordinal(t) for t in ("③", "（３）", "３．法", "ウ　項", "(ウ)", "・", "本文")] == [
        3,
        3,
        3,
        3,
        3,
        None,
        None,
    ]


def test_places_inside_a_line() -> None:
    assert list(find_inner_places("した。①また、②を。")) == [3, 7]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("個人情", "報の管理", "inside word"),
        ("個人情報", "の管理", "before particle"),
        ("職員", "及び委託先", "before particle"),
        ("提示された", "ため、修正した", "before particle"),
        ("実施する。", "また、区は", "sentence, plain"),
        ("実施する。", "①区は", "sentence, enclosed"),
        ("自己点検に基づく改善", "今年度は実施した", "nominal, opening"),
        ("するリスク", "リスクを軽減する", "nominal, opening"),
        ("【システム】", "記録を取得", "heading, plain"),
        ("管理は、", "職員が", "running, plain"),
        ("記載している", "ただし、他者へ", "predicate, opening"),
        ("周知した", "委託事業者対象：", "predicate, heading"),
        ("ほか８か所", "担当：総務課", "nominal, heading"),
        ("10月", "16日まで担当課（E-mail:", "nominal, plain"),
        ("計画の推進体制", "１８ページ", "nominal, heading"),
        ("養成しています", "切れ目のない支援", "final, plain"),
        ("拡充してください", "町の広場", "final, plain"),
        ("散策路", "（緑地を含む。以下同じ。）を設ける", "nominal, plain"),
        ("散策路", "（町の意見。）", "nominal, heading"),
    ],
)
def test_contexts(before: str, after: str, found: str) -> None:
    assert str(classify_line_end(before, after, following=after)) == found


def test_a_program_is_watched_for_what_may_start_its_lines() -> None:
    nothing = [("個", True)] * 20
    strict = Kinsoku.observe(nothing, full=1.5, inner=40, length=20)
    assert {"。", "ー", "・"} <= strict.no_start
    loose = Kinsoku.observe([*nothing, ("、", True)], full=1.5, inner=40, length=20)
    assert "。" not in loose.no_start
    assert "・" not in loose.no_start
    bullets = Kinsoku.observe([*nothing, *[("・", False)] * 9], full=1.5, inner=80, length=20)
    assert "・" in bullets.no_start


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("個人", 1),
        ("「個人」", 2),
        ("た。次", 2),
        ("12桁", 2),
        ("web site", 3),
        ("（注", 2),
    ],
)
def test_units_that_hold_together(text: str, unit: int) -> None:
    assert Kinsoku(frozenset("。、ー」")).first_unit(text) == unit


@pytest.mark.parametrize("case", LOCATIONS, ids=lambda case: case["text"][:12])
def test_leading_headings(case: dict[str, object]) -> None:
    text = str(case["text"])
    headings, body = split_location(text)
    lines = text.split("\n") if text else []
    assert headings == lines[: int(str(case["headings"]))]
    assert "\n".join([*headings, *([body] if body else [])]) == text


@pytest.mark.parametrize("case", REVISIONS, ids=lambda case: case["revision"][:12])
def test_kinds_of_revision(case: dict[str, str]) -> None:
    assert classify_revision(case["original"], case["revision"]) == case["kind"]


@given(JAPANESE, JAPANESE)
def test_a_redline_spells_both_texts(original: str, revision: str) -> None:
    runs = redline(original, revision)
    assert "".join(run.text for run in runs if run.op != "insert") == original
    assert "".join(run.text for run in runs if run.op != "delete") == revision
    assert all(a.op != b.op for a, b in pairwise(runs))


def test_a_redline_breaks_between_morphemes() -> None:
    runs = redline("共通の対策を参照。", "共通の対策も参照。")
    assert [(run.op, run.text) for run in runs] == [
        ("equal", "共通の対策"),
        ("delete", "を"),
        ("insert", "も"),
        ("equal", "参照。"),
    ]


@given(st.text(max_size=80))
def test_morphemes_spell_their_text(text: str) -> None:
    morphemes = analyze(text)
    assert "".join(morphemes.surfaces) == text
    assert [0, *morphemes.ends][-1] == len(text)


def test_a_text_longer_than_the_tokenizer_takes() -> None:
    text = "個人情報の管理を行う。" * 6000  # 198,000 bytes; the tokenizer takes 49,149
    assert "".join(analyze(text).surfaces) == text


@pytest.mark.parametrize("lost", ["line", "character"])
def test_a_loss_anywhere_shows_in_the_account(ota_segmented: Segmented, lost: str) -> None:
    """The account is no tautology: take something away behind extract and it is missed."""
    table = ota_segmented.tables[0]
    row = table.rows[3]
    (part,) = row.fields[1].parts
    first = part.lines[0]
    if lost == "line":
        lines, missing = part.lines[1:], first.glyphs
    else:
        lines = (replace(first, glyphs=first.glyphs - 1), *part.lines[1:])
        missing = 1
    field = replace(row.fields[1], parts=(replace(part, lines=lines),))
    rows = list(table.rows)
    rows[3] = replace(row, fields=(row.fields[0], field, *row.fields[2:]))
    tables = (replace(table, rows=tuple(rows)), *ota_segmented.tables[1:])
    normalized = normalize_annex(replace(ota_segmented, tables=tables))
    assert [p.unaccounted for p in normalized.pages] == [missing] + [0] * 9
    assert "unaccounted_glyphs" in {issue.code for issue in normalized.header.issues}


def test_type_without_a_size_stops_nothing() -> None:
    segmented = lay_out([["あいう" * 9]], ("comment",), (9.0,))
    table = segmented.tables[0]
    (part,) = table.rows[0].fields[0].parts
    lines = tuple(replace(li, size=0.0) for li in part.lines)
    row = replace(table.rows[0], fields=(Field((replace(part, lines=lines),)),))
    normalized = normalize_annex(replace(segmented, tables=(replace(table, rows=(row,)),)))
    assert len(normalized.records) == 1


def test_a_merged_cell_is_counted_once() -> None:
    segmented = lay_out([["総論", "あ"], ["総論", "い"]], ("category", "comment"), (5.0, 9.0))
    table = segmented.tables[0]
    shared = table.rows[0].fields[0]
    second = replace(table.rows[1], fields=(shared, table.rows[1].fields[1]))
    merged = replace(table, rows=(table.rows[0], second))
    (frame,) = segmented.pages
    normalized = normalize_annex(
        replace(
            segmented,
            tables=(merged,),
            pages=(replace(frame, header=replace(frame.header, glyphs=4)),),
        )
    )
    assert [record.category for record in normalized.records] == ["総論", "総論"]
    assert normalized.pages[0].unaccounted == 0


def test_only_unfinished_text_that_fills_its_cell_is_clipped() -> None:
    cut = "区が行う点検については、毎年度その結果を公表することとし、関係機関か"
    whole = "情報提供ネットワークシステムとの接続に伴うその他のリスクに対する措置の実施"
    for text, clipped in ((cut, True), (whole, False), (cut + "ら。", False)):
        segmented = lay_out([[text]], ("revision",), (len(cut) / 2,))
        assert is_clipped(segmented.tables[0].rows[0].fields[0], text) is clipped
