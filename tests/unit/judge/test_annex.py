"""What the judge does with the signs that it sees."""

from msgspec.structs import replace

from pipeline.judge.signs import Sign, Weights, measure, probability_right, weights
from pipeline.model import CORRECTED, Receipt, Segmented
from pipeline.stages import normalize_segmented
from tests.support.judging import judge, write_annex

CUT = [
    {"number": "1", "comment": "朝の交差点は車が多く、人を"},
    {"number": "", "comment": "置いてほしい。"},
]
RIGHT = [
    {"number": "1", "comment": "街灯を明るくしてほしい。"},
    {"number": "2", "comment": "柵を付けてほしい。"},
]


def test_a_doubted_record_is_flagged_with_its_reasons() -> None:
    judged = judge(write_annex(CUT))
    first = judged.records[0]
    assert first.flags == ["low_confidence", "implausible"]
    assert first.confidence == first.field_confidence["comment"] < 0.8
    assert first.field_confidence["comment"] < first.field_confidence["number"] < 1.0
    issue = judged.header.issues[0]
    assert (issue.code, issue.record_id) == ("implausible", "a-t1-r1")
    assert "comment ends in mid-sentence 「…の交差点は車が多く、人を」" in issue.message


def test_nothing_changes_where_nothing_is_seen() -> None:
    annex = write_annex(RIGHT)
    assert judge(annex) is annex


def test_what_a_person_corrected_is_not_doubted() -> None:
    annex = write_annex(CUT[:1])
    receipt = Receipt("a-t1-r1", "comment", CORRECTED, "", CUT[0]["comment"], 1)
    corrected = replace(annex, receipts=[receipt])
    assert judge(annex).records[0].flags
    assert judge(corrected) is corrected


def test_a_known_flag_stands_once() -> None:
    annex = write_annex(CUT[:1], flags=["low_confidence", "struck"])
    assert judge(annex).records[0].flags == ["low_confidence", "struck", "implausible"]


def test_the_golden_annex_is_not_doubted(ota_segmented: Segmented) -> None:
    judged = normalize_segmented(ota_segmented)
    assert not [record.record_id for record in judged.records if "implausible" in record.flags]


def test_a_line_between_two_records_is_seen(ota_segmented: Segmented) -> None:
    """A line of a record that stands in none, with its neighbours above and below."""
    table = ota_segmented.tables[0]
    rows = table.rows
    lines = tuple(line for part in rows[1].fields[0].parts for line in part.lines)
    first = ota_segmented.pages[0]
    page = replace(first, furniture_lines=(*first.furniture_lines, *lines))
    lost = replace(
        ota_segmented,
        tables=(replace(table, rows=(rows[0], *rows[2:])), *ota_segmented.tables[1:]),
        pages=(
            replace(page, furniture_lines=(*page.furniture_lines, *lines)),
            *ota_segmented.pages[1:],
        ),
    )
    before = normalize_segmented(ota_segmented).records[0].confidence
    assert normalize_segmented(lost).records[0].confidence < before


def test_signs_add_up_and_the_strongest_counts_once() -> None:
    by = Weights(-5.0, {"cut": 4.0, "bracket": 3.0})
    cut, weak = Sign("cut", 0, "comment", ""), Sign("cut", 0, "comment", "", 0.5)
    assert measure([weak, cut, weak]) == {"cut": 1.0}
    one, both = (probability_right(s, by) for s in ({"cut": 1.0}, {"cut": 1.0, "bracket": 1.0}))
    assert probability_right({}, by) == 1.0 > one > both


def test_no_sign_speaks_for_a_record() -> None:
    assert weights().field < 0
    assert min(weights().signs.values()) >= 0
