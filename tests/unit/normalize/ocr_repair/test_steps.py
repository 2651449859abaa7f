"""Recognised text repaired by what the whole document shows."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model import Line, PageOrigin, Repair, Segmented
from pipeline.normalize import normalize_annex
from pipeline.normalize.ocr_repair.characters import characters_confidence
from pipeline.normalize.ocr_repair.steps import repair_recognition
from tests.support.making import lay_out, line


def recognised(line_: Line, sure: float | Sequence[float] = 0.999, others: str = "") -> Line:
    """A line as if it had been recognised; `others` for its doubtful characters."""
    own = [sure] * len(line_.text) if isinstance(sure, float) else list(sure)
    doubted = tuple(others if value < 0.999 else "" for value in own)
    return replace(line_, confidences=tuple(own), alternatives=doubted)


def scanned(texts: Sequence[Sequence[Line]]) -> Segmented:
    """An annex of one column, a record for each list of lines."""
    made = lay_out([["x"] for _ in texts], ("comment",), (30.0,))
    rows = tuple(
        replace(row, fields=(replace(f, parts=(replace(f.parts[0], lines=tuple(lines)),)),))
        for row, lines in zip(made.tables[0].rows, texts, strict=True)
        for f in row.fields
    )
    glyphs = sum(li.glyphs for lines in texts for li in lines)
    header = replace(made.pages[0].header, source=PageOrigin.OCR, glyphs=glyphs)
    frame = replace(made.pages[0], header=header)
    return replace(made, pages=(frame,), tables=(replace(made.tables[0], rows=rows),))


def texts_of(segmented: Segmented) -> list[list[str]]:
    return [
        [li.text for field in row.fields for li in field.lines] for row in segmented.tables[0].rows
    ]


def test_text_of_the_pdf_is_never_touched() -> None:
    segmented = scanned([[line("通知カー"), line("ドとデー"), line("夕連携")]])
    assert texts_of(repair_recognition(segmented)) == texts_of(segmented)
    mixed = scanned([[line("個人デー"), line("夕連携"), recognised(line("の保護"))]])
    assert texts_of(repair_recognition(mixed)) == texts_of(mixed)


def test_a_word_goes_on_over_a_lines_end() -> None:
    sure = [0.97] + [0.999] * 5
    lines = [recognised(line("個人情報のデー")), recognised(line("夕連携を開始"), sure, "タ")]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert made == ["個人情報のデー", "タ連携を開始"]


def test_a_doubtful_character_spells_a_word() -> None:
    text = "個人のデーク項目"
    lines = [recognised(line(text), [0.6 if c == "ク" else 0.999 for c in text], "タ夕")]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert made == ["個人のデータ項目"]


@pytest.mark.parametrize(("sure", "made"), [(0.6, "窓口の設置場所"), (0.99, "窓口の設貿場所")])
def test_a_character_in_doubt_spells_a_short_word(sure: float, made: str) -> None:
    text = "窓口の設貿場所"
    lines = [recognised(line(text), [sure if c == "貿" else 0.999 for c in text], "罩置")]
    assert texts_of(repair_recognition(scanned([lines]))) == [[made]]


def test_a_form_that_the_recogniser_does_not_know_spells_a_word() -> None:
    """Noto Serif draws 令 with マ below, which is read as 全, 今 or 受."""
    for text, made in (("域計画は、全和２年", "域計画は、令和２年"), ("全国の状況", "全国の状況")):
        lines = [recognised(line(text), [0.6 if c == "全" else 0.999 for c in text], "今◆仝受")]
        assert texts_of(repair_recognition(scanned([lines]))) == [[made]]


def test_a_verb_of_one_character_is_no_longer_word() -> None:
    """署する was taken for a longer word than 設置, so that 設置する became 設署する."""
    text = "個人情報の窓口を設置することとする"
    lines = [recognised(line(text), [0.9 if c == "置" else 0.999 for c in text], "署")]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert made == [text]


def test_a_sure_difference_is_the_authors() -> None:
    texts = ["令和七年度から実施する予定である", "令和七年度まで実施する予定である"]
    segmented = scanned([[recognised(line(text))] for text in texts])
    assert texts_of(repair_recognition(segmented)) == [[text] for text in texts]


@pytest.mark.parametrize(
    ("read", "doubted", "made"),
    [
        ("平成２６年１１月20日", "20", "平成２６年１１月２０日"),
        ("令和３年12月１７日", "１７", "令和３年12月17日"),  # one figure full, two half: a style
        ("令和３年12月17日", "３", "令和３年12月17日"),
    ],
)
def test_numbers_of_a_date_agree(read: str, doubted: str, made: str) -> None:
    sure = [0.6 if c in doubted else 0.99 for c in read]
    segmented = scanned([[recognised(line(read), sure)]])
    assert texts_of(repair_recognition(segmented)) == [[made]]


@given(
    st.lists(
        st.text(st.sampled_from("個人情報カ力一ー（）()「」１1ータ夕"), min_size=1, max_size=12)
    )
)
def test_repairs_keep_every_line_as_long_as_it_was(texts: list[str]) -> None:
    segmented = scanned([[recognised(line(text), 0.5, "カター（") for text in texts]] * 2)
    repaired = repair_recognition(segmented)
    before, after = texts_of(segmented), texts_of(repaired)
    assert [[len(t) for t in ts] for ts in before] == [[len(t) for t in ts] for ts in after]


def test_recognition_counts_in_a_records_confidence() -> None:
    sure = normalize_annex(scanned([[recognised(line("個人情報の保護"), 0.99999)]]))
    unsure = normalize_annex(scanned([[recognised(line("個人情報の保護"), 0.9)]]))
    assert sure.records[0].confidence > 0.99 > unsure.records[0].confidence
    assert "low_confidence" in unsure.records[0].flags
    assert sure.records[0].source == "ocr"
    assert characters_confidence([line("個人情報")]) == 1.0


def test_what_was_repaired_stays_visible() -> None:
    read = replace(recognised(line("通知カード")), repairs=(Repair("katakana", "力", "カ"),))
    (receipt,) = normalize_annex(scanned([[read]])).receipts
    assert (receipt.step, receipt.found, receipt.made, receipt.count) == ("katakana", "力", "カ", 1)


def test_no_hiragana_is_read_to_spell_a_word() -> None:
    text = "説明が不足している"
    lines = [recognised(line(text), [0.9 if c == "て" else 0.999 for c in text], "そ")]
    assert texts_of(repair_recognition(scanned([lines]))) == [[text]]
