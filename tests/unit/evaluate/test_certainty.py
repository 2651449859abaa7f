"""Confidence and line breaks, held against the truth."""

from typing import Any

from pipeline.evaluate.certainty import JudgedBreak, JudgedField, judge_breaks, judge_fields
from pipeline.evaluate.scores import Comparable

LONG = "備蓄倉庫が川沿いに集中しており、浸水したときに使えなくなるおそれがあります。"
NOTHING = dict.fromkeys(("prior", "geometry", "spacing", "series", "twins"), 0.0)


def comparable(name: str, **fields: str) -> Comparable:
    return Comparable(name, fields, {})


def line_end(before: str, after: str, *, kept: bool, **evidence: float) -> dict[str, Any]:
    where = {"record_id": "a-t1-r2", "field": "comment", "before": before, "after": after}
    return {**where, "kept": kept, **NOTHING, **evidence}


def test_each_field_with_a_confidence_is_compared() -> None:
    """The records are aligned: the first that was found is none of the truth's."""
    truth = [comparable("a-t1-r1", comment=LONG, response="はい。", **{"extra:備考": "済"})]
    found = [
        comparable("a-t1-r1", comment="別の表の見出し"),
        comparable("a-t1-r2", comment=LONG, response="はい", **{"extra:備考": "済"}),
    ]
    confidences = {"comment": 0.9, "response": 0.7, "備考": 0.8}
    rows = [
        {"record_id": "a-t1-r1", "source": "ocr", "field_confidence": {"comment": 0.4}},
        {"record_id": "a-t1-r2", "source": "ocr", "field_confidence": confidences},
    ]
    assert list(judge_fields(truth, found, rows)) == [
        JudgedField("ocr", 0.9, right=True),
        JudgedField("ocr", 0.7, right=False),
        JudgedField("ocr", 0.8, right=True),
    ]


def test_each_decision_is_its_strongest_witness_s() -> None:
    truth = [comparable("a-t1-r1", comment=f"{LONG}\n一\n二三")]
    found = [comparable("a-t1-r2", comment=f"{LONG}一\n二\n三")]
    rows = [
        line_end(LONG, "一", kept=False, prior=4.0, geometry=-5.0, twins=-1.0),
        line_end("一", "二", kept=True, prior=-1.0, series=2.0),
        line_end("二", "三", kept=True, prior=3.0, spacing=0.5),
    ]
    assert list(judge_breaks(truth, found, rows)) == [
        JudgedBreak("geometry", kept=False, right=False),
        JudgedBreak("series", kept=True, right=True),
        JudgedBreak("prior", kept=True, right=False),
    ]


def test_line_breaks_of_a_text_that_was_misread_are_not_judged() -> None:
    rows = [line_end(LONG, "一", kept=False, geometry=-5.0)]
    truth = [comparable("a-t1-r1", comment=f"{LONG}\n二")]
    assert not list(judge_breaks(truth, [comparable("a-t1-r2", comment=f"{LONG}一")], rows))
    # … and those that besshi saw before a reader corrected characters.
    corrected = [comparable("a-t1-r2", comment=f"{LONG}\n二")]
    assert not list(judge_breaks(truth, corrected, rows))
