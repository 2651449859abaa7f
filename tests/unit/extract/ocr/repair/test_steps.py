"""Recognised text: where characters stand, how wide they are, what look-alikes are, how sure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from benchmarks.factory.fonts import CARRIED
from pipeline.extract.lines.grouping import build_lines
from pipeline.extract.ocr.engine.alignment import InkBox, Peak, align_to_ink
from pipeline.extract.ocr.engine.calibration import calibrate
from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.engine.recognizer import PaddleRecognizer
from pipeline.extract.ocr.layout.left_margins import find_margins
from pipeline.extract.ocr.layout.text_lines import InkLine
from pipeline.extract.ocr.repair.character_width import choose_widths
from pipeline.extract.ocr.repair.digit_width import learn_digit_shapes
from pipeline.extract.ocr.repair.font_metrics import TypeMetrics, measure_type_metrics
from pipeline.extract.ocr.repair.spacing import restore_spacing
from pipeline.extract.ocr.repair.steps import repair_line, repair_lines
from pipeline.model import Box, Column, Glyph, Line, PageOrigin, Repair, Segmented
from pipeline.normalize import normalize_annex
from pipeline.normalize.ocr_repair.steps import characters_confidence, repair_recognition
from pipeline.vocabulary.character_widths import full_form, half_form, is_katakana, reaches
from pipeline.vocabulary.lookalikes import lookalikes
from tests.support.making import lay_out, line
from tests.support.pdfs import DATA

LOOKALIKES = yaml.safe_load((DATA / "lookalikes.yml").read_text("utf-8"))
EM = 40.0  # pixels
MONOSPACED = TypeMetrics(EM, 1.0, 0.5)
KANJI = "個人情報保護制度"


# --- makers ------------------------------------------------------------------------------------


def type_out(
    text: str, kind: TypeMetrics = MONOSPACED, confidence: float = 0.99
) -> list[Character]:
    """A line whose ink stands where a font of this kind puts it; white space leaves a gap."""
    characters, x = [], 0.0
    for text_ in text:
        full = kind.kana if is_katakana(text_) or "ぁ" <= text_ <= "ん" else 1.0
        left, right = (side * kind.em for side in reaches(text_, full, kind.half))
        if text_.strip():
            width = 0.36 * kind.em if text_.isascii() or full_form(text_) else 0.9 * kind.em
            middle = x + left
            box = middle - width / 2, 0.1 * kind.em, middle + width / 2, 0.9 * kind.em
            characters.append(Character(text_, *box, confidence))
        x += left + right
    return characters


def misread(line_: Sequence[Character]) -> list[Character]:
    """The line with every character in its half-width form, as the recogniser tends to see it."""
    return [replace(c, text=half_form(c.text) or c.text) for c in line_]


def spell(line_: Sequence[Character]) -> str:
    return "".join(character.text for character in line_)


def recognised(line_: Line, sure: float | Sequence[float] = 0.999, others: str = "") -> Line:
    """A line as if it had been recognised; `others` for its doubtful characters."""
    own = [sure] * len(line_.text) if isinstance(sure, float) else list(sure)
    doubted = tuple(others if value < 0.9 else "" for value in own)
    return replace(line_, sure=tuple(own), others=doubted)


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


def draw(text: str, size: int = 40) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A line of type as a picture, black on white."""
    font = ImageFont.truetype(str(CARRIED["IPAexGothic"]), size)
    width = int(font.getlength(text)) + 12
    image = Image.new("L", (width, size + 12), 255)
    ImageDraw.Draw(image).text((6, 4), text, font=font, fill=0)
    return np.asarray(image)


# --- where characters stand --------------------------------------------------------------------


def blocks(*spans: tuple[int, int], height: int = 40) -> np.ndarray[Any, np.dtype[np.uint8]]:
    image = np.full((height, 200), 255, np.uint8)
    for x0, x1 in spans:
        image[5 : height - 5, x0:x1] = 0
    return image


def spans(spots: Sequence[InkBox]) -> list[tuple[int, int]]:
    return [(round(spot.x0), round(spot.x1)) for spot in spots]


def test_a_character_has_its_own_ink() -> None:
    peaks = [Peak(22.0, (("個", 1.0),)), Peak(61.0, (("人", 1.0),))]
    spots = align_to_ink(peaks, [], blocks((5, 38), (45, 78)))
    assert spans(spots) == [(5, 38), (45, 78)]
    assert {(round(s.top), round(s.bottom)) for s in spots} == {(5, 35)}


def test_parts_of_a_character_are_not_its_neighbours() -> None:
    peaks = [Peak(20.0, (("川", 1.0),)), Peak(62.0, (("人", 1.0),))]
    spots = align_to_ink(peaks, [], blocks((5, 9), (18, 22), (31, 35), (45, 78)))
    assert spans(spots) == [(5, 35), (45, 78)]


def test_ink_that_the_model_passed_over_is_read() -> None:
    peaks = [Peak(62.0, (("人", 1.0),))]
    hints = [Peak(20.0, (("", 0.9), ("※", 0.08), (" ", 0.01)))]
    spots = align_to_ink(peaks, hints, blocks((5, 35), (45, 78)))
    assert [s.readings[0][0] for s in spots] == ["※", "人"]
    assert spots[0].readings[0][1] == 0.08


def test_a_part_of_a_character_is_not_read_once_more() -> None:
    peaks = [Peak(50.0, (("監", 1.0),))]
    hints = [Peak(16.0, (("", 0.99), ("監", 0.005)))]
    assert len(align_to_ink(peaks, hints, blocks((12, 20), (36, 68)))) == 1


def test_white_paper_holds_nothing() -> None:
    assert align_to_ink([], [Peak(20.0, (("", 0.5), ("一", 0.5)))], blocks()) == []


# --- full and half width -----------------------------------------------------------------------

NUMBERED = [
    "（１）個人情報保護の方針",
    "(1)個人情報保護の方針",
    "令和７年度の個人情報",
    "令和7年度の個人情報",
    "第１２条の個人情報保護",
    "第12条の個人情報保護",
    "個人情報（12人）の保護",
    "個人情報保護３２．１％",
    "１　個人情報の保護",
    "個人情報ＩＣＴの保護",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_the_room_that_characters_take_tells_their_width(text: str) -> None:
    (settled,) = choose_widths([misread(type_out(text))], [MONOSPACED])
    assert spell(settled) == "".join(text.split())


def test_a_width_leaves_a_receipt_and_the_doubt_is_kept() -> None:
    (settled,) = choose_widths([misread(type_out("令和７年度の個人情報"))], [MONOSPACED])
    assert settled[2].repairs == (Repair("width", "7", "７"),)
    assert settled[2].confidence > 0.95
    assert all(not c.repairs for i, c in enumerate(settled) if i != 2)


def test_a_figure_alone_may_be_either() -> None:
    (settled,) = choose_widths([type_out("7")], [TypeMetrics(EM, 0.88, 0.62)])
    assert settled[0].confidence < 0.9


@given(st.lists(st.sampled_from(["７", "12", "３４", "5", "（１）", "(2)", *KANJI]), min_size=4))
def test_settling_widths_changes_nothing_else(pieces: list[str]) -> None:
    typed = type_out(KANJI + KANJI[0].join(pieces))
    (settled,) = choose_widths([misread(typed)], [MONOSPACED])
    assert [half_form(c.text) or c.text for c in settled] == [c.text for c in misread(typed)]
    assert [(c.x0, c.x1) for c in settled] == [(c.x0, c.x1) for c in typed]
    assert all(0 < c.confidence <= 1 for c in settled)


@pytest.mark.parametrize(("indent", "made"), [(0.0, "(2)"), (0.5, "（2）")])
def test_a_bracket_at_the_margin_is_of_half_width(indent: float, made: str) -> None:
    # (2) and a plain space, or （2）: from the 2 on both take the same room.
    typed = type_out("（2）" + KANJI)
    (settled,) = choose_widths([misread(typed)], [replace(MONOSPACED, margin=(0.5 - indent) * EM)])
    assert spell(settled) == made + KANJI


def test_lines_around_tell_where_a_line_begins() -> None:
    blank = np.full((40, 400), 255, np.uint8)
    lines = [InkLine(100 + x, y, 500 + x, y + 40, blank) for x, y in ((5, 0), (0, 50), (300, 50))]
    readings = [type_out(text) for text in ("（2）個人", "個人", "情報")]
    margin, other, lone = find_margins(lines, readings, [EM] * 3)
    assert margin == pytest.approx(readings[1][0].x0 - 5)
    assert other is None  # a bracket tells nothing
    assert lone is None


def test_a_number_of_one_figure_is_full_where_nothing_tells() -> None:
    proportional = TypeMetrics(EM, 0.88, 0.63)
    read = [type_out(text, proportional) for text in ("第3条の個人", "第31条の個人", "保A3の個人")]
    assert [*map(spell, choose_widths(read, [proportional] * 3))] == [
        "第３条の個人",
        "第31条の個人",
        "保A3の個人",
    ]


def test_the_type_is_measured_from_its_neighbours() -> None:
    kinds = measure_type_metrics([type_out(KANJI), type_out("12の34"), []], [30.0, 30.0, 30.0])
    assert kinds[0].em == pytest.approx(EM)
    assert kinds[1].em == pytest.approx(EM)  # in the ratio of the others
    assert not kinds[0].is_proportional


def test_two_sets_of_figures_are_told_by_their_ones() -> None:
    narrow, wide = 0.24 * EM, 0.29 * EM

    def number(text: str, one: float, other: float) -> list[Character]:
        widths = [one if c == "1" else other for c in text]
        return [
            Character(c, 0.0, 0.0, w, 0.74 * EM, 1.0) for c, w in zip(text, widths, strict=True)
        ]

    full, half = number("13", narrow, 0.54 * EM), number("13", wide, 0.50 * EM)
    lines = [full, half, number("14", narrow, 0.6 * EM), number("15", wide, 0.49 * EM)]
    figures = learn_digit_shapes(lines, [EM] * 4)
    assert figures is not None
    assert figures.odds(full[1], EM) > 1 > -1 > figures.odds(half[1], EM)
    assert learn_digit_shapes([half, half], [EM] * 2) is None


# --- look-alikes -------------------------------------------------------------------------------


def kana_of(text: str) -> str:
    known = lookalikes()
    return known.katakana.get(text) or known.twins.get(text) or ""


@pytest.mark.parametrize(("found", "made"), LOOKALIKES["told"])
def test_lookalikes_are_told_by_their_run(found: str, made: str) -> None:
    line_ = [replace(c, others=((kana_of(c.text), 0.2),)) for c in type_out(found)]
    assert spell(repair_line(line_, MONOSPACED)) == made


@pytest.mark.parametrize("text", LOOKALIKES["untouched"])
def test_what_only_looks_alike_stays(text: str) -> None:
    told = repair_line(type_out(text), MONOSPACED)
    assert spell(told) == text
    assert not any(character.repairs for character in told)


@pytest.mark.parametrize(("width", "height", "kana"), [(0.54, 0.66, "ょ"), (0.67, 0.82, "よ")])
def test_small_kana_are_told_by_their_size(width: float, height: float, kana: str) -> None:
    for text, other in (("よ", "ょ"), ("ょ", "よ")):
        box = 0.0, 0.0, width * EM, height * EM
        sign = Character(text, *box, 0.6, ((other, 0.3),))
        assert spell(repair_line([sign], MONOSPACED)) == kana


def test_marks_are_told_by_their_size() -> None:
    large = 0.0, 0.0, 0.9 * EM, 0.85 * EM
    others = (("④", 0.4), ("<", 0.3))
    read = {
        text: spell(repair_line([Character(text, *large, 0.6, others)], MONOSPACED))
        for text in ("4", "O", "く")
    }
    assert read == {"4": "④", "O": "○", "く": "＜"}
    small = Character("4", 0.0, 0.0, 0.4 * EM, 0.75 * EM, 0.6, others)
    assert spell(repair_line([small], MONOSPACED)) == "4"


def test_the_strokes_of_a_numeral_are_one_character() -> None:
    strokes = [
        Character(text, x * EM, 0.1 * EM, (x + 0.12) * EM, 0.9 * EM, 0.8)
        for text, x in (("I", 0.1), ("Ⅲ", 0.35), ("I", 0.6))
    ]
    told = repair_line(strokes, MONOSPACED)
    assert spell(told) == "Ⅲ"
    assert told[0].repairs == (Repair("roman_numeral", "IⅢI", "Ⅲ"),)


def test_an_m_that_is_too_high_is_a_unit() -> None:
    count, low, high = type_out("3")[0], 0.8 * EM, 0.15 * EM
    m = Character("m", 0.55 * EM, high, 1.3 * EM, 0.9 * EM, 0.9)
    two = Character("2", 1.3 * EM, high, 1.5 * EM, 0.45 * EM, 0.9)
    narrow = replace(m, x1=1.2 * EM, top=0.4 * EM)
    assert spell(repair_line([count, m], MONOSPACED)) == "3㎡"
    assert spell(repair_line([count, narrow, two], MONOSPACED)) == "3㎡"
    assert repair_line([count, m], MONOSPACED)[1].repairs == (Repair("unit", "m", "㎡"),)
    assert spell(repair_line([count, narrow], MONOSPACED)) == "3m"
    large = replace(two, x0=1.3 * EM, x1=1.8 * EM, bottom=low)
    assert spell(repair_line([count, narrow, large], MONOSPACED)) == "3m2"


def test_a_dash_alone_is_told_by_its_length() -> None:
    for width, dash in ((0.3, "-"), (0.8, "－")):
        sign = Character("一", 0.0, 0.5 * EM, width * EM, 0.6 * EM, 0.7)
        assert spell(repair_line([sign], MONOSPACED)) == dash
    assert spell(repair_line(type_out("一部"), MONOSPACED)) == "一部"


def test_a_piece_of_a_ruling_is_no_character() -> None:
    ruling = Character("|", 0.0, 0.0, 0.1 * EM, 1.2 * EM, 0.3)
    assert spell(repair_line([ruling, *type_out(KANJI)], MONOSPACED)) == KANJI


def test_a_header_is_read_as_one_that_is_known() -> None:
    header = [replace(c, others=(("誤", 0.03),)) for c in type_out("器")]
    assert spell(repair_line(header, MONOSPACED)) == "誤"
    prose = [replace(c, others=(("誤", 0.03),)) for c in type_out("避難所の器具を更新する事業")]
    assert spell(repair_line(prose, MONOSPACED)) == "避難所の器具を更新する事業"


def test_the_vocabulary_names_each_twin_once() -> None:
    known = lookalikes()
    assert len(known.katakana) == len(known.twins)
    assert not set(known.twins) & set(known.twins.values())
    assert all(large not in known.small for large, _ in known.small.values())


# --- how a line is set -------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["１　個人情報の保護", "個人情報（12人）、保護。", "個人 情報"])
def test_boxes_stand_side_by_side_and_white_space_is_put_in(text: str) -> None:
    placed = restore_spacing(type_out(text), MONOSPACED)
    assert spell(placed) == text
    assert all(a.x1 == pytest.approx(b.x0) for a, b in pairwise(placed))
    first, last = placed[0], placed[-1]
    assert last.x1 - first.x0 == pytest.approx(
        sum(0.5 if c.isascii() else 1.0 for c in text) * EM, abs=0.15 * EM
    )


def test_words_are_parted_and_figures_are_not() -> None:
    assert spell(restore_spacing(type_out("Web Content 11"), MONOSPACED)) == "Web Content 11"


def test_calibration_keeps_the_order_and_never_is_quite_sure() -> None:
    sure = [0.1, 0.5, 0.9, 0.99, 0.9999]
    for text in ("個", "7"):
        line_ = [Character(text, 0, 0, 1, 1, value) for value in sure]
        made = [character.confidence for character in calibrate(line_)]
        assert made == sorted(made)
        assert all(0 < value < 1 for value in made)


def test_lines_know_how_sure_their_characters_are() -> None:
    glyphs = [
        Glyph("個", Box(0, 0, 10, 10), 10, confidence=0.9, others="固"),
        Glyph("人", Box(10, 0, 20, 10), 10, confidence=0.8, repairs=(Repair("s", "入", "人"),)),
    ]
    (built,) = build_lines(glyphs, 1)
    assert (built.sure, built.others) == ((0.9, 0.8), ("固", ""))
    assert built.repairs == (Repair("s", "入", "人"),)
    (typed,) = build_lines([Glyph("個", Box(0, 0, 10, 10), 10)], 1)
    assert typed.sure == typed.others == ()


# --- the engine --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["個人情報の保護に関する法律", "（１）通知カードの送付", "①の【方針】について"]
)
def test_a_line_of_type_is_read(text: str) -> None:
    image = draw(text)
    ink = InkLine(0, 0, image.shape[1], image.shape[0], image)
    readings = PaddleRecognizer().read([ink])
    repaired = repair_lines(readings, [40.0], [None])
    assert "".join(spell(repaired[0]).split()) == text
    middles = [character.middle for character in readings[0]]
    assert middles == sorted(middles)


def test_an_empty_line_says_nothing() -> None:
    white = np.full((50, 200), 255, np.uint8)
    assert PaddleRecognizer().read([InkLine(0, 0, 200, 50, white)]) == [()]
    assert repair_lines([()], [40.0], [None]) == [[]]


# --- what the document shows -------------------------------------------------------------------


def test_text_of_the_pdf_is_never_touched() -> None:
    segmented = scanned([[line("通知カー"), line("ドとデー"), line("夕連携")]])
    assert repair_recognition(segmented) is segmented
    mixed = scanned([[line("個人デー"), line("夕連携"), recognised(line("の保護"))]])
    assert texts_of(repair_recognition(mixed)) == texts_of(mixed)


def test_katakana_go_on_over_a_lines_end() -> None:
    lines = [recognised(line("個人情報のデー")), recognised(line("夕連携を開始"), 0.99)]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert made == ["個人情報のデー", "タ連携を開始"]


def test_a_doubtful_character_spells_a_word() -> None:
    text = "個人のデーク項目"
    lines = [recognised(line(text), [0.6 if c == "ク" else 0.999 for c in text], "タ夕")]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert made == ["個人のデータ項目"]


def test_kana_of_the_wrong_size_or_without_dots_spell_no_word() -> None:
    for read, made in (
        ("取れているのでしようか", "取れているのでしょうか"),
        ("利用しようとする",) * 2,
    ):
        segmented = scanned([[recognised(line(read), 0.99)]])
        assert texts_of(repair_recognition(segmented)) == [[made]]


def test_twins_outvote_a_doubtful_reading() -> None:
    text = "記載内容が不十分である"
    doubted = recognised(
        line("記載内容か不十分である"),
        [0.7 if c == "か" else 0.999 for c in "記載内容か不十分である"],
        "が",
    )
    segmented = scanned([[recognised(line(text))], [recognised(line(text))], [doubted]])
    repaired = repair_recognition(segmented)
    assert texts_of(repaired) == [[text]] * 3
    (receipt,) = repaired.tables[0].rows[2].fields[0].lines[0].repairs
    assert receipt == Repair("twins", "か", "が")


def test_a_sure_difference_is_the_authors() -> None:
    texts = ["令和七年度から実施する予定である", "令和七年度まで実施する予定である"]
    segmented = scanned([[recognised(line(text))] for text in texts])
    assert texts_of(repair_recognition(segmented)) == [[text] for text in texts]


def test_brackets_close_in_the_width_of_the_surer_one() -> None:
    text = "個人（情報)の保護"
    sure = [0.6 if c == ")" else 0.999 for c in text]
    segmented = scanned([[recognised(line(text), sure)]])
    assert texts_of(repair_recognition(segmented)) == [["個人（情報）の保護"]]


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


def test_a_mark_between_latin_letters_is_of_half_width() -> None:
    for read, made in (
        ("lg.jp/page？id=3", "lg.jp/page?id=3"),
        ("どうなるか？ID", "どうなるか？ID"),
    ):
        segmented = scanned([[recognised(line(read), 0.99)]])
        assert texts_of(repair_recognition(segmented)) == [[made]]


def test_marks_follow_each_other() -> None:
    texts = ["①方針を定める", "②計画を作る", "④実施する"]
    lines = [recognised(line(t), [0.6] + [0.999] * (len(t) - 1), "③") for t in texts]
    (made,) = texts_of(repair_recognition(scanned([lines])))
    assert [text[0] for text in made] == ["①", "②", "③"]
    sure = [recognised(line(text)) for text in texts]
    assert texts_of(repair_recognition(scanned([sure]))) == [texts]


def test_numbers_of_records_follow_each_other() -> None:
    read = [("1", 0.99), ("I", 0.6), ("3", 0.99), ("8", 0.999), ("5", 0.99)]
    segmented = scanned([[recognised(line(text), sure)] for text, sure in read])
    numbered = replace(segmented.tables[0], columns=(Column("No", "number"),))
    repaired = repair_recognition(replace(segmented, tables=(numbered,)))
    assert [text for (text,) in texts_of(repaired)] == ["1", "2", "3", "8", "5"]


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
