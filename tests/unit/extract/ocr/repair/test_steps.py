"""Look-alikes in a recognised line: told by their run, their size and their neighbours."""

from dataclasses import replace

import pytest
import yaml

from pipeline.extract.ocr.engine.character_set import Character
from pipeline.extract.ocr.repair.steps import repair_line
from pipeline.model import Repair
from pipeline.vocabulary.lookalikes import lookalikes
from tests.support.pdfs import DATA
from tests.support.recognised import EM, KANJI, MONOSPACED, spell, type_out

LOOKALIKES = yaml.safe_load((DATA / "lookalikes.yml").read_text("utf-8"))


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
