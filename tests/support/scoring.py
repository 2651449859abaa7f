"""Two texts of a record, and their scores."""

from collections.abc import Mapping, Sequence

from pipeline.evaluate.scores import Comparable, compare_records

LONG = "窓口の待ち時間が長いので予約を取れるようにしてほしい"
OTHER = "申請の様式をもっと分かりやすいものに改めるべきである"


def records(*texts: Mapping[str, str | None]) -> list[Comparable]:
    return [Comparable(f"a-t1-r{i}", fields, {}) for i, fields in enumerate(texts, start=1)]


def score(
    truth: Sequence[Mapping[str, str | None]], found: Sequence[Mapping[str, str | None]]
) -> dict[str, float]:
    counts, _ = compare_records(records(*truth), records(*found))
    return counts.scores()
