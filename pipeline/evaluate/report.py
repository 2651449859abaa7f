"""Print scores as a table, and differences as a diff that a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import ndiff
from itertools import zip_longest

import pandas as pd

from pipeline.evaluate.scores import Counts, Difference, normalize_space
from pipeline.vocabulary.printable import measure_width

IN_COLUMNS = ("display.unicode.east_asian_width", True)
"""How pandas keeps columns below each other where names are Japanese."""
_SHOWN = 400  # characters of a record that only one side has; judgement: some lines of a terminal


def score_table(counts: Mapping[str, Counts]) -> str:
    """Format one line for each annex, and one for all together."""
    rows = {annex: _row(count) for annex, count in counts.items()}
    rows["all"] = _row(sum(counts.values(), Counts()))
    frame = pd.DataFrame.from_dict(rows, orient="index")
    with pd.option_context(*IN_COLUMNS):
        return frame.to_string(float_format=lambda value: f"{value:.4f}")


def _row(count: Counts) -> dict[str, float | int | str]:
    return {"records": f"{count.found_records}/{count.truth_records}", **count.scores()}


def show_differences(
    differences: Iterable[Difference], counts: Mapping[str, Counts] | None = None
) -> Iterator[str]:
    """Show each differing field: `-` the truth, `+` what was found, `?` where in the line.

    Args:
        counts: By annex. One of which no record was found takes two lines in all.
    """
    lost = {a: c.truth_records for a, c in (counts or {}).items() if not c.found_records}
    for annex in filter(lost.get, lost):
        yield f"--- {annex} *"
        yield f"- none of its {lost[annex]} records was found"
    for difference in differences:
        if difference.record.rpartition("-t")[0] in lost:
            continue
        yield f"--- {difference.record} {difference.field}"
        if difference.found is None:
            yield f"- no such record was found: {(difference.truth or '')[:_SHOWN]}"
        elif difference.truth is None:
            yield f"+ no such record is true: {difference.found[:_SHOWN]}"
        else:
            yield from _compare_texts(difference.truth, difference.found)


def _compare_texts(truth: str, found: str) -> Iterator[str]:
    """Show the lines of two texts that differ, and where in each line."""
    own, other = (normalize_space(text).split("\n") for text in (truth, found))
    lines = list(ndiff(own, other))
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("? "):
            yield _widen(line.rstrip("\n"), before)
        elif not line.startswith("  "):
            yield line


def _widen(marks: str, line: str) -> str:
    """Put ndiff's marks below the line they belong to, two below each full-width character."""
    return "".join(
        mark * max(measure_width(character), 1)
        for mark, character in zip_longest(marks, line[: len(marks)], fillvalue="")
    )
